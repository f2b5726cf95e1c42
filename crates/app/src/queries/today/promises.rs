//! Orders beside what was promised, day by day.

use crate::ctx::Ctx;
use crate::problem::Fault;
use domain::{Day, Timestamp};
use std::collections::BTreeMap;
use store::Db;

const HOUR_MS: i64 = 3_600_000;

/// The orders promised for one day.
#[derive(Debug, Clone, Default)]
pub(crate) struct PromiseDay {
    /// Whose promise is over: delivered, or late by now.
    pub due: i64,
    pub kept: i64,
    /// From placed to delivered, of those that were.
    pub lead_hours: Vec<i64>,
}

/// From `first` to `last`, each day present.
pub(crate) fn by_day(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    first: Day,
    last: Day,
) -> Result<BTreeMap<i32, PromiseDay>, Fault> {
    let mut days: BTreeMap<i32, PromiseDay> =
        (first.0..=last.0).map(|day| (day, PromiseDay::default())).collect();
    let (from, until) = (ctx.zone.start(first), ctx.zone.start(last.plus(1)));
    for order in db.promised_between(from, until)? {
        let day = ctx.zone.day(Timestamp(order.promise_millis)).0;
        let Some(day) = days.get_mut(&day) else { continue };
        match order.delivered_millis {
            Some(at) => {
                day.due += 1;
                day.kept += i64::from(at <= order.promise_millis);
                day.lead_hours.push((at - order.placed_millis).max(0) / HOUR_MS);
            }
            None => day.due += i64::from(order.promise_millis < ctx.now.0),
        }
    }
    Ok(days)
}

/// Kept of due over all of the days; `None` when nothing was due.
pub(crate) fn kept_permille(days: &BTreeMap<i32, PromiseDay>) -> Option<i64> {
    let due: i64 = days.values().map(|day| day.due).sum();
    let kept: i64 = days.values().map(|day| day.kept).sum();
    (due > 0).then(|| kept * 1000 / due)
}

/// The value that so many thousandths of the sorted values do not exceed.
pub(crate) fn quantile(values: &mut [i64], permille: usize) -> Option<i64> {
    values.sort_unstable();
    let last = values.len().checked_sub(1)?;
    values.get((last * permille).div_ceil(1000)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_happened() {
        let mut hours = [9, 1, 5, 3, 7];
        assert_eq!(quantile(&mut hours, 500), Some(5));
        assert_eq!(quantile(&mut hours, 900), Some(9));
        assert_eq!(quantile(&mut [4], 900), Some(4));
        assert_eq!(quantile(&mut [], 500), None);
    }

    #[test]
    fn without_a_promise_that_is_due_there_is_no_share() {
        let day = |due, kept| PromiseDay { due, kept, lead_hours: Vec::new() };
        assert_eq!(kept_permille(&BTreeMap::from([(1, day(0, 0))])), None);
        assert_eq!(kept_permille(&BTreeMap::from([(1, day(3, 2)), (2, day(1, 1))])), Some(750));
    }
}
