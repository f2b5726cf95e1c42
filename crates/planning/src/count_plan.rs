//! Which bins to count today.
//!
//! A bin is worth a count when it is likely to be wrong and the mistake would matter. Errors come
//! from handling, so risk grows with picks; known trouble comes first.

use crate::count_risk::{BinRisk, CountLessons, Exposure, ValueWeight, worth};
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
    /// The chance that a count finds the book wrong, in thousandths.
    pub chance_permille: i64,
    pub reasons: Vec<CountReason>,
    /// Expected time at the bin, walking included.
    pub minutes: i64,
}

/// A count, and a glance at a bin that should be empty, in minutes with the walk.
const COUNT_MINUTES: i64 = 4;
const GLANCE_MINUTES: i64 = 1;
/// Chance of an error that each exception adds, in millionths, and at most by all of them. A
/// judgment: every tenth exception is more than a slip.
const RISK_PER_EXCEPTION: i64 = 100_000;
const RISK_MAX: i64 = 990_000;
/// A bin never counted is taken as one last counted a year ago.
const NEVER_DAYS: i64 = 365;
/// What any bin is worth a count for, however little is in it.
const STAKE_MINOR: i64 = 2_500;
/// From here on a reason is worth naming.
const PICKS_MANY: i64 = 40;
const DAYS_LONG: i32 = 90;
const VALUE_HIGH_MINOR: i64 = 200_000;

/// Bins to count within the time available, the most useful first. Every known discrepancy is
/// listed before anything else.
pub fn rank(bins: &[BinFacts], minutes_available: i64) -> Vec<CountTask> {
    rank_learned(bins, &CountLessons::default(), minutes_available)
}

/// The same in the light of the counts so far.
pub fn rank_learned(
    bins: &[BinFacts],
    lessons: &CountLessons,
    minutes_available: i64,
) -> Vec<CountTask> {
    let tasks = bins.iter().map(|bin| task(bin, lessons));
    let mut tasks: Vec<CountTask> = tasks.filter(|task| task.score > 0).collect();
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

fn task(bin: &BinFacts, lessons: &CountLessons) -> CountTask {
    let minutes = if bin.went_empty { GLANCE_MINUTES } else { COUNT_MINUTES };
    let known = i64::from(!bin.discrepancy_qty.is_zero());
    // What is at stake: its value, but even a worthless bin stops a picker.
    let stake = (bin.value_minor.max(0) + STAKE_MINOR) as f64;
    let benefit = worth(risk(bin, lessons), stake, ValueWeight::FourthRoot) * 1e6;
    let score = (benefit as i64 / minutes).saturating_add(known.saturating_mul(1 << 50));
    let chance_permille = if known == 1 { 1000 } else { chance_permille(bin, lessons) };
    let location = bin.location.clone();
    CountTask { location, score, chance_permille, reasons: reasons(bin), minutes }
}

/// Chance that the book is wrong, with the benefit of the doubt: by this bins are chosen.
fn risk(bin: &BinFacts, lessons: &CountLessons) -> f64 {
    let (of_bin, since) = known_of(bin, lessons);
    or_exceptions(bin, of_bin.promise(&lessons.shared, since))
}

/// The same as it is believed: this is told.
fn chance_permille(bin: &BinFacts, lessons: &CountLessons) -> i64 {
    let (of_bin, since) = known_of(bin, lessons);
    (or_exceptions(bin, of_bin.chance(&lessons.shared, since)) * 1e3).round() as i64
}

fn known_of(bin: &BinFacts, lessons: &CountLessons) -> (BinRisk, Exposure) {
    let days = bin.days_since_count.map_or(NEVER_DAYS, |days| i64::from(days.max(0)));
    let since = Exposure { lines: bin.picks_since.max(0) as f64, days: days as f64 };
    (lessons.bins.get(&bin.location).copied().unwrap_or_default(), since)
}

/// Wrong by handling and time, or by what the exceptions tell of.
fn or_exceptions(bin: &BinFacts, usual: f64) -> f64 {
    let exceptions = bin.exceptions.max(0).saturating_mul(RISK_PER_EXCEPTION).min(RISK_MAX);
    1.0 - (1.0 - usual) * (1.0 - exceptions as f64 / 1e6)
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
