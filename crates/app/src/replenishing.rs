//! Proposals of every product, worked out together and kept until the book has moved on.

use crate::ctx::Ctx;
use crate::problem::Fault;
use domain::{Day, Product, Sku};
use planning::{Lessons, Proposal, ReorderInput, propose_with};
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
/// The share of delivery cycles that shall end without a stockout.
const SERVICE_LEVEL: f64 = 0.95;
pub(crate) const SERVICE_PERMILLE: i64 = 950;
const MINOR_PER_MAJOR: i64 = 100;

pub(crate) struct Computed {
    today: Day,
    stamp: i64,
    advice: Arc<Vec<Advice>>,
}

/// What to do about one product.
pub(crate) struct Advice {
    pub product: Product,
    pub total: SkuTotal,
    pub proposal: Proposal,
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

/// The advice for all products, from memory when it still holds.
pub(crate) fn advice(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Arc<Vec<Advice>>, Fault> {
    let (today, stamp) = (ctx.today(), db.event_count()? / EVENTS_PER_STAMP);
    let mut kept = ctx.app.planner.proposals();
    if let Some(known) = kept.as_ref().filter(|k| k.today == today && k.stamp == stamp) {
        return Ok(known.advice.clone());
    }
    let advice = Arc::new(compute(db, today)?);
    *kept = Some(Computed { today, stamp, advice: advice.clone() });
    Ok(advice)
}

fn compute(db: &Db<'_>, today: Day) -> Result<Vec<Advice>, Fault> {
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
        let input = input(db, today, &product, &total, lead_times.get(&product.supplier))?;
        known.push((input, product, total));
    }
    // What all products together teach, before any one of them is judged.
    let lessons = Lessons::learn(known.iter().map(|(input, ..)| input));
    let mut all: Vec<Advice> = known
        .into_iter()
        .map(|(input, product, total)| Advice {
            proposal: propose_with(&input, &lessons),
            product,
            total,
        })
        .collect();
    // The one that runs out first stands first.
    all.sort_by_key(|one| {
        (one.proposal.reason.empty_in_days.unwrap_or(i64::MAX), one.total.sku.clone())
    });
    Ok(all)
}

fn input(
    db: &Db<'_>,
    today: Day,
    product: &Product,
    total: &SkuTotal,
    observed: Option<&Vec<i32>>,
) -> Result<ReorderInput, Fault> {
    let observed = observed.filter(|days| days.len() >= DELIVERIES_MIN);
    let newest = |days: &Vec<i32>| days[days.len().saturating_sub(DELIVERIES_MAX)..].to_vec();
    Ok(ReorderInput {
        sku: product.sku.to_string(),
        history: history(db, &product.sku, today, REPLAYED_DAYS)?,
        lead_time_days_observed: observed.map_or_else(|| vec![product.lead_time_days], newest),
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
        service_level: SERVICE_LEVEL,
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
