//! The day at a glance: what waits, what is wrong, how it runs.

mod alerts;
mod cards;
mod levels;
pub(crate) mod promises;

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{DayPoint, MoneyView, Nothing};
use alerts::{Alert, alerts};
use cards::{TodayCard, cards};
use domain::Day;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Db;
use ts_rs::TS;

/// Four weeks: every weekday four times.
const SERIES_DAYS: i32 = 28;
/// The fill rate of the newest orders says how it is now; older ones how it was.
const FILL_ORDERS: i64 = 2_000;
/// First days of the age bands, and the first of the open one.
const AGE_DAYS: [i32; 4] = [30, 60, 90, 180];

#[derive(Debug, Serialize, TS)]
pub struct HourPoint {
    pub hour: i64,
    pub placed: i64,
    pub picked: i64,
    pub shipped: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct AgeBand {
    pub label: String,
    pub units: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct TodayView {
    pub day: String,
    pub cards: Vec<TodayCard>,
    pub alerts: Vec<Alert>,
    /// Units, as in `shipped_by_day`.
    pub placed_by_day: Vec<DayPoint>,
    pub shipped_by_day: Vec<DayPoint>,
    pub stock_units_by_day: Vec<DayPoint>,
    pub stock_value: MoneyView,
    pub hours: Vec<HourPoint>,
    pub fill_rate_permille: i64,
    pub age_bands: Vec<AgeBand>,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<TodayView, Fault> {
    ctx.read(|db| {
        let today = ctx.today();
        let first = today.plus(1 - SERIES_DAYS);
        let days = ctx.days_from(first);
        let (_, value_micros, _) = db.stock_sums()?;
        Ok(TodayView {
            day: today.to_string(),
            cards: cards(ctx, &db)?,
            alerts: alerts(ctx, &db)?,
            placed_by_day: filled(&db.pulse_by_day("placed", days)?, first, today),
            shipped_by_day: filled(&db.pulse_by_day("shipped", days)?, first, today),
            stock_units_by_day: points(&stock_curve(ctx, &db, first)?),
            stock_value: house(&db)?.money_from_micros(value_micros),
            hours: hours(ctx, &db, today)?,
            fill_rate_permille: fill_rate(&db)?,
            age_bands: ages(ctx, &db, today)?,
        })
    })
}

fn points(days: &[(i32, i64)]) -> Vec<DayPoint> {
    days.iter().map(|(day, value)| DayPoint::new(*day, *value)).collect()
}

/// A day without an entry is a day with none, not a gap.
fn filled(days: &[(i32, i64)], first: Day, last: Day) -> Vec<DayPoint> {
    let known: BTreeMap<i32, i64> = days.iter().copied().collect();
    let value = |day: i32| known.get(&day).copied().unwrap_or(0);
    (first.0..=last.0).map(|day| DayPoint::new(day, value(day))).collect()
}

/// Units on hand at the end of each day: from what is there now, backwards by each day's change.
pub(crate) fn stock_curve(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    first: Day,
) -> Result<Vec<(i32, i64)>, Fault> {
    let net: BTreeMap<i32, i64> =
        db.pulse_by_day("net", ctx.days_from(first))?.into_iter().collect();
    let (mut level, _, _) = db.stock_sums()?;
    let mut curve = Vec::new();
    for day in (first.0..=ctx.today().0).rev() {
        curve.push((day, level.max(0)));
        level -= net.get(&day).copied().unwrap_or(0);
    }
    curve.reverse();
    Ok(curve)
}

fn hours(ctx: &Ctx<'_>, db: &Db<'_>, today: Day) -> Result<Vec<HourPoint>, Fault> {
    let start = ctx.zone.start(today);
    let by_hour = |what: &str| -> Result<BTreeMap<i64, i64>, Fault> {
        Ok(db.pulse_by_hour(what, start)?.into_iter().collect())
    };
    let (placed, picked, shipped) = (by_hour("placed")?, by_hour("picked")?, by_hour("shipped")?);
    let at = |of: &BTreeMap<i64, i64>, hour: i64| of.get(&hour).copied().unwrap_or(0);
    let point = |hour| HourPoint {
        hour,
        placed: at(&placed, hour),
        picked: at(&picked, hour),
        shipped: at(&shipped, hour),
    };
    Ok((0..24).map(point).collect())
}

/// Units promised of units ordered, over the newest orders.
fn fill_rate(db: &Db<'_>) -> Result<i64, Fault> {
    let (units, short) = db.newest_units(FILL_ORDERS)?;
    Ok(if units == 0 { 1000 } else { (units - short) * 1000 / units })
}

fn ages(ctx: &Ctx<'_>, db: &Db<'_>, today: Day) -> Result<Vec<AgeBand>, Fault> {
    let mut units = [0; AGE_DAYS.len() + 1];
    for (day, qty) in db.stock_age(ctx.zone.ahead(ctx.now))? {
        let age = today.0 - day;
        let band = AGE_DAYS.iter().position(|end| age < *end).unwrap_or(AGE_DAYS.len());
        units[band] += qty;
    }
    let label = |band: usize| {
        let from = if band == 0 { 0 } else { AGE_DAYS[band - 1] };
        match AGE_DAYS.get(band) {
            Some(to) => ctx.lang.pick(format!("{from}–{to} days"), format!("{from}–{to} 天")),
            None => ctx.lang.pick(format!("{from}+ days"), format!("{from} 天以上")),
        }
    };
    Ok(units
        .into_iter()
        .enumerate()
        .map(|(at, units)| AgeBand { label: label(at), units })
        .collect())
}
