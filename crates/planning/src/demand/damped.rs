//! Exponential smoothing with a damped trend (Gardner and McKenzie 1985), and without one.

use super::optimize::minimize;

const EVALUATIONS: usize = 80;
const EVALUATIONS_LEVEL: usize = 20;
/// Damping outside this range is either no trend or an undamped one.
const PHI: (f64, f64) = (0.8, 0.98);

/// Level, trend and damping.
pub(super) fn forecast(values: &[f64], horizon: usize) -> Vec<f64> {
    if values.len() < 5 {
        return level(values, horizon);
    }
    let start = start(values);
    let best = minimize([0.3, 0.05, 0.95], [0.3, 0.1, -0.1], EVALUATIONS, |point| {
        let used = clamped(point);
        let outside: f64 = point.iter().zip(&used).map(|(p, u)| (p - u).abs()).sum();
        run(values, start, used).0 * (1.0 + outside)
    });
    let [_, _, phi] = clamped(&best);
    let (_, level, mut trend) = run(values, start, clamped(&best));
    let mut expected = level;
    (0..horizon)
        .map(|_| {
            trend *= phi;
            expected += trend;
            expected
        })
        .collect()
}

/// The level alone (simple exponential smoothing).
pub(super) fn level(values: &[f64], horizon: usize) -> Vec<f64> {
    let Some(&first) = values.first() else { return vec![0.0; horizon] };
    let head = values.len().min(4);
    let start = values[..head].iter().sum::<f64>() / head as f64;
    let start = if values.len() < 3 { first } else { start };
    let best = minimize([0.3], [0.3], EVALUATIONS_LEVEL, |[alpha]| {
        let used = alpha.clamp(0.01, 0.99);
        run(values, (start, 0.0), [used, 0.0, 1.0]).0 * (1.0 + (alpha - used).abs())
    });
    let (_, level, _) = run(values, (start, 0.0), [best[0].clamp(0.01, 0.99), 0.0, 1.0]);
    vec![level; horizon]
}

fn clamped(point: &[f64; 3]) -> [f64; 3] {
    let alpha = point[0].clamp(0.01, 0.99);
    [alpha, point[1].clamp(0.0, alpha), point[2].clamp(PHI.0, PHI.1)]
}

/// Least squares over the first ten values.
fn start(values: &[f64]) -> (f64, f64) {
    let head = &values[..values.len().min(10)];
    let count = head.len() as f64;
    let middle = (count - 1.0) / 2.0;
    let mean = head.iter().sum::<f64>() / count;
    let (mut up, mut down) = (0.0, 0.0);
    for (at, value) in head.iter().enumerate() {
        up += (at as f64 - middle) * (value - mean);
        down += (at as f64 - middle) * (at as f64 - middle);
    }
    let slope = if down > 0.0 { up / down } else { 0.0 };
    (mean - slope * (middle + 1.0), slope)
}

/// Sum of squared one-step errors, last level and last trend.
fn run(
    values: &[f64],
    (mut level, mut trend): (f64, f64),
    [alpha, beta, phi]: [f64; 3],
) -> (f64, f64, f64) {
    let mut sum = 0.0;
    for &value in values {
        let expected = level + phi * trend;
        let error = value - expected;
        sum += error * error;
        level = expected + alpha * error;
        trend = phi * trend + beta * error;
    }
    (sum, level, trend)
}
