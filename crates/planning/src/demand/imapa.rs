//! Averaging over temporal aggregation (Petropoulos and Kourentzes 2015, "Forecast combinations for
//! intermittent demand"): the series summed over 1, 2, … periods, each smoothed, then the mean.

use super::level;

/// Longer sums leave too few values.
const AGGREGATION_MAX: usize = 14;

/// Expected demand of a period.
pub(super) fn forecast(values: &[f64], weights: &[f64]) -> f64 {
    let Some(first) = values.iter().position(|&value| value > 0.0) else { return 0.0 };
    let values = &values[first..];
    let sold = values.iter().filter(|&&value| value > 0.0).count().max(1);
    let most = (values.len() / sold).clamp(1, AGGREGATION_MAX);
    let mut sum = 0.0;
    for width in 1..=most {
        // The oldest values that do not fill a sum are left out.
        let sums: Vec<f64> = values[values.len() % width..]
            .chunks(width)
            .map(|chunk| chunk.iter().sum::<f64>())
            .collect();
        sum += level::best_of(&sums, weights) / width as f64;
    }
    sum / most as f64
}
