//! Proposals of every product, worked out together and kept until the book has moved on.

mod lessons;

use crate::ctx::Ctx;
use crate::problem::Fault;
use domain::{Day, Product, Sku};
use planning::{Proposal, ReorderInput, ServicePoint, Stakes, propose_and_weigh};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Db;
use store::read::{SkuQuery, SkuSort, SkuTotal};

/// A proposal rests on months; a handful of events does not change it.
const EVENTS_PER_STAMP: i64 = 500;
/// What a screen shows and a reason is told of.
pub(crate) const HISTORY_DAYS: i32 = 90;
/// What policies are replayed over: the year ahead is compared with the year before.
const REPLAYED_DAYS: i32 = 730;
/// Older deliveries say little about a supplier now.
const DELIVERIES_MAX: usize = 12;
/// Fewer than this say less than the product's own lead time.
const DELIVERIES_MIN: usize = 3;
/// Placing and receiving an order: half an hour of somebody's time, in minor units.
const ORDER_COST_MINOR: i64 = 2_500;
/// Capital, room and risk: a quarter of the value a year.
const HOLDING_MILLI: i64 = 250;
/// The share of delivery cycles that shall end without a stockout, in thousandths, until somebody
/// chooses another.
const SERVICE_PERMILLE: i64 = 950;
/// What a buyer may choose from: below, goods are not worth keeping; above, no stock is enough.
pub(crate) const SERVICE_LEVELS: [i64; 9] = [800, 850, 900, 930, 950, 970, 980, 990, 995];
/// The setting that holds the choice.
pub(crate) const SERVICE_SETTING: &str = "service_permille";
const MINOR_PER_MAJOR: i64 = 100;

pub(crate) struct Computed {
    today: Day,
    stamp: i64,
    service_permille: i64,
    advice: Arc<Vec<Advice>>,
}

/// What to do about one product.
pub(crate) struct Advice {
    pub product: Product,
    pub total: SkuTotal,
    pub proposal: Proposal,
    /// At each of the service levels, in their order.
    pub levels: Vec<ServicePoint>,
    /// Days that the supplier's latest deliveries took; empty where there are too few.
    pub deliveries: Vec<i32>,
    pub stakes: Stakes,
}

impl Advice {
    pub fn cost_micros(&self) -> i64 {
        self.proposal.suggested_qty * self.product.unit_cost.0
    }

    /// The shelf is empty before a delivery ordered today would arrive.
    pub fn is_urgent(&self) -> bool {
        let reason = &self.proposal.reason;
        let empty = reason.empty_in_days.is_some_and(|d| (d as f64) < reason.lead_time.mean_days);
        self.proposal.suggested_qty > 0 && empty
    }
}

pub(crate) fn service_permille(db: &Db<'_>) -> Result<i64, Fault> {
    let chosen = db.setting(SERVICE_SETTING)?.and_then(|text| text.parse().ok());
    Ok(chosen.unwrap_or(SERVICE_PERMILLE))
}

/// The advice for all products, from memory when it still holds.
pub(crate) fn advice(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Arc<Vec<Advice>>, Fault> {
    let (today, stamp) = (ctx.today(), db.event_count()? / EVENTS_PER_STAMP);
    let service = service_permille(db)?;
    let mut kept = ctx.app.planner.proposals();
    let holds = |known: &&Computed| {
        (known.today, known.stamp, known.service_permille) == (today, stamp, service)
    };
    if let Some(known) = kept.as_ref().filter(holds) {
        return Ok(known.advice.clone());
    }
    let advice = Arc::new(compute(ctx, db, service)?);
    *kept = Some(Computed { today, stamp, service_permille: service, advice: advice.clone() });
    Ok(advice)
}

fn compute(ctx: &Ctx<'_>, db: &Db<'_>, service: i64) -> Result<Vec<Advice>, Fault> {
    let today = ctx.today();
    let mut lead_times: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for (supplier, days) in db.lead_times()? {
        // Taken in on the day it was announced: says nothing about the supplier.
        if days > 0 {
            lead_times.entry(supplier).or_default().push(days);
        }
    }
    let query = SkuQuery {
        search: "",
        filter: "all",
        expiring_until: 0,
        sort: SkuSort::Sku,
        descending: false,
        offset: 0,
        limit: i64::MAX,
    };
    let totals = db.sku_page(&query)?.0;
    let mut products: BTreeMap<Sku, Product> =
        db.products()?.into_iter().map(|product| (product.sku.clone(), product)).collect();
    let mut known = Vec::with_capacity(totals.len());
    for total in totals {
        let Some(product) = products.remove(&total.sku) else { continue };
        let deliveries = newest(lead_times.get(&product.supplier));
        let input = input(db, today, &product, &total, &deliveries, service)?;
        known.push(Known { input, product, total, deliveries });
    }
    let mut all = planned(ctx, known);
    // The one that runs out first stands first.
    all.sort_by_key(|one| {
        (one.proposal.reason.empty_in_days.unwrap_or(i64::MAX), one.total.sku.clone())
    });
    Ok(all)
}

/// What the book says of one product.
struct Known {
    input: ReorderInput,
    product: Product,
    total: SkuTotal,
    deliveries: Vec<i32>,
}

/// On two threads: each product is judged for itself once the lessons are learned.
fn planned(ctx: &Ctx<'_>, known: Vec<Known>) -> Vec<Advice> {
    // What all products together teach, before any one of them is judged.
    let inputs: Vec<&ReorderInput> = known.iter().map(|one| &one.input).collect();
    let lessons = lessons::lessons(ctx.app.dir(), ctx.today(), &inputs);
    let judge = |one: Known| {
        let (proposal, levels) = propose_and_weigh(&one.input, &lessons, &SERVICE_LEVELS);
        let (product, total, deliveries) = (one.product, one.total, one.deliveries);
        Advice { proposal, levels, stakes: one.input.stakes(), product, total, deliveries }
    };
    let mut first = known;
    let second = first.split_off(first.len() / 2);
    std::thread::scope(|threads| {
        let other = threads.spawn(|| second.into_iter().map(judge).collect::<Vec<_>>());
        let mut all: Vec<Advice> = first.into_iter().map(judge).collect();
        match other.join() {
            Ok(rest) => all.extend(rest),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        all
    })
}

fn newest(days: Option<&Vec<i32>>) -> Vec<i32> {
    let days = days.filter(|days| days.len() >= DELIVERIES_MIN);
    days.map_or_else(Vec::new, |days| days[days.len().saturating_sub(DELIVERIES_MAX)..].to_vec())
}

fn input(
    db: &Db<'_>,
    today: Day,
    product: &Product,
    total: &SkuTotal,
    deliveries: &[i32],
    service_permille: i64,
) -> Result<ReorderInput, Fault> {
    let promised = vec![product.lead_time_days];
    Ok(ReorderInput {
        sku: product.sku.to_string(),
        history: history(db, &product.sku, today, REPLAYED_DAYS)?,
        lead_time_days_observed: if deliveries.is_empty() { promised } else { deliveries.to_vec() },
        review_days: 1,
        on_hand: total.on_hand.0,
        reserved: total.reserved.0,
        on_order: total.on_order.0,
        pack: product.pack.0,
        moq: product.moq.0,
        unit_cost_micro: product.unit_cost.0,
        order_cost_minor: ORDER_COST_MINOR,
        holding_milli_per_year: HOLDING_MILLI,
        short_cost_minor: product.price_minor,
        minor_per_major: MINOR_PER_MAJOR,
        service_level: service_permille as f64 / 1e3,
    })
}

/// Units asked for on each of the last days, yesterday last: today is not over yet.
pub(crate) fn history(db: &Db<'_>, sku: &Sku, today: Day, days: i32) -> Result<Vec<i64>, Fault> {
    let from = today.plus(-days);
    let mut series = vec![0; days as usize];
    for (day, qty) in db.demand(sku, from)? {
        if let Some(slot) = usize::try_from(day - from.0).ok().and_then(|at| series.get_mut(at)) {
            *slot = qty;
        }
    }
    Ok(series)
}
