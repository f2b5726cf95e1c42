//! What an order does to the chance of running out, and what it costs to be wrong.

use crate::demand::SumForecast;
use crate::distribution::{quantile, shortfall};
use crate::lead_time::LeadTime;
use serde::{Deserialize, Serialize};

/// Demand until the delivery after this one could arrive: what an order now must cover.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NeedOutlook {
    pub mean: f64,
    pub variance: f64,
    pub days: f64,
}

impl NeedOutlook {
    pub(crate) fn as_sum(&self) -> SumForecast {
        SumForecast { mean: self.mean, variance: self.variance, whole: true }
    }
}

/// Money at stake, for one unit and in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stakes {
    pub short_cost_minor: i64,
    /// In micro-units of the currency.
    pub unit_cost_micro: i64,
    pub holding_milli_per_year: i64,
    pub minor_per_major: i64,
}

/// What kept an order from being what it would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    None,
    /// Rounded up to whole packs.
    Pack,
    /// Raised to the smallest order the supplier takes.
    Minimum,
    /// Raised to a better price.
    PriceBreak,
    /// Cut: more would expire before it sells.
    ShelfLife,
    Budget,
    Space,
}

/// Why so many, in numbers that a sentence can be made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Demand until the delivery after, at chances of 10, 50, 80, 90, 95 and 99 %.
    pub fan: [i64; 6],
    pub lead_time: LeadTime,
    /// The chance that position and order together last until then, in thousandths.
    pub service_permille: i64,
    /// The same without an order.
    pub service_without_permille: i64,
    /// Expected loss of sales without the order, and with it, in minor units.
    pub too_little_minor: i64,
    pub still_short_minor: i64,
    /// Holding what is expected to be left over until then, in minor units.
    pub too_much_minor: i64,
    pub limit: Limit,
}

const FAN: [f64; 6] = [0.1, 0.5, 0.8, 0.9, 0.95, 0.99];
const DAYS_PER_YEAR: f64 = 365.0;

impl Stakes {
    /// Holding one unit for so many days, in minor units.
    pub(super) fn holding(&self, days: f64) -> f64 {
        let unit = self.unit_cost_micro.max(0) as f64 / 1e6 * self.minor_per_major.max(1) as f64;
        unit * self.holding_milli_per_year.max(0) as f64 / 1e3 * days / DAYS_PER_YEAR
    }

    /// What having `stock` instead of nothing is expected to be worth until the delivery after, in
    /// minor units: sales that are not lost, less holding what is left.
    pub(super) fn worth(&self, need: &NeedOutlook, stock: i64) -> f64 {
        let short = shortfall(need.mean, need.variance, stock).1;
        let left = (stock as f64 - need.mean + short).max(0.0);
        -short * self.short_cost_minor.max(0) as f64 - left * self.holding(need.days)
    }
}

impl Explanation {
    pub fn of(
        need: &NeedOutlook,
        lead_time: LeadTime,
        position: i64,
        qty: i64,
        stakes: &Stakes,
        limit: Limit,
    ) -> Explanation {
        let with = position.saturating_add(qty);
        let (lasts, short) = shortfall(need.mean, need.variance, with);
        let (lasts_without, short_without) = shortfall(need.mean, need.variance, position);
        let left = (with as f64 - need.mean + short).max(0.0).min(qty.max(0) as f64);
        let lost = |short: f64| (short * stakes.short_cost_minor.max(0) as f64).round() as i64;
        Explanation {
            fan: FAN.map(|level| quantile(need.mean, need.variance, level)),
            lead_time,
            service_permille: (lasts * 1e3).round() as i64,
            service_without_permille: (lasts_without * 1e3).round() as i64,
            too_little_minor: lost(short_without),
            still_short_minor: lost(short),
            too_much_minor: (left * stakes.holding(need.days)).round() as i64,
            limit,
        }
    }
}

/// How much more may be ordered so that nearly all of it sells in time: of demand over the days it
/// keeps after it arrives, what will be reached with a chance of `sure`, less what stands before it
/// and goes out first. `per_day` is mean and variance of a day.
pub fn sells_before_expiry(
    per_day: (f64, f64),
    keeps_days: i64,
    lead_days: i64,
    position: i64,
    sure: f64,
) -> i64 {
    let days = keeps_days.max(0) as f64;
    let ahead = (lead_days.max(0) as f64 * per_day.0).floor() as i64;
    let before = position.saturating_sub(ahead).max(0);
    let level = 1.0 - sure.clamp(0.0, 1.0);
    quantile(per_day.0 * days, per_day.1 * days, level).saturating_sub(before).max(0)
}
