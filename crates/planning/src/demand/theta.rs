//! Dynamic optimized theta (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016, "Models
//! for optimising the theta method and their relationship to state space models").

use super::optimize::minimize;

/// Enough for three numbers on series of this kind.
const EVALUATIONS: usize = 80;

/// Expected values of the next `horizon` periods of a series without season.
pub(super) fn forecast(values: &[f64], horizon: usize) -> Vec<f64> {
    let Some(&first) = values.first() else { return vec![0.0; horizon] };
    if values.len() < 4 {
        return vec![values[values.len() - 1]; horizon];
    }
    let scale = values.iter().map(|value| value.abs()).fold(1e-9, f64::max);
    let best = minimize([first / scale, 0.4, 2.0], [0.1, 0.2, 1.0], EVALUATIONS, |point| {
        let [level, alpha, theta] = clamped(point);
        let outside = outside(point);
        squares(values, level * scale, alpha, theta) * (1.0 + outside)
    });
    let [level, alpha, theta] = clamped(&best);
    let mut state = State::new(first, level * scale);
    for &value in values {
        state.step(value, alpha);
    }
    (0..horizon)
        .map(|_| {
            let expected = state.expected(alpha, theta);
            // Beyond the data the forecast stands for the value (the paper's section 3.2).
            state.step(expected, alpha);
            expected
        })
        .collect()
}

fn clamped(point: &[f64; 3]) -> [f64; 3] {
    [point[0], point[1].clamp(0.02, 0.99), point[2].clamp(1.0, 40.0)]
}

/// How far a point lies beyond the limits, so that the search turns back.
fn outside(point: &[f64; 3]) -> f64 {
    let inside = clamped(point);
    (point[1] - inside[1]).abs() + (point[2] - inside[2]).abs() * 0.1
}

fn squares(values: &[f64], level: f64, alpha: f64, theta: f64) -> f64 {
    let mut state = State::new(values[0], level);
    let mut sum = 0.0;
    for (at, &value) in values.iter().enumerate() {
        let error = value - state.expected(alpha, theta);
        // The first three errors are those of the starting values.
        if at >= 3 {
            sum += error * error;
        }
        state.step(value, alpha);
    }
    sum
}

/// The states of equations (15) to (19).
struct State {
    level: f64,
    mean: f64,
    intercept: f64,
    slope: f64,
    /// `(1 - alpha)^t`.
    power: f64,
    count: f64,
}

impl State {
    fn new(first: f64, level: f64) -> State {
        State { level, mean: 0.0, intercept: first, slope: 0.0, power: 1.0, count: 0.0 }
    }

    fn expected(&self, alpha: f64, theta: f64) -> f64 {
        let next = self.power * (1.0 - alpha);
        let line = self.power * self.intercept + (1.0 - next) / alpha * self.slope;
        self.level + (1.0 - 1.0 / theta) * line
    }

    fn step(&mut self, value: f64, alpha: f64) {
        let before = self.mean;
        self.count += 1.0;
        let t = self.count;
        self.level = alpha * value + (1.0 - alpha) * self.level;
        self.mean = ((t - 1.0) * before + value) / t;
        if t > 1.0 {
            self.slope = ((t - 2.0) * self.slope + 6.0 / t * (value - before)) / (t + 1.0);
        }
        self.intercept = self.mean - self.slope * (t + 1.0) / 2.0;
        self.power *= 1.0 - alpha;
    }
}
