//! Which bins to count today.
//!
//! A bin is worth a count when it is likely to be wrong and the mistake would matter. Errors come
//! from handling, so risk grows with picks; known trouble comes first.

use domain::Qty;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What is known about a bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinFacts {
    pub location: String,
    /// Book value of what is in it, in minor units.
    pub value_minor: i64,
    /// `None` when it was never counted.
    pub days_since_count: Option<i32>,
    pub picks_since: i64,
    /// What stands in discrepancy for it, either sign.
    pub discrepancy_qty: Qty,
    /// The book went to zero since the last count: checking is a glance.
    pub went_empty: bool,
    /// Short picks, wrong scans and the like since the last count.
    pub exceptions: i64,
}

/// Why a bin is on the list, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum CountReason {
    Discrepancy { qty: Qty },
    Exceptions { count: i64 },
    WentEmpty,
    NeverCounted,
    ManyPicks { picks: i64 },
    LongAgo { days: i32 },
    HighValue { minor: i64 },
}

/// A bin to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountTask {
    pub location: String,
    /// Higher is sooner; only the order means anything.
    pub score: i64,
    pub reasons: Vec<CountReason>,
    /// Expected time at the bin, walking included.
    pub minutes: i64,
}

/// A count, and a glance at a bin that should be empty, in minutes with the walk.
const COUNT_MINUTES: i64 = 4;
const GLANCE_MINUTES: i64 = 1;
/// Chance of an error in millionths: for each pick, each day, each exception, and at most. The
/// first two are typical of warehouses with scanners (about 3 errors in 1,000 picks); the third is
/// a judgment: every tenth exception is more than a slip.
const RISK_PER_PICK: i64 = 3_000;
const RISK_PER_DAY: i64 = 150;
const RISK_PER_EXCEPTION: i64 = 100_000;
const RISK_MAX: i64 = 900_000;
/// A bin never counted is taken as one last counted a year ago.
const NEVER_DAYS: i64 = 365;
/// From here on a reason is worth naming.
const PICKS_MANY: i64 = 40;
const DAYS_LONG: i32 = 90;
const VALUE_HIGH_MINOR: i64 = 200_000;

/// Bins to count within the time available, the most useful first. Every known discrepancy is
/// listed before anything else.
pub fn rank(bins: &[BinFacts], minutes_available: i64) -> Vec<CountTask> {
    let mut tasks: Vec<CountTask> = bins.iter().map(task).filter(|task| task.score > 0).collect();
    // The location breaks ties, so that the list does not depend on the order of the input.
    tasks.sort_by_key(|task| (Reverse(task.score), task.location.clone()));
    let mut left = minutes_available;
    tasks.retain(|task| {
        let fits = task.minutes <= left;
        if fits {
            left -= task.minutes;
        }
        fits
    });
    tasks
}

fn task(bin: &BinFacts) -> CountTask {
    let minutes = if bin.went_empty { GLANCE_MINUTES } else { COUNT_MINUTES };
    let known = i64::from(!bin.discrepancy_qty.is_zero());
    // What is at stake: its value, but even a worthless bin stops a picker.
    let stake = root(bin.value_minor.max(0)) + 50;
    let benefit = risk(bin).saturating_mul(stake) / minutes;
    let score = benefit.saturating_add(known.saturating_mul(1 << 50));
    CountTask { location: bin.location.clone(), score, reasons: reasons(bin), minutes }
}

/// Chance that the book is wrong, in millionths.
fn risk(bin: &BinFacts) -> i64 {
    let days = bin.days_since_count.map_or(NEVER_DAYS, |days| i64::from(days.max(0)));
    let picks = bin.picks_since.max(0).saturating_mul(RISK_PER_PICK);
    let exceptions = bin.exceptions.max(0).saturating_mul(RISK_PER_EXCEPTION);
    let total = picks.saturating_add(exceptions).saturating_add(days.saturating_mul(RISK_PER_DAY));
    total.min(RISK_MAX)
}

/// Value counts by its root: ten bins of 100 are worth more walks than one of 1,000.
fn root(value: i64) -> i64 {
    value.isqrt()
}

fn reasons(bin: &BinFacts) -> Vec<CountReason> {
    let mut reasons = Vec::new();
    if !bin.discrepancy_qty.is_zero() {
        reasons.push(CountReason::Discrepancy { qty: bin.discrepancy_qty });
    }
    if bin.exceptions > 0 {
        reasons.push(CountReason::Exceptions { count: bin.exceptions });
    }
    if bin.went_empty {
        reasons.push(CountReason::WentEmpty);
    }
    if bin.days_since_count.is_none() {
        reasons.push(CountReason::NeverCounted);
    }
    if bin.picks_since >= PICKS_MANY {
        reasons.push(CountReason::ManyPicks { picks: bin.picks_since });
    }
    if let Some(days) = bin.days_since_count.filter(|&days| days >= DAYS_LONG) {
        reasons.push(CountReason::LongAgo { days });
    }
    if bin.value_minor >= VALUE_HIGH_MINOR {
        reasons.push(CountReason::HighValue { minor: bin.value_minor });
    }
    reasons
}
