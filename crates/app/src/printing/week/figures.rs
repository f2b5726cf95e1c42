//! The figures of a fortnight, day by day: the week of the report, and the one before to compare.

use crate::ctx::Ctx;
use crate::dispatching::document::saved;
use crate::problem::Fault;
use domain::{Day, Timestamp};
use std::collections::BTreeMap;
use store::Db;
use store::read::{OrderQuery, OrderSort};

pub(super) const DAYS: usize = 14;
const WEEK: usize = 7;
/// What sold within so many days before is missed when it is out.
const ASKED_DAYS: i32 = 28;

/// One value for each of the days, the last day last.
pub(super) type Series = [i64; DAYS];

pub(super) struct Figures {
    pub first: Day,
    pub orders: Series,
    pub units: Series,
    pub short: Series,
    pub sales_minor: Series,
    pub shipped: Series,
    pub stock_minor: Series,
    /// SKUs that sold lately and stood at nothing at the end of the day.
    pub stockouts: Series,
    pub late: Series,
    pub counts: Series,
    pub counts_wrong: Series,
    pub wrong_units: Series,
    pub route_minor: Series,
    pub route_meters: Series,
}

/// Sums of the week and of the one before it.
pub(super) fn weeks(series: &Series) -> (i64, i64) {
    (series[WEEK..].iter().sum(), series[..WEEK].iter().sum())
}

/// The last day of the week and of the one before it.
pub(super) fn ends(series: &Series) -> (i64, i64) {
    (series[DAYS - 1], series[WEEK - 1])
}

/// Units promised of units ordered, in thousandths.
pub(super) fn fill_permille(units: i64, short: i64) -> i64 {
    if units <= 0 { 1000 } else { (units - short).max(0) * 1000 / units }
}

impl Figures {
    pub fn of(ctx: &Ctx<'_>, db: &Db<'_>, last: Day) -> Result<Figures, Fault> {
        let first = last.plus(1 - DAYS as i32);
        let at = |day: i32| usize::try_from(day - first.0).ok().filter(|at| *at < DAYS);
        let spread = |days: Vec<(i32, i64)>| {
            let mut series = [0; DAYS];
            for (day, value) in days {
                if let Some(at) = at(day) {
                    series[at] += value;
                }
            }
            series
        };
        let orders = db.orders_by_day(ctx.days_from(first))?;
        let of = |value: fn(&store::read::OrderDay) -> i64| {
            spread(orders.iter().map(|day| (day.day, value(day))).collect())
        };
        let counts = db.past_counts()?;
        let counted = |value: fn(&store::read::PastCountRow) -> i64| {
            let day =
                |count: &store::read::PastCountRow| ctx.zone.day(Timestamp(count.posted_millis)).0;
            spread(counts.iter().map(|count| (day(count), value(count))).collect())
        };
        let plans = plans(db, first)?;
        let planned = |value: fn(&(i64, i64)) -> i64| -> Series {
            std::array::from_fn(|at| plans.get(at).map_or(0, value))
        };
        Ok(Figures {
            first,
            orders: of(|day| day.orders),
            units: of(|day| day.units),
            short: of(|day| day.short_units),
            sales_minor: of(|day| day.value_minor),
            shipped: spread(db.pulse_by_day("shipped", ctx.days_from(first))?),
            stock_minor: stock_value(ctx, db, first)?,
            stockouts: stockouts(ctx, db, first)?,
            late: spread(late(ctx, db)?),
            counts: counted(|_| 1),
            counts_wrong: counted(|count| i64::from(count.wrong_units > 0)),
            wrong_units: counted(|count| count.wrong_units),
            route_minor: planned(|plan| plan.0),
            route_meters: planned(|plan| plan.1),
        })
    }

    /// The first day of the week itself: what lies before is there to compare.
    pub fn week_first(&self) -> i32 {
        self.first.0 + WEEK as i32
    }

    pub fn points(&self, series: &Series) -> Vec<(i32, i64)> {
        (self.first.0..).zip(series.iter().copied()).collect()
    }
}

/// Cost and meters of the last version of each day's plan.
fn plans(db: &Db<'_>, first: Day) -> Result<Vec<(i64, i64)>, Fault> {
    let day = |at: usize| -> Result<(i64, i64), Fault> {
        let doc = saved(db, first.plus(at as i32))?;
        Ok(doc.map_or((0, 0), |doc| (doc.plan.cost_minor, doc.plan.meters.0)))
    };
    (0..DAYS).map(day).collect()
}

/// At the end of each day: from what it is worth now, backwards by what was posted since.
fn stock_value(ctx: &Ctx<'_>, db: &Db<'_>, first: Day) -> Result<Series, Fault> {
    let changes = db.value_change_by_day(ctx.days_from(first))?;
    let (_, mut micros, _) = db.stock_sums()?;
    let mut series = [0; DAYS];
    for day in (first.0..=ctx.today().0).rev() {
        if let Some(value) = usize::try_from(day - first.0).ok().and_then(|at| series.get_mut(at)) {
            *value = micros.max(0) / domain::money::MICROS_PER_MINOR;
        }
        micros -= changes.get(&day).copied().unwrap_or(0);
    }
    Ok(series)
}

fn stockouts(ctx: &Ctx<'_>, db: &Db<'_>, first: Day) -> Result<Series, Fault> {
    let mut net: BTreeMap<String, BTreeMap<i32, i64>> = BTreeMap::new();
    for (sku, day, units) in db.net_by_sku(ctx.days_from(first))? {
        net.entry(sku.to_string()).or_default().insert(day, units);
    }
    let mut series = [0; DAYS];
    for sku in db.skus_asked_for(first.plus(-ASKED_DAYS))? {
        let mut level = db.sku_total(&sku)?.map_or(0, |total| total.on_hand.0);
        let changes = net.get(sku.as_str());
        for day in (first.0..=ctx.today().0).rev() {
            let at = usize::try_from(day - first.0).ok().and_then(|at| series.get_mut(at));
            if let Some(count) = at.filter(|_| level <= 0) {
                *count += 1;
            }
            level -= changes.and_then(|days| days.get(&day)).copied().unwrap_or(0);
        }
    }
    Ok(series)
}

/// Late orders by the day that they were promised for.
fn late(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<(i32, i64)>, Fault> {
    let query = OrderQuery {
        view: "late",
        search: "",
        now: ctx.now.0,
        sort: OrderSort::Promise,
        descending: true,
        offset: 0,
        limit: i64::MAX,
    };
    let heads = db.orders(&query)?.0;
    Ok(heads.iter().map(|head| (ctx.zone.day(Timestamp(head.promise_at)).0, 1)).collect())
}
