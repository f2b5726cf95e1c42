//! When to order how much of one item.
//!
//! Reorder point: what would have cost least over the item's own past, but never less than the
//! quantile of demand until a fresh order would be on the shelf (Silver, Pyke and Thomas,
//! "Inventory and Production Management in Supply Chains", chapter 6): the service level is a
//! promise. Order size: what would have cost least, in whole packs.

use crate::lead_time::LeadTime;
use crate::lessons::Lessons;
use crate::policy::Policy;
use crate::profile::{Demand, demand};
use crate::service::ServicePoint;
use crate::supply::{Explanation, Limit, NeedOutlook, Stakes};
use serde::{Deserialize, Serialize};

/// Never order for longer than half a year: goods age, and forecasts more so.
const COVER_DAYS_MAX: f64 = 180.0;
/// And never for less than a week, or receiving drowns in deliveries.
const COVER_DAYS_MIN: f64 = 7.0;
/// What an item sells now is told of a quarter of a year; the rest of the past is for replaying.
const PROFILE_DAYS: usize = 90;
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
    /// Chance of lasting until the delivery, 0.95 for instance, at least.
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
    /// Demand that an order now must cover.
    pub need: NeedOutlook,
    pub service_level: f64,
    /// On hand less reserved plus on order.
    pub position: i64,
    /// Expected days until the shelf is empty, on hand alone.
    pub empty_in_days: Option<i64>,
    pub if_wrong: WrongCosts,
    pub explanation: Explanation,
}

/// What either mistake costs, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCosts {
    /// Not ordering today: units expected to be short until tomorrow's order would arrive, lost.
    pub too_little_minor: i64,
    /// Ordering although nothing sells for a month: holding the order that long.
    pub too_much_minor: i64,
}

/// Proposes for one item alone; [`propose_with`] knows more.
pub fn propose(input: &ReorderInput) -> Proposal {
    propose_with(input, &Lessons::default())
}

/// Proposes for one item in the light of what all of them have taught.
pub fn propose_with(input: &ReorderInput, lessons: &Lessons) -> Proposal {
    Planned::of(input, lessons).proposal(input, lessons)
}

/// The proposal, and what other promises of service would cost, in thousandths each.
pub fn propose_and_weigh(
    input: &ReorderInput,
    lessons: &Lessons,
    levels_permille: &[i64],
) -> (Proposal, Vec<ServicePoint>) {
    let planned = Planned::of(input, lessons);
    let point = |&permille: &i64| ServicePoint::of(&planned, input, lessons, permille);
    let points = levels_permille.iter().map(point).collect();
    (planned.proposal(input, lessons), points)
}

/// What is known of an item before a service level is asked for.
pub(crate) struct Planned {
    pub demand: Demand,
    pub lead_time: LeadTime,
    pub need: NeedOutlook,
    pub batch: i64,
    rare: bool,
    policy: Option<Policy>,
}

impl Planned {
    fn of(input: &ReorderInput, lessons: &Lessons) -> Planned {
        let latest = input.history.len().saturating_sub(PROFILE_DAYS);
        let demand = demand(&input.history[latest..]);
        let lead_time = LeadTime::from_observed(&input.lead_time_days_observed);
        let (need, rare) = lessons.ahead(input, &demand, lead_time);
        let policy = lessons.policy(input, lead_time);
        let batch = batch(policy.map(|policy| policy.up_to - policy.at), &demand);
        Planned { demand, lead_time, need, batch, rare, policy }
    }

    /// The cheapest policy's, but never less than was promised.
    pub fn reorder_point(&self, lessons: &Lessons, service: f64) -> i64 {
        let service = service.clamp(SERVICE_MIN, SERVICE_MAX);
        let promised = lessons.quantile(&self.need, self.rare, service);
        self.policy.map_or(promised, |policy| policy.at.max(promised))
    }

    fn short(&self, input: &ReorderInput, reorder_point: i64) -> i64 {
        let position = position(input);
        if self.demand.mean_per_day > 0.0 && position <= reorder_point {
            return reorder_point.saturating_add(self.batch) - position;
        }
        // Reserved beyond stock must be bought even for an item that no longer sells.
        (-position).max(0)
    }

    /// What to order now if `reorder_point` were the reorder point.
    pub fn order(&self, input: &ReorderInput, reorder_point: i64) -> i64 {
        rounded(self.short(input, reorder_point), input)
    }

    fn proposal(self, input: &ReorderInput, lessons: &Lessons) -> Proposal {
        let reorder_point = self.reorder_point(lessons, input.service_level);
        let (position, short) = (position(input), self.short(input, reorder_point));
        let suggested_qty = rounded(short, input);
        let lasts = |quantity: i64| days(quantity, self.demand.mean_per_day);
        let (need, lead_time, stakes) = (self.need, self.lead_time, input.stakes());
        let limit = limit(short, suggested_qty, input);
        Proposal {
            sku: input.sku.clone(),
            reorder_point,
            safety_stock: (reorder_point - need.mean.round() as i64).max(0),
            order_up_to: reorder_point.saturating_add(self.batch),
            suggested_qty,
            days_of_cover: lasts(position),
            reason: Reason {
                lead_time,
                need,
                service_level: input.service_level.clamp(SERVICE_MIN, SERVICE_MAX),
                position,
                empty_in_days: lasts(input.on_hand),
                if_wrong: wrong_costs(input, suggested_qty, position, need.mean),
                explanation: Explanation::of(
                    &need,
                    lead_time,
                    position,
                    suggested_qty,
                    &stakes,
                    limit,
                ),
                demand: self.demand,
            },
        }
    }
}

fn position(input: &ReorderInput) -> i64 {
    input.on_hand.saturating_sub(input.reserved).saturating_add(input.on_order)
}

impl ReorderInput {
    pub fn stakes(&self) -> Stakes {
        Stakes {
            short_cost_minor: self.short_cost_minor,
            unit_cost_micro: self.unit_cost_micro,
            holding_milli_per_year: self.holding_milli_per_year,
            minor_per_major: self.minor_per_major,
        }
    }
}

fn limit(short: i64, qty: i64, input: &ReorderInput) -> Limit {
    if short <= 0 || qty == short {
        Limit::None
    } else if input.moq > short {
        Limit::Minimum
    } else {
        Limit::Pack
    }
}

/// The size of an order, within a week's and half a year's demand.
fn batch(cheapest: Option<i64>, demand: &Demand) -> i64 {
    let per_day = demand.mean_per_day;
    let (least, most) = (per_day * COVER_DAYS_MIN, per_day * COVER_DAYS_MAX);
    cheapest.map_or(least, |size| size as f64).clamp(least, most).ceil() as i64
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
