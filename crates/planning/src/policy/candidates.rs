//! Policies worth replaying: reorder points by quantile of demand until a delivery, order sizes
//! around the economic one.

use super::{Policy, PolicyInput};
use crate::distribution;
use crate::number::{mean, variance};

const LEVELS: [f64; 10] = [0.4, 0.6, 0.75, 0.85, 0.91, 0.95, 0.97, 0.985, 0.995, 0.999];
const SIZES: [f64; 5] = [0.5, 0.75, 1.0, 1.5, 2.2];
pub(super) const COUNT: usize = LEVELS.len() * SIZES.len();
/// Days of the past that quantiles are taken from.
const DAYS: usize = 365;
/// The last quarter weighs more than the year.
const LATEST_DAYS: usize = 90;
const LATEST_SHARE: f64 = 0.7;

/// Expected demand of a day, at the present level and time of year.
pub(super) fn per_day(history: &[f64], season: f64) -> f64 {
    let last = |days: usize| mean(&history[history.len().saturating_sub(days)..]);
    (LATEST_SHARE * last(LATEST_DAYS) + (1.0 - LATEST_SHARE) * last(DAYS)) * season
}

pub(super) fn candidates(input: &PolicyInput, season: f64) -> [Policy; COUNT] {
    let history = &input.history[input.history.len().saturating_sub(DAYS)..];
    let mean_day = per_day(&input.history, season).max(1e-6);
    let lead = (input.lead_days_min + input.lead_days_max) as f64 / 2.0;
    // Between the mean and the longest: a delivery that is late hurts more than an early one helps.
    let days = f64::midpoint(lead, input.lead_days_max as f64) + input.review_days as f64;
    let sums = sums(history, days.ceil() as usize, season);
    let swing = mean_day * (input.lead_days_max - input.lead_days_min) as f64 / 3.5;
    let spread = capped_variance(history) * days * season.max(1.0) + swing * swing;
    let size = (2.0 * input.order_cost * mean_day / input.holding_per_unit_day.max(1e-12)).sqrt();
    let size = size.clamp(1.0, mean_day * DAYS as f64 + 1.0);
    std::array::from_fn(|at| {
        let level = LEVELS[at / SIZES.len()];
        let counted = distribution::quantile(mean_day * days, spread, level) as f64;
        let seen = sums.get(((sums.len().max(1) - 1) as f64 * level).round() as usize);
        let point = seen.map_or(counted, |seen| f64::midpoint(counted, *seen)).round() as i64;
        let step = (size * SIZES[at % SIZES.len()]).ceil() as i64;
        Policy { at: point, up_to: point + step.max(1) }
    })
}

/// Sums over `days` that were seen, ascending.
fn sums(history: &[f64], days: usize, season: f64) -> Vec<f64> {
    let mut sums: Vec<f64> = history
        .windows(days.clamp(1, history.len().max(1)))
        .map(|window| window.iter().sum::<f64>() * season)
        .collect();
    sums.sort_by(f64::total_cmp);
    sums
}

fn capped_variance(history: &[f64]) -> f64 {
    let cap = cap(history);
    let capped: Vec<f64> = history.iter().map(|value| value.min(cap)).collect();
    variance(&capped)
}

/// How far above nearly all days a day may lie before it is taken as less.
const CAP_TIMES: f64 = 2.5;

/// Single orders far beyond the usual would make every month look like theirs.
pub(super) fn cap(history: &[f64]) -> f64 {
    let mut sorted = history.to_vec();
    sorted.sort_by(f64::total_cmp);
    let high = sorted.get(sorted.len().saturating_sub(1) * 99 / 100).copied().unwrap_or(0.0);
    (high + 1.0) * CAP_TIMES
}
