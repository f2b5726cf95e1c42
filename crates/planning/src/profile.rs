//! What a daily history says about one item.

use crate::number::{mean, variance};
use crate::season::week_factors;
use serde::{Deserialize, Serialize};

/// Half of the weight lies in the last so many days.
const HALF_LIFE_DAYS: f64 = 35.0;
/// Share of a day's weight that passes to the day before: 0.5^(1/35).
const DECAY: f64 = 0.980_390_9;
/// Mean days between sales from which demand is intermittent (Syntetos, Boylan and Croston 2005).
const INTERVAL_INTERMITTENT: f64 = 1.32;
/// The last four weeks against the eight before, in thousandths, to speak of a trend.
const TREND_MILLI: f64 = 300.0;
const TREND_DAYS: usize = 84;

/// A clear change of level over the last twelve weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    Falling,
    Steady,
    Rising,
}

/// Demand per day of one item, in its smallest unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// Recent days weigh more: half the weight lies in the last five weeks.
    pub mean_per_day: f64,
    /// Of a day around its expected value.
    pub variance: f64,
    pub trend: Trend,
    /// Most days sell nothing: ordering by averages alone would mislead.
    pub intermittent: bool,
    /// Weekday factors, 1.0 on average; entry 0 is the day after the history.
    pub week: [f64; 7],
    pub days_observed: usize,
}

/// Estimates demand from a daily series, oldest first. Negative days (more returned than sold)
/// count as zero.
pub fn demand(series: &[i64]) -> Demand {
    let values: Vec<f64> = series.iter().map(|&value| value.max(0) as f64).collect();
    let by_position = week_factors(&values);
    let level = weighted_level(&values, &by_position);
    let days = values.len();
    let recent = &values[days.saturating_sub((HALF_LIFE_DAYS * 4.0) as usize)..];
    let first = days - recent.len();
    let residuals: Vec<f64> = recent
        .iter()
        .enumerate()
        .map(|(offset, value)| value - level * by_position[(first + offset) % 7])
        .collect();
    let sold = values.iter().filter(|&&value| value > 0.0).count();
    let mut week = [1.0; 7];
    for (offset, factor) in week.iter_mut().enumerate() {
        *factor = by_position[(days + offset) % 7];
    }
    Demand {
        mean_per_day: level,
        variance: variance(&residuals).max(if level > 0.0 { level * 0.5 } else { 0.0 }),
        trend: trend(&values),
        intermittent: sold > 0 && days as f64 / sold as f64 >= INTERVAL_INTERMITTENT,
        week,
        days_observed: days,
    }
}

/// Exponentially weighted sales over equally weighted expectations: a closed Sunday adds nothing to
/// either. The weights count from the first day on, so a short history is not pulled toward its
/// first value.
fn weighted_level(values: &[f64], by_position: &[f64; 7]) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (day, value) in values.iter().enumerate() {
        sum = sum * DECAY + value;
        weights = weights * DECAY + by_position[day % 7];
    }
    if weights > 0.0 { sum / weights } else { 0.0 }
}

fn trend(values: &[f64]) -> Trend {
    if values.len() < TREND_DAYS {
        return Trend::Steady;
    }
    let window = &values[values.len() - TREND_DAYS..];
    let (before, after) = (&window[..56], &window[56..]);
    let (old, new) = (mean(before), mean(after));
    // Twice the standard error of the difference, so that noise is not called a trend.
    let noise = 2.0 * (variance(before) / 56.0 + variance(after) / 28.0).sqrt();
    let change = new - old;
    let large = change.abs() * 1000.0 > old.max(0.001) * TREND_MILLI;
    if !large || change.abs() <= noise {
        Trend::Steady
    } else if change > 0.0 {
        Trend::Rising
    } else {
        Trend::Falling
    }
}
