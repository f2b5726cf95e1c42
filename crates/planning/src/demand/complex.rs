//! Complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022, "Complex exponential
//! smoothing", equation 9): a level and its information potential turn around each other, so that
//! level and trend need not be told apart.

use super::optimize::minimize;

const EVALUATIONS: usize = 120;
/// Values that the level starts from.
const HEAD: usize = 8;

/// Expected values of the next `horizon` periods of a series without season.
pub(super) fn forecast(values: &[f64], horizon: usize) -> Vec<f64> {
    let Some(&last) = values.last() else { return vec![0.0; horizon] };
    if values.len() < 6 {
        return vec![last; horizon];
    }
    let level = crate::number::mean(&values[..values.len().min(HEAD)]);
    let best = minimize([1.3, 1.0], [0.3, 0.03], EVALUATIONS, |point| {
        let used = clamped(point);
        let outside: f64 = point.iter().zip(&used).map(|(p, u)| (p - u).abs()).sum();
        run(values, level, used).0 * (1.0 + outside)
    });
    let used = clamped(&best);
    let (_, mut state) = run(values, level, used);
    (0..horizon)
        .map(|_| {
            let expected = state.0;
            state = turned(state, 0.0, used);
            expected
        })
        .collect()
}

/// Within the stable region (the paper's figure 2), with some distance.
fn clamped(point: &[f64; 2]) -> [f64; 2] {
    let real = point[0].clamp(0.5, 2.3);
    // (a0 - 1.5)^2 + (a1 - 0.5)^2 < 1.5
    let room = (1.5 - (real - 1.5) * (real - 1.5)).max(0.0).sqrt();
    [real, point[1].clamp(0.7, (0.5 + room).clamp(0.7, 1.3))]
}

fn turned((level, potential): (f64, f64), error: f64, [real, imaginary]: [f64; 2]) -> (f64, f64) {
    (
        level - (1.0 - imaginary) * potential + (real - imaginary) * error,
        level + (1.0 - real) * potential + (real + imaginary) * error,
    )
}

fn run(values: &[f64], level: f64, used: [f64; 2]) -> (f64, (f64, f64)) {
    let mut state = (level, level / 1.1);
    let mut sum = 0.0;
    for &value in values {
        let error = value - state.0;
        sum += error * error;
        state = turned(state, error, used);
    }
    (sum, state)
}
