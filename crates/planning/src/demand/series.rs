//! A series as it comes, and what is wrong or unusual about it.

use serde::{Deserialize, Serialize};

/// Numbers beyond this are a mistake of the file: the smallest unit is counted.
const VALUE_MAX: f64 = 1e15;
/// Known values of the same place in the season, on both sides, that an unknown one is filled from.
const NEIGHBORS: usize = 3;

/// How far apart the entries of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}

impl Rhythm {
    /// Entries of the short season: a week of days, a year of months or quarters.
    pub fn season(self) -> usize {
        match self {
            Rhythm::Daily => 7,
            Rhythm::Monthly => 12,
            Rhythm::Quarterly => 4,
            Rhythm::Weekly | Rhythm::Yearly => 1,
        }
    }

    /// Entries of a year, where the year is a second and longer season.
    pub(super) fn year(self) -> Option<f64> {
        match self {
            Rhythm::Daily => Some(365.25),
            Rhythm::Weekly => Some(365.25 / 7.0),
            Rhythm::Monthly | Rhythm::Quarterly | Rhythm::Yearly => None,
        }
    }
}

/// Why nothing can be said about a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum SeriesFault {
    Empty,
    /// Entries there are, but all of them unknown.
    AllUnknown,
    NotANumber {
        at: usize,
    },
    TooLarge {
        at: usize,
    },
    NoHorizon,
}

impl std::fmt::Display for SeriesFault {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SeriesFault::Empty => write!(to, "the series is empty"),
            SeriesFault::AllUnknown => write!(to, "all values of the series are unknown"),
            SeriesFault::NotANumber { at } => write!(to, "value {} is not a number", at + 1),
            SeriesFault::TooLarge { at } => write!(to, "value {} is beyond 1e15", at + 1),
            SeriesFault::NoHorizon => write!(to, "nothing to forecast: the horizon is 0"),
        }
    }
}

impl std::error::Error for SeriesFault {}

/// What was done to a series before anything was learned from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeriesNotes {
    /// Unknown entries (out of stock, not recorded), taken as a usual one.
    pub filled: usize,
    /// More returned than sold: taken as nothing sold.
    pub negative: usize,
}

/// Known, finite and not negative values only.
pub(super) fn cleaned(
    history: &[Option<f64>],
    season: usize,
) -> Result<(Vec<f64>, SeriesNotes), SeriesFault> {
    if history.is_empty() {
        return Err(SeriesFault::Empty);
    }
    let mut notes = SeriesNotes::default();
    for (at, value) in history.iter().enumerate() {
        match value {
            Some(value) if value.is_nan() => return Err(SeriesFault::NotANumber { at }),
            Some(value) if value.abs() > VALUE_MAX => return Err(SeriesFault::TooLarge { at }),
            Some(value) => notes.negative += usize::from(*value < 0.0),
            None => notes.filled += 1,
        }
    }
    if notes.filled == history.len() {
        return Err(SeriesFault::AllUnknown);
    }
    let values = (0..history.len())
        .map(|at| match history[at] {
            Some(value) => value.max(0.0),
            None => usual(history, at, season.max(1)),
        })
        .collect();
    Ok((values, notes))
}

/// The mean of the nearest known values at the same place of the season, or of any place.
fn usual(history: &[Option<f64>], at: usize, step: usize) -> f64 {
    let before = (0..at).rev().skip(step - 1).step_by(step);
    let after = (at + 1..history.len()).skip(step - 1).step_by(step);
    let near: Vec<f64> = before
        .filter_map(|at| history[at])
        .take(NEIGHBORS)
        .chain(after.filter_map(|at| history[at]).take(NEIGHBORS))
        .map(|value| value.max(0.0))
        .collect();
    if near.is_empty() && step > 1 {
        return usual(history, at, 1);
    }
    crate::number::mean(&near)
}
