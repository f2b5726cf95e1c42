//! What if: service against money, for one product and for all of them together.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::replenishing::{Advice, SERVICE_LEVELS, advice, service_permille};
use crate::view::{MoneyView, Nothing};
use planning::ServicePoint;
use serde::Serialize;
use ts_rs::TS;

/// One service level: what it takes and what it spares.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ServiceLevel {
    pub permille: i64,
    /// The one that proposals are made with.
    pub current: bool,
    /// Of one product; 0 for all together.
    pub reorder_point: i64,
    pub order_qty: i64,
    pub stock_units: i64,
    /// Mean value of the stock, and how much more that is than at the current level.
    pub stock: MoneyView,
    pub more_stock: MoneyView,
    /// Holding it for a year.
    pub holding: MoneyView,
    /// Stockouts expected in a year, "1.3".
    pub stockouts: String,
    pub stockouts_milli: i64,
    /// Sales expected to be lost in a year.
    pub lost: MoneyView,
    /// Holding and lost sales together: the lowest is the cheapest level.
    pub yearly: MoneyView,
    pub cheapest: bool,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<ServiceLevel>, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let all = advice(ctx, &db)?;
        let sums: Vec<ServicePoint> =
            (0..SERVICE_LEVELS.len()).map(|at| sum(all.iter().map(|one| one.levels[at]))).collect();
        Ok(shown(&house, &sums, service_permille(&db)?))
    })
}

pub(crate) fn of_one(house: &House, one: &Advice, current: i64) -> Vec<ServiceLevel> {
    shown(house, &one.levels, current)
}

fn sum(points: impl Iterator<Item = ServicePoint>) -> ServicePoint {
    let none = ServicePoint {
        service_permille: 0,
        reorder_point: 0,
        order_qty: 0,
        stock_units: 0,
        stock_minor: 0,
        holding_minor_per_year: 0,
        stockouts_milli_per_year: 0,
        lost_minor_per_year: 0,
    };
    points.fold(none, |sum, point| ServicePoint {
        service_permille: point.service_permille,
        reorder_point: 0,
        order_qty: sum.order_qty + point.order_qty,
        stock_units: sum.stock_units + point.stock_units,
        stock_minor: sum.stock_minor + point.stock_minor,
        holding_minor_per_year: sum.holding_minor_per_year + point.holding_minor_per_year,
        stockouts_milli_per_year: sum.stockouts_milli_per_year + point.stockouts_milli_per_year,
        lost_minor_per_year: sum.lost_minor_per_year + point.lost_minor_per_year,
    })
}

fn shown(house: &House, points: &[ServicePoint], current: i64) -> Vec<ServiceLevel> {
    let yearly = |point: &ServicePoint| point.holding_minor_per_year + point.lost_minor_per_year;
    let now = points.iter().find(|point| point.service_permille == current);
    let now = now.map_or(0, |point| point.stock_minor);
    let least = points.iter().map(yearly).min();
    let level = |point: &ServicePoint| ServiceLevel {
        permille: point.service_permille,
        current: point.service_permille == current,
        reorder_point: point.reorder_point,
        order_qty: point.order_qty,
        stock_units: point.stock_units,
        stock: house.money(point.stock_minor),
        more_stock: house.money(point.stock_minor - now),
        holding: house.money(point.holding_minor_per_year),
        stockouts: tenths(point.stockouts_milli_per_year),
        stockouts_milli: point.stockouts_milli_per_year,
        lost: house.money(point.lost_minor_per_year),
        yearly: house.money(yearly(point)),
        cheapest: Some(yearly(point)) == least,
    };
    points.iter().map(level).collect()
}

fn tenths(milli: i64) -> String {
    let tenths = (milli + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}
