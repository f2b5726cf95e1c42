//! Simple exponential smoothing (Brown 1959): one level, forgotten at a steady pace.

/// Values that the level starts from.
const HEAD: usize = 6;

/// The level after all values, with a given weight for the newest.
pub(super) fn with_weight(values: &[f64], alpha: f64) -> f64 {
    let head = &values[..values.len().min(HEAD)];
    values.iter().fold(crate::number::mean(head), |level, value| level + alpha * (value - level))
}

/// The level with the weight, out of `weights`, that would have foreseen the series best.
pub(super) fn best_of(values: &[f64], weights: &[f64]) -> f64 {
    let Some(&first) = values.first() else { return 0.0 };
    let mut best = (f64::INFINITY, first);
    for &alpha in weights {
        let (mut level, mut squares) = (first, 0.0);
        for value in values {
            let error = value - level;
            squares += error * error;
            level += alpha * error;
        }
        if squares < best.0 {
            best = (squares, level);
        }
    }
    best.1
}
