//! One proposal: the history behind it, the days ahead, and each step of the reasoning.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::queries::proposals::{ProposalRow, row};
use crate::replenishing::{Advice, HISTORY_DAYS, SERVICE_PERMILLE, advice, history};
use crate::view::{ById, DayPoint};
use domain::money::MICROS_PER_MINOR;
use planning::{Trend, forecast};
use serde::Serialize;
use store::Db;
use ts_rs::TS;

/// Four weeks ahead: beyond that the fan is wider than it is useful.
const HORIZON_DAYS: usize = 28;

#[derive(Debug, Serialize, TS)]
pub struct FanPoint {
    pub day: String,
    pub median: i64,
    pub lo50: i64,
    pub hi50: i64,
    pub lo80: i64,
    pub hi80: i64,
    pub lo95: i64,
    pub hi95: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct ProposalDetail {
    pub row: ProposalRow,
    pub history: Vec<DayPoint>,
    pub fan: Vec<FanPoint>,
    /// Expected stock at the end of each day ahead.
    pub stock: Vec<DayPoint>,
    pub receipts: Vec<DayPoint>,
    pub why: Vec<String>,
    pub lead_time_days: i64,
    pub service_permille: i64,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<ProposalDetail, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let all = advice(ctx, &db)?;
        let one = all.iter().find(|one| one.product.sku.as_str() == args.id);
        let one = one.ok_or_else(|| Fault::unknown("SKU", &args.id))?;
        let decision = db.decision(&one.product.sku)?.filter(|row| row.day == ctx.today().0);
        let today = ctx.today();
        let series = history(&db, &one.product.sku, today, HISTORY_DAYS)?;
        let ahead = forecast(&series, HORIZON_DAYS);
        let inbound = db.inbound(&one.product.sku)?;
        let past = series.iter().zip(today.0 - HISTORY_DAYS..);
        let fan = ahead.days.iter().zip(today.0..).map(|(day, at)| FanPoint {
            day: domain::Day(at).to_string(),
            median: day.median,
            lo50: day.lo50,
            hi50: day.hi50,
            lo80: day.lo80,
            hi80: day.hi80,
            lo95: day.lo95,
            hi95: day.hi95,
        });
        Ok(ProposalDetail {
            row: row(ctx, &house, one, decision.as_ref()),
            history: past.map(|(qty, day)| DayPoint::new(day, *qty)).collect(),
            fan: fan.collect(),
            stock: stock_ahead(one, today.0, &ahead.mean, &inbound),
            receipts: inbound.iter().map(|(day, qty)| DayPoint::new(*day, *qty)).collect(),
            why: why(ctx, &db, &house, one)?,
            lead_time_days: one.proposal.reason.lead_time.mean_days.round() as i64,
            service_permille: SERVICE_PERMILLE,
        })
    })
}

/// On hand less expected demand plus what is to arrive; overdue deliveries count for today.
fn stock_ahead(one: &Advice, today: i32, mean: &[f64], inbound: &[(i32, i64)]) -> Vec<DayPoint> {
    let mut level = one.total.on_hand.0 as f64;
    let mut points = Vec::with_capacity(mean.len());
    for (demand, day) in mean.iter().zip(today..) {
        let arrives = inbound.iter().filter(|(due, _)| (*due).max(today) == day);
        level += arrives.map(|(_, qty)| *qty as f64).sum::<f64>();
        level = (level - demand).max(0.0);
        points.push(DayPoint::new(day, level.round() as i64));
    }
    points
}

fn why(ctx: &Ctx<'_>, db: &Db<'_>, house: &House, one: &Advice) -> Result<Vec<String>, Fault> {
    let lang = ctx.lang;
    let proposal = &one.proposal;
    let reason = &proposal.reason;
    let (per_day, lead) = (reason.demand.mean_per_day, reason.lead_time);
    let trend = match reason.demand.trend {
        Trend::Falling => lang.say("falling", "下降"),
        Trend::Steady => lang.say("steady", "平稳"),
        Trend::Rising => lang.say("rising", "上升"),
    };
    let (mean, sd) = (lead.mean_days, lead.sd_days);
    let (point, safety) = (proposal.reorder_point, proposal.safety_stock);
    let (reserved, on_order) = (one.total.reserved, one.total.on_order);
    let (on_hand, position) = (one.total.on_hand, reason.position);
    let mut why = vec![
        lang.pick(
            format!("Demand {per_day:.1} a day over {HISTORY_DAYS} days, {trend}."),
            format!("近 {HISTORY_DAYS} 天日均需求 {per_day:.1} 件，趋势{trend}。"),
        ),
        lang.pick(
            format!("Delivery takes {mean:.0} days, give or take {sd:.1}."),
            format!("到货提前期 {mean:.0} 天，波动 {sd:.1} 天。"),
        ),
        lang.pick(
            format!("Reorder point {point}, of which {safety} are safety stock."),
            format!("补货点 {point} 件，其中安全库存 {safety} 件。"),
        ),
        lang.pick(
            format!("{on_hand} on hand − {reserved} reserved + {on_order} on order = {position}."),
            format!("现有 {on_hand} − 预留 {reserved} + 在途 {on_order} = {position} 件。"),
        ),
    ];
    if proposal.suggested_qty > 0 {
        let (qty, pack, moq) = (proposal.suggested_qty, one.product.pack, one.product.moq);
        why.push(lang.pick(
            format!("Order {qty}: packs of {pack}, at least {moq}."),
            format!("建议采购 {qty} 件：每包 {pack} 件，起订 {moq} 件。"),
        ));
        why.push(if_wrong(ctx, house, one));
    }
    if let Some(last) = db.decision(&one.product.sku)? {
        let (day, decision) = (domain::Day(last.day), last.decision);
        why.push(lang.pick(
            format!("Last decision on {day}: {decision}, {} units.", last.qty),
            format!("上次决定（{day}）：{decision}，{} 件。", last.qty),
        ));
    }
    Ok(why)
}

fn if_wrong(ctx: &Ctx<'_>, house: &House, one: &Advice) -> String {
    let costs = one.proposal.reason.if_wrong;
    let text = |minor: i64| {
        let major = minor * MICROS_PER_MINOR / 1_000_000;
        format!("{major} {}", house.currency)
    };
    let (little, much) = (text(costs.too_little_minor), text(costs.too_much_minor));
    ctx.lang.pick(
        format!("Not ordering may lose {little} of sales; ordering in vain costs {much} a month."),
        format!("不采购可能损失销售 {little}；若滞销，每月占用成本 {much}。"),
    )
}
