//! What to buy, with the reason in words.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::replenishing::{Advice, advice};
use crate::view::{MoneyView, Tone};
use domain::Sku;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Db;
use store::read::DecisionRow;
use ts_rs::TS;

/// Days that a refusal is taken for an answer.
pub(crate) const REFUSED_DAYS: i32 = 7;
/// Nothing sells: the stock lasts longer than anybody plans.
const COVER_FOREVER: i64 = 9_999;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[ts(rename = "ProposalFilter")]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    Open,
    Urgent,
    Decided,
    All,
}

#[derive(Debug, Deserialize, TS)]
pub struct ProposalsArgs {
    pub filter: Filter,
    pub search: String,
    pub offset: usize,
    pub limit: usize,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ProposalRow {
    pub sku: String,
    pub name: String,
    pub supplier: String,
    pub on_hand: i64,
    pub available: i64,
    pub on_order: i64,
    pub reorder_point: i64,
    pub safety_stock: i64,
    pub suggested: i64,
    pub pack: i64,
    pub cost: MoneyView,
    pub days_of_cover: i64,
    pub tone: Tone,
    pub reason: String,
    /// Empty while it is open.
    #[ts(type = "\"\" | \"accepted\" | \"changed\" | \"refused\"")]
    pub decision: String,
    pub decided_qty: i64,
    pub decided_why: String,
}

#[derive(Debug, Serialize, TS)]
pub struct ProposalsView {
    pub rows: Vec<ProposalRow>,
    pub total: usize,
    pub cost: MoneyView,
}

pub fn run(ctx: &Ctx<'_>, args: ProposalsArgs) -> Result<ProposalsView, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let all = advice(ctx, &db)?;
        let wanted = args.search.trim().to_lowercase();
        let decided = decisions(ctx, &db)?;
        let found: Vec<(&Advice, Option<&DecisionRow>)> = all
            .iter()
            .map(|one| (one, decided.get(&one.product.sku).filter(|row| holds(ctx, one, row))))
            .filter(|(one, decision)| belongs(args.filter, one, decision.is_some()))
            .filter(|(one, _)| mentions(one, &wanted))
            .collect();
        let cost: i64 = found.iter().map(|(one, _)| one.cost_micros()).sum();
        let page = found.iter().skip(args.offset).take(args.limit);
        Ok(ProposalsView {
            rows: page.map(|(one, decision)| row(ctx, &house, one, *decision)).collect(),
            total: found.len(),
            cost: house.money_from_micros(cost),
        })
    })
}

/// How many wait for a decision.
pub(crate) fn open_count(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<i64, Fault> {
    Ok(open(ctx, db, &advice(ctx, db)?)?.len() as i64)
}

/// Those that wait for a decision, the most urgent first.
pub(crate) fn open<'a>(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    all: &'a [Advice],
) -> Result<Vec<&'a Advice>, Fault> {
    let decided = decisions(ctx, db)?;
    let is_decided =
        |one: &Advice| decided.get(&one.product.sku).is_some_and(|row| holds(ctx, one, row));
    Ok(all.iter().filter(|one| belongs(Filter::Open, one, is_decided(one))).collect())
}

fn decisions(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<BTreeMap<Sku, DecisionRow>, Fault> {
    Ok(db.decisions_since(ctx.today().plus(1 - REFUSED_DAYS))?)
}

/// A decision holds for its day. A refusal rests longer, so that nobody is asked every morning,
/// unless the shelf would be empty before a delivery.
pub(crate) fn holds(ctx: &Ctx<'_>, one: &Advice, decision: &DecisionRow) -> bool {
    let today = decision.day == ctx.today().0;
    let resting = decision.decision == "refused" && decision.day > ctx.today().0 - REFUSED_DAYS;
    today || (resting && !one.is_urgent())
}

fn mentions(one: &Advice, wanted: &str) -> bool {
    let product = &one.product;
    let texts = [product.sku.as_str(), &product.name_en, &product.name_zh, &product.supplier];
    wanted.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(wanted))
}

fn belongs(filter: Filter, one: &Advice, decided: bool) -> bool {
    match filter {
        Filter::Open => one.proposal.suggested_qty > 0 && !decided,
        Filter::Urgent => one.is_urgent() && !decided,
        Filter::Decided => decided,
        Filter::All => true,
    }
}

pub(crate) fn row(
    ctx: &Ctx<'_>,
    house: &House,
    one: &Advice,
    decision: Option<&DecisionRow>,
) -> ProposalRow {
    let (product, total, proposal) = (&one.product, &one.total, &one.proposal);
    ProposalRow {
        sku: product.sku.to_string(),
        name: product.name(ctx.lang.is_zh()).to_owned(),
        supplier: product.supplier.clone(),
        on_hand: total.on_hand.0,
        available: total.available.0,
        on_order: total.on_order.0,
        reorder_point: proposal.reorder_point,
        safety_stock: proposal.safety_stock,
        suggested: proposal.suggested_qty,
        pack: product.pack.0,
        cost: house.money_from_micros(one.cost_micros()),
        days_of_cover: proposal.days_of_cover.unwrap_or(COVER_FOREVER),
        tone: tone(one),
        reason: reason(ctx, one),
        decision: decision.map_or_else(String::new, |row| row.decision.clone()),
        decided_qty: decision.map_or(0, |row| row.qty.0),
        decided_why: decision.map_or_else(String::new, |row| row.reason.clone()),
    }
}

fn tone(one: &Advice) -> Tone {
    if one.is_urgent() {
        Tone::Stop
    } else if one.proposal.suggested_qty > 0 {
        Tone::Warn
    } else {
        Tone::Good
    }
}

/// One sentence a buyer can check in the head.
fn reason(ctx: &Ctx<'_>, one: &Advice) -> String {
    let proposal = &one.proposal;
    let rate = rate(ctx, proposal.reason.demand.mean_per_day);
    let lead = proposal.reason.lead_time.mean_days.round() as i64;
    let (position, point) = (proposal.reason.position, proposal.reorder_point);
    let Some(empty) = proposal.reason.empty_in_days else {
        return match proposal.suggested_qty {
            0 => ctx.say("No demand in 90 days.", "近 90 天没有需求。"),
            qty => ctx.lang.pick(
                format!("{qty} are owed to customers and nothing is on order."),
                format!("已欠客户，需补 {qty} 件，且无在途。"),
            ),
        };
    };
    if proposal.suggested_qty == 0 {
        return ctx.lang.pick(
            format!("Sells {rate}; {position} on hand and on order, reorder point {point}."),
            format!("{rate}；现有加在途 {position} 件，高于补货点 {point}。"),
        );
    }
    let qty = proposal.suggested_qty;
    ctx.lang.pick(
        format!(
            "Sells {rate}, lasts {empty} days, delivery takes {lead}: {position} on \
             hand and on order is at or below the reorder point {point}. Order {qty}."
        ),
        format!(
            "{rate}，现有可用 {empty} 天，到货需 {lead} 天：现有加在途 {position} 件，\
             不高于补货点 {point}，建议采购 {qty} 件。"
        ),
    )
}

/// A slow seller's rate says more by the month than as "0.0 a day".
fn rate(ctx: &Ctx<'_>, per_day: f64) -> String {
    if per_day >= 0.5 {
        return ctx.lang.pick(format!("{per_day:.1} a day"), format!("日均 {per_day:.1} 件"));
    }
    let per_month = per_day * 30.4;
    ctx.lang.pick(format!("{per_month:.1} a month"), format!("月均 {per_month:.1} 件"))
}
