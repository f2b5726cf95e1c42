//! What a promise of service costs: stock that stands against sales that are lost.

use crate::distribution::shortfall;
use crate::lessons::Lessons;
use crate::reorder::{Planned, ReorderInput};
use serde::{Deserialize, Serialize};

const DAYS_PER_YEAR: f64 = 365.0;

/// One item planned at one service level, at today's demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePoint {
    /// The share of delivery cycles that shall end without a stockout, in thousandths.
    pub service_permille: i64,
    pub reorder_point: i64,
    /// To order today.
    pub order_qty: i64,
    /// Stock as it stands on average: safety and half an order.
    pub stock_units: i64,
    pub stock_minor: i64,
    pub holding_minor_per_year: i64,
    /// Cycles a year that end with an empty shelf, in thousandths.
    pub stockouts_milli_per_year: i64,
    pub lost_minor_per_year: i64,
}

impl ServicePoint {
    pub(crate) fn of(
        planned: &Planned,
        input: &ReorderInput,
        lessons: &Lessons,
        service_permille: i64,
    ) -> ServicePoint {
        let reorder_point = planned.reorder_point(lessons, service_permille as f64 / 1e3);
        let need = planned.need;
        let (lasts, short) = shortfall(need.mean, need.variance, reorder_point);
        let per_year = planned.demand.mean_per_day * DAYS_PER_YEAR;
        let cycles = per_year / planned.batch.max(1) as f64;
        let left = (reorder_point as f64 - need.mean + short).max(0.0);
        let mean_stock = if per_year > 0.0 { left + planned.batch as f64 / 2.0 } else { 0.0 };
        let stakes = input.stakes();
        // No more can be lost in a year than is asked for in it.
        let lost = (short * cycles).min(per_year) * stakes.short_cost_minor.max(0) as f64;
        let unit = stakes.unit_cost_micro.max(0) as f64 / 1e6;
        let value = mean_stock * unit * stakes.minor_per_major.max(1) as f64;
        let holding = stakes.holding_milli_per_year.max(0) as f64 / 1e3;
        ServicePoint {
            service_permille,
            reorder_point,
            order_qty: planned.order(input, reorder_point),
            stock_units: mean_stock.round() as i64,
            stock_minor: value.round() as i64,
            holding_minor_per_year: (value * holding).round() as i64,
            stockouts_milli_per_year: ((1.0 - lasts) * cycles * 1e3).round() as i64,
            lost_minor_per_year: lost.round() as i64,
        }
    }
}
