//! Exponential smoothing whose season is learned on (Winters 1960), with a damped trend.

use super::optimize::minimize;
use super::season::Season;

const EVALUATIONS: usize = 120;
const PHI: (f64, f64) = (0.8, 0.98);
const SEASON_MIN: f64 = 0.01;

/// `None` where the series is too short for its season.
pub(super) fn forecast(values: &[f64], length: usize, horizon: usize) -> Option<Vec<f64>> {
    if length < 2 || values.len() < 3 * length {
        return None;
    }
    let (index, times) = match Season::decomposed(values, length) {
        Season::Times(index) => (index, true),
        Season::Plus(index) => (index, false),
        Season::None => return None,
    };
    let start = Start::of(values, index, times);
    let best = minimize([0.3, 0.02, 0.1, 0.95], [0.2, 0.05, 0.2, -0.1], EVALUATIONS, |point| {
        let used = clamped(point);
        let outside: f64 = point.iter().zip(&used).map(|(p, u)| (p - u).abs()).sum();
        run(values, &start, used).0 * (1.0 + outside)
    });
    let used = clamped(&best);
    let (_, level, mut trend, season) = run(values, &start, used);
    let mut expected = level;
    let steps = (0..horizon).map(|step| {
        trend *= used[3];
        expected += trend;
        let factor = season[(values.len() + step) % length];
        if times { expected * factor } else { expected + factor }
    });
    Some(steps.collect())
}

struct Start {
    level: f64,
    trend: f64,
    season: Vec<f64>,
    times: bool,
}

impl Start {
    fn of(values: &[f64], season: Vec<f64>, times: bool) -> Start {
        let length = season.len();
        let average = |at: usize| values[at..at + length].iter().sum::<f64>() / length as f64;
        let trend = (average(length) - average(0)) / length as f64;
        Start { level: average(0) - trend * length as f64 / 2.0, trend, season, times }
    }
}

fn clamped(point: &[f64; 4]) -> [f64; 4] {
    let alpha = point[0].clamp(0.01, 0.99);
    let gamma = point[2].clamp(0.0, 1.0 - alpha);
    [alpha, point[1].clamp(0.0, alpha), gamma, point[3].clamp(PHI.0, PHI.1)]
}

fn run(
    values: &[f64],
    start: &Start,
    [alpha, beta, gamma, phi]: [f64; 4],
) -> (f64, f64, f64, Vec<f64>) {
    let (mut level, mut trend, mut season) = (start.level, start.trend, start.season.clone());
    let length = season.len();
    let mut sum = 0.0;
    for (at, &value) in values.iter().enumerate() {
        let base = level + phi * trend;
        let factor = season[at % length];
        // The error form of both variants (Hyndman et al. 2008, tables 2.1 and 2.2).
        let (error, step, turn) = if start.times {
            let error = value - base * factor;
            let turn = if base.abs() > 1e-9 { gamma * error / base } else { 0.0 };
            (error, error / factor.max(SEASON_MIN), turn)
        } else {
            let error = value - base - factor;
            (error, error, gamma * error)
        };
        sum += error * error;
        level = base + alpha * step;
        trend = phi * trend + beta * step;
        season[at % length] = factor + turn;
        if start.times {
            season[at % length] = season[at % length].max(SEASON_MIN);
        }
    }
    (sum, level, trend, season)
}
