//! Days that stand out by name: holidays, Singles' Day, promotions. How much more or less is asked
//! for on them is learned by name from all series together, because one series sees each of them
//! once a year.

use super::series::Rhythm;
use crate::number::mean;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Imagined days on which the event changed nothing, mixed in with those seen.
const SHRINK_DAYS: f64 = 4.0;
/// One day of one series counts for no more than so many times its usual day.
const RATIO_MAX: f64 = 20.0;
/// Usual days on either side, at the same place of the week, that a day is compared with.
const NEIGHBORS: usize = 4;
/// A day expected to sell nothing cannot be scaled back.
const FACTOR_MIN: f64 = 0.05;

/// A history and the name of what each of its entries is, `None` for usual ones.
#[derive(Debug, Clone, Copy)]
pub struct EventSeries<'a> {
    pub values: &'a [Option<f64>],
    pub events: &'a [Option<&'a str>],
}

/// For each event how a day of it compares with a usual one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EventFactors {
    factors: BTreeMap<String, f64>,
}

impl EventFactors {
    pub fn learn<'a>(
        series: impl IntoIterator<Item = EventSeries<'a>>,
        rhythm: Rhythm,
    ) -> EventFactors {
        let mut seen: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for one in series {
            for (at, event) in one.events.iter().enumerate().take(one.values.len()) {
                let (Some(event), Some(value)) = (event, one.values[at]) else { continue };
                let Some(usual) = usual(&one, at, rhythm.season().max(1)) else { continue };
                // Weighed by the usual day: of what hardly sells, any ratio can be seen.
                let (sum, weight) = seen.entry((*event).to_owned()).or_default();
                let share = usual / (usual + 1.0);
                *sum += share * (value.max(0.0) / usual).min(RATIO_MAX);
                *weight += share;
            }
        }
        let factor = |(sum, weight): (f64, f64)| (sum + SHRINK_DAYS) / (weight + SHRINK_DAYS);
        EventFactors {
            factors: seen.into_iter().map(|(name, seen)| (name, factor(seen))).collect(),
        }
    }

    /// 1 for an event never seen.
    pub fn factor(&self, event: Option<&str>) -> f64 {
        let known = event.and_then(|event| self.factors.get(event));
        known.map_or(1.0, |factor| factor.max(FACTOR_MIN))
    }

    /// The history as it would have been without the events: what forecasts are made from.
    pub fn without(&self, series: &EventSeries<'_>) -> Vec<Option<f64>> {
        let event = |at: usize| series.events.get(at).copied().flatten();
        let days = series.values.iter().enumerate();
        days.map(|(at, value)| value.map(|value| value / self.factor(event(at)))).collect()
    }
}

/// The mean of the nearest days without an event.
fn usual(one: &EventSeries<'_>, at: usize, season: usize) -> Option<f64> {
    let plain = |at: &usize| one.events.get(*at).copied().flatten().is_none();
    let value = |at: usize| one.values[at].map(|value| value.max(0.0));
    let before = (0..at).rev().skip(season - 1).step_by(season).filter(plain).filter_map(value);
    let after = (at + 1..one.values.len()).skip(season - 1).step_by(season).filter(plain);
    let near: Vec<f64> =
        before.take(NEIGHBORS).chain(after.filter_map(value).take(NEIGHBORS)).collect();
    let usual = mean(&near);
    (usual > 0.0).then_some(usual)
}
