//! When to order how much of one item.
//!
//! Reorder point: the quantile of demand until a fresh order would be on the shelf (Silver, Pyke
//! and Thomas, "Inventory and Production Management in Supply Chains", chapter 6). Order size: the
//! economic order quantity, in whole packs.

use crate::distribution::quantile;
use crate::lead_time::LeadTime;
use crate::profile::{Demand, demand};
use serde::{Deserialize, Serialize};

/// Never order for longer than half a year: goods age, and forecasts more so.
const COVER_DAYS_MAX: f64 = 180.0;
/// And never for less than a week, or receiving drowns in deliveries.
const COVER_DAYS_MIN: f64 = 7.0;
/// Service levels at and beyond certainty have no quantile.
const SERVICE_MIN: f64 = 0.5;
const SERVICE_MAX: f64 = 0.999;

/// What is known about an item. Quantities are in its smallest unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReorderInput {
    pub sku: String,
    /// Daily demand, oldest first.
    pub history: Vec<i64>,
    /// Days that past deliveries took.
    pub lead_time_days_observed: Vec<i32>,
    /// Days between two chances to order; 1 is every day.
    pub review_days: i64,
    pub on_hand: i64,
    pub reserved: i64,
    /// Ordered from the supplier and not yet received.
    pub on_order: i64,
    /// Orders are multiples of this; 0 and 1 are any quantity.
    pub pack: i64,
    /// Smallest order the supplier takes.
    pub moq: i64,
    /// Cost of one unit, in micro-units of the currency.
    pub unit_cost_micro: i64,
    /// Cost of placing and receiving one order, in minor units.
    pub order_cost_minor: i64,
    /// Cost of holding stock for a year, in thousandths of its value.
    pub holding_milli_per_year: i64,
    /// Lost by one unit short, in minor units.
    pub short_cost_minor: i64,
    /// Minor units in one major unit of the currency, 100 for euros.
    pub minor_per_major: i64,
    /// Chance of lasting until the delivery, 0.95 for instance.
    pub service_level: f64,
}

/// What to do about an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    pub sku: String,
    /// Order when the position is at or below this.
    pub reorder_point: i64,
    /// Part of the reorder point above mean demand over the lead time.
    pub safety_stock: i64,
    pub order_up_to: i64,
    /// In whole packs and at least the minimum; 0 when nothing is needed.
    pub suggested_qty: i64,
    /// What the position lasts at mean demand; `None` without demand.
    pub days_of_cover: Option<i64>,
    pub reason: Reason,
}

/// Why, in numbers that a sentence can be made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    pub demand: Demand,
    pub lead_time: LeadTime,
    pub service_level: f64,
    /// On hand less reserved plus on order.
    pub position: i64,
    /// Expected days until the shelf is empty, on hand alone.
    pub empty_in_days: Option<i64>,
    pub if_wrong: WrongCosts,
}

/// What either mistake costs, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCosts {
    /// Not ordering today: units expected to be short until tomorrow's order would arrive, lost.
    pub too_little_minor: i64,
    /// Ordering although nothing sells for a month: holding the order that long.
    pub too_much_minor: i64,
}

/// Proposes for one item.
pub fn propose(input: &ReorderInput) -> Proposal {
    let demand = demand(&input.history);
    let lead_time = LeadTime::from_observed(&input.lead_time_days_observed);
    let service = input.service_level.clamp(SERVICE_MIN, SERVICE_MAX);
    let (mean, variance) = until_delivery(&demand, lead_time, input.review_days);
    let reorder_point = quantile(mean, variance, service);
    let safety_stock = (reorder_point - mean.round() as i64).max(0);
    let position = input.on_hand.saturating_sub(input.reserved).saturating_add(input.on_order);
    let batch = batch(input, &demand);
    let order_up_to = reorder_point.saturating_add(batch);
    let wanted = demand.mean_per_day > 0.0 && position <= reorder_point;
    // Reserved beyond stock must be bought even for an item that no longer sells.
    let owed = position < 0;
    let short = if wanted { order_up_to - position } else { -position };
    let suggested_qty = if wanted || owed { rounded(short, input) } else { 0 };
    let lasts = |quantity: i64| days(quantity, demand.mean_per_day);
    Proposal {
        sku: input.sku.clone(),
        reorder_point,
        safety_stock,
        order_up_to,
        suggested_qty,
        days_of_cover: lasts(position),
        reason: Reason {
            lead_time,
            service_level: service,
            position,
            empty_in_days: lasts(input.on_hand),
            if_wrong: wrong_costs(input, suggested_qty, position, mean),
            demand,
        },
    }
}

/// Mean and variance of demand over the review and a lead time that varies itself.
fn until_delivery(demand: &Demand, lead_time: LeadTime, review_days: i64) -> (f64, f64) {
    let days = lead_time.mean_days + review_days.max(1) as f64;
    let spread = demand.mean_per_day * lead_time.sd_days;
    // The level is itself an estimate: its error is shared by all days ahead, so it adds squared.
    let weight = (demand.days_observed as f64).clamp(1.0, 70.0);
    let level_error = demand.variance / weight * days * days;
    (demand.mean_per_day * days, demand.variance * days + spread * spread + level_error)
}

/// Economic order quantity: `sqrt(2 D S / h)`, within a week's and half a year's demand.
fn batch(input: &ReorderInput, demand: &Demand) -> i64 {
    let per_day = demand.mean_per_day;
    let (least, most) = (per_day * COVER_DAYS_MIN, per_day * COVER_DAYS_MAX);
    let unit_minor =
        input.unit_cost_micro.max(0) as f64 / 1e6 * input.minor_per_major.max(1) as f64;
    let holding = unit_minor * input.holding_milli_per_year.max(0) as f64 / 1000.0;
    let economic = if holding > 0.0 {
        (2.0 * per_day * 365.0 * input.order_cost_minor.max(0) as f64 / holding).sqrt()
    } else {
        least
    };
    economic.clamp(least, most).ceil() as i64
}

/// Whole packs, rounded up, and at least the minimum.
fn rounded(quantity: i64, input: &ReorderInput) -> i64 {
    if quantity <= 0 {
        return 0;
    }
    let pack = input.pack.max(1);
    let wanted = quantity.max(input.moq);
    (wanted - 1).div_euclid(pack).saturating_add(1).saturating_mul(pack)
}

fn days(quantity: i64, per_day: f64) -> Option<i64> {
    (per_day > 0.0).then(|| (quantity.max(0) as f64 / per_day).floor() as i64)
}

fn wrong_costs(input: &ReorderInput, quantity: i64, position: i64, mean: f64) -> WrongCosts {
    let short = (mean - position as f64).max(0.0);
    let held_micro = quantity.saturating_mul(input.unit_cost_micro);
    let held_minor = held_micro as f64 / 1e6 * input.minor_per_major.max(1) as f64;
    let month = input.holding_milli_per_year as f64 / 1000.0 / 12.0;
    WrongCosts {
        too_little_minor: (short * input.short_cost_minor as f64).round() as i64,
        too_much_minor: (held_minor * month).round() as i64,
    }
}
