//! The days ahead, as a fan: a middle and how far off it may be.

use crate::demand::{Rhythm, outlook};
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
    let known: Vec<Option<f64>> = series.iter().map(|&value| Some(value.max(0) as f64)).collect();
    let Ok(ahead) = outlook(&known, Rhythm::Daily, horizon) else {
        return (vec![0.0; horizon], vec![vec![0; levels.len()]; horizon]);
    };
    let demand = demand(series);
    (0..horizon)
        .map(|day| {
            let step = ahead.step(day);
            // The mix knows the week of what sells on most days; here closed days come in.
            let week = if ahead.intermittent { demand.week[day % 7] } else { 1.0 };
            let mean = step.mean * week;
            let variance = (step.variance * week).max(usual_variance(&demand, day, mean));
            let at = |&level: &f64| quantile(mean, variance, level);
            (mean, levels.iter().map(at).collect())
        })
        .unzip()
}

/// Variance of the day `day` days after the first one ahead, at least, where it is expected to sell
/// `mean`: what is left when a week's pattern is taken out, and the level's own drift.
fn usual_variance(demand: &Demand, day: usize, mean: f64) -> f64 {
    if demand.mean_per_day <= 0.0 {
        return 0.0;
    }
    let drift = 1.0 + day as f64 * DRIFT_PER_DAY;
    // Busy days vary more, in proportion.
    demand.variance * (mean / demand.mean_per_day).clamp(0.05, 10.0) * drift
}
