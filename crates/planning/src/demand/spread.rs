//! How far the sum of the next periods may be from what is expected.

use crate::number::variance;

/// Sums are taken from at most so many of the latest values.
const VALUES_MAX: usize = 420;
/// Of the squared difference of two sums, the share that a forecast is wrong by: half of it is the
/// noise of the later sum; the rest is what a level smoothed over several sums is wrong by.
const DIFFERENCE_SHARE: f64 = 0.6;

/// Variance of the sums of `periods` that were seen. Overlapping sums hold the noise of each
/// period and their correlation in one (Boylan and Babai 2016, "On the performance of overlapping
/// and non-overlapping temporal demand aggregation"); with few of them, one imagined sum of
/// independent periods is mixed in.
pub(super) fn of_sum(values: &[f64], periods: usize) -> f64 {
    let values = &values[values.len().saturating_sub(VALUES_MAX)..];
    let alone = variance(values) * periods as f64;
    let windows = windows(values, periods);
    if windows.len() < 3 {
        // The level, known from few values only, is wrong for all periods alike.
        return alone * (1.0 + periods as f64 / values.len().max(1) as f64);
    }
    let apart = windows.len() as f64 / periods as f64;
    (variance(&windows) * apart + alone * 2.0) / (apart + 1.0)
}

/// The same where the level moves: sums `ahead` periods apart are compared with one another.
pub(super) fn of_moving_sum(values: &[f64], periods: usize, ahead: usize) -> f64 {
    let values = &values[values.len().saturating_sub(VALUES_MAX)..];
    let windows = windows(values, periods);
    // Without enough past to see so far ahead, the error grows with the square root.
    let seen = ahead.min(windows.len() / 3).max(1);
    let count = windows.len().saturating_sub(seen);
    if count < 2 {
        return of_sum(values, periods);
    }
    let squares = windows.iter().zip(&windows[seen..]).map(|(old, new)| (new - old) * (new - old));
    DIFFERENCE_SHARE * squares.sum::<f64>() / count as f64 * ahead.max(1) as f64 / seen as f64
}

fn windows(values: &[f64], periods: usize) -> Vec<f64> {
    if values.len() < periods {
        return Vec::new();
    }
    let mut sum: f64 = values[..periods].iter().sum();
    let mut windows = vec![sum];
    for end in periods..values.len() {
        sum += values[end] - values[end - periods];
        windows.push(sum);
    }
    windows
}
