//! How the house runs: promises, lead times, routes, stock and discrepancies over four weeks.

use crate::ctx::Ctx;
use crate::dispatching::document::saved;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::queries::today::promises::{self, PromiseDay};
use crate::view::{DayPoint, MoneyView, Nothing};
use domain::Day;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Db;
use store::read::HeapQuery;
use ts_rs::TS;

/// Four weeks: every weekday four times.
const DAYS: i32 = 28;
/// Nobody has asked for it in a season.
const STILL_DAYS: i32 = 90;
/// More than half a year of it is more than a house should have.
const COVER_DAYS: i64 = 180;
const HOUR_MS: i64 = 3_600_000;
/// First hours of the age bands of discrepancies, and the first of the open one.
const AGE_HOURS: [i64; 4] = [4, 24, 72, 168];

#[derive(Debug, Serialize, TS)]
pub struct HealthView {
    /// Kept of due, in thousandths; `None` when nothing was due.
    pub promise_permille: Option<i64>,
    pub promise_by_day: Vec<SharePoint>,
    /// From placed to delivered.
    pub lead_median_hours: Option<i64>,
    pub lead_nine_in_ten_hours: Option<i64>,
    pub lead_by_day: Vec<LeadPoint>,
    pub fill_by_day: Vec<SharePoint>,
    pub fill_permille: Option<i64>,
    pub route_by_day: Vec<RouteDay>,
    /// Of all planned stops of the four weeks; `None` when nothing was planned.
    pub route_per_stop: Option<MoneyView>,
    pub stock: StockHealthView,
    pub discrepancy_ages: Vec<AgeCount>,
}

#[derive(Debug, Serialize, TS)]
pub struct SharePoint {
    pub day: String,
    /// `None` on a day without any.
    pub permille: Option<i64>,
    pub of: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct LeadPoint {
    pub day: String,
    pub median_hours: Option<i64>,
    pub nine_in_ten_hours: Option<i64>,
}

#[derive(Debug, Serialize, TS)]
pub struct RouteDay {
    pub day: String,
    pub cost: MoneyView,
    pub stops: i64,
    pub meters: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct StockHealthView {
    pub stocked: i64,
    pub out: i64,
    pub below_safety: i64,
    pub still: i64,
    pub still_value: MoneyView,
    pub still_days: i32,
    pub too_much: i64,
    pub too_much_value: MoneyView,
    pub cover_days: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct AgeCount {
    pub label: String,
    pub count: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<HealthView, Fault> {
    ctx.read(|db| {
        let today = ctx.today();
        let first = today.plus(1 - DAYS);
        let house = house(&db)?;
        let mut promised = promises::by_day(ctx, &db, first, today)?;
        let mut hours: Vec<i64> =
            promised.values().flat_map(|day| day.lead_hours.iter().copied()).collect();
        let fill = fill(ctx, &db, first)?;
        let routes = routes(&db, &house, first)?;
        Ok(HealthView {
            promise_permille: promises::kept_permille(&promised),
            promise_by_day: promised.iter().map(promise_point).collect(),
            lead_median_hours: promises::quantile(&mut hours, 500),
            lead_nine_in_ten_hours: promises::quantile(&mut hours, 900),
            lead_by_day: promised.iter_mut().map(lead_point).collect(),
            fill_permille: share(
                fill.iter().map(|day| day.1).sum(),
                fill.iter().map(|d| d.2).sum(),
            ),
            fill_by_day: fill.into_iter().map(fill_point).collect(),
            route_per_stop: per_stop(&house, &routes),
            route_by_day: routes,
            stock: stock(&db, &house, today)?,
            discrepancy_ages: ages(ctx, &db)?,
        })
    })
}

fn share(part: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| part * 1000 / of)
}

fn promise_point((day, promised): (&i32, &PromiseDay)) -> SharePoint {
    let permille = share(promised.kept, promised.due);
    SharePoint { day: Day(*day).to_string(), permille, of: promised.due }
}

fn lead_point((day, promised): (&i32, &mut PromiseDay)) -> LeadPoint {
    LeadPoint {
        day: Day(*day).to_string(),
        median_hours: promises::quantile(&mut promised.lead_hours, 500),
        nine_in_ten_hours: promises::quantile(&mut promised.lead_hours, 900),
    }
}

/// Day, units promised and units ordered.
fn fill(ctx: &Ctx<'_>, db: &Db<'_>, first: Day) -> Result<Vec<(i32, i64, i64)>, Fault> {
    let known: BTreeMap<i32, (i64, i64)> = db
        .orders_by_day(ctx.days_from(first))?
        .into_iter()
        .map(|day| (day.day, ((day.units - day.short_units).max(0), day.units)))
        .collect();
    let of = |day: i32| known.get(&day).copied().unwrap_or_default();
    Ok((first.0..=ctx.today().0).map(|day| (day, of(day).0, of(day).1)).collect())
}

fn fill_point((day, part, of): (i32, i64, i64)) -> SharePoint {
    SharePoint { day: Day(day).to_string(), permille: share(part, of), of }
}

/// The last version of each day's plan.
fn routes(db: &Db<'_>, house: &House, first: Day) -> Result<Vec<RouteDay>, Fault> {
    let mut days = Vec::new();
    for day in first.0..first.0 + DAYS {
        let plan = saved(db, Day(day))?.map(|doc| doc.plan).unwrap_or_default();
        let stops = plan.routes.iter().map(|route| route.stops.len() as i64).sum();
        let (cost, meters) = (house.money(plan.cost_minor), plan.meters.0);
        days.push(RouteDay { day: DayPoint::new(day, 0).day, cost, stops, meters });
    }
    Ok(days)
}

fn per_stop(house: &House, days: &[RouteDay]) -> Option<MoneyView> {
    let stops: i64 = days.iter().map(|day| day.stops).sum();
    let cost: i64 = days.iter().map(|day| day.cost.minor).sum();
    (stops > 0).then(|| house.money(cost / stops))
}

fn stock(db: &Db<'_>, house: &House, today: Day) -> Result<StockHealthView, Fault> {
    let found = db.stock_health(today.plus(-DAYS), today.plus(-STILL_DAYS), today, COVER_DAYS)?;
    Ok(StockHealthView {
        stocked: found.stocked,
        out: found.out,
        below_safety: found.below_safety,
        still: found.still,
        still_value: house.money_from_micros(found.still_micros),
        still_days: STILL_DAYS,
        too_much: found.too_much,
        too_much_value: house.money_from_micros(found.too_much_micros),
        cover_days: COVER_DAYS,
    })
}

fn ages(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<AgeCount>, Fault> {
    let mut counts = [0; AGE_HOURS.len() + 1];
    let query = HeapQuery { only_discrepancies: true, ..HeapQuery::default() };
    for heap in db.heaps(&query)? {
        let hours = (ctx.now.0 - heap.changed_at_millis).max(0) / HOUR_MS;
        let band = AGE_HOURS.iter().position(|end| hours < *end).unwrap_or(AGE_HOURS.len());
        counts[band] += 1;
    }
    let label = |band: usize| match AGE_HOURS.get(band) {
        Some(hours) if *hours <= 24 => {
            ctx.lang.pick(format!("under {hours} h"), format!("{hours} 小时内"))
        }
        Some(hours) => {
            ctx.lang.pick(format!("under {} days", hours / 24), format!("{} 天内", hours / 24))
        }
        None => ctx.say("a week and more", "一周以上"),
    };
    let each = counts.into_iter().enumerate();
    Ok(each.map(|(band, count)| AgeCount { label: label(band), count }).collect())
}
