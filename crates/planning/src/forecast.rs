//! The days ahead, as a fan: a middle and how far off it may be.

use crate::distribution::quantile;
use crate::profile::{Demand, demand};
use serde::{Deserialize, Serialize};

/// Demand on one day ahead. In `lo80..=hi80` it falls with a chance of 80 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FanDay {
    pub median: i64,
    pub lo50: i64,
    pub hi50: i64,
    pub lo80: i64,
    pub hi80: i64,
    pub lo95: i64,
    pub hi95: i64,
}

/// A forecast, the next day first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    pub days: Vec<FanDay>,
    /// Expected demand of each day.
    pub mean: Vec<f64>,
}

/// How much wider each day is than the one before, as a share of the variance: the level itself
/// may drift. One in 60 a day doubles the variance in two months.
const DRIFT_PER_DAY: f64 = 1.0 / 60.0;

/// Forecasts `horizon` days from a daily series, oldest first.
pub fn forecast(series: &[i64], horizon: usize) -> Fan {
    let levels = [0.5, 0.25, 0.75, 0.1, 0.9, 0.025, 0.975];
    let (mean, rows) = forecast_levels(series, horizon, &levels);
    let days = rows
        .iter()
        .map(|row| FanDay {
            median: row[0],
            lo50: row[1],
            hi50: row[2],
            lo80: row[3],
            hi80: row[4],
            lo95: row[5],
            hi95: row[6],
        })
        .collect();
    Fan { days, mean }
}

/// Expected demand, and the quantiles at `levels` (each in 0..1), for each of `horizon` days.
pub fn forecast_levels(
    series: &[i64],
    horizon: usize,
    levels: &[f64],
) -> (Vec<f64>, Vec<Vec<i64>>) {
    let demand = demand(series);
    (0..horizon)
        .map(|day| {
            let (mean, variance) = expected(&demand, day);
            (mean, levels.iter().map(|&level| quantile(mean, variance, level)).collect())
        })
        .unzip()
}

/// Mean and variance of the day `day` days after the first one ahead.
pub(crate) fn expected(demand: &Demand, day: usize) -> (f64, f64) {
    let factor = demand.week[day % 7];
    let drift = 1.0 + day as f64 * DRIFT_PER_DAY;
    // Busy weekdays vary more, in proportion.
    (demand.mean_per_day * factor, demand.variance * factor.max(0.05) * drift)
}
