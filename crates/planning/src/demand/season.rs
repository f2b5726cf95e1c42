//! Season of a fixed length, taken out before a method that knows none and put back after it.

use crate::number::mean;

/// Indices of the positions of one season, and how they combine with the level.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Season {
    None,
    /// Factors, 1 on average.
    Times(Vec<f64>),
    /// Terms, 0 on average.
    Plus(Vec<f64>),
}

/// Autocorrelation at the season's lag must exceed this many standard errors (90 %, two-sided).
const SIGNIFICANT: f64 = 1.645;
/// Smallest factor: a position that never sells would otherwise divide by zero.
const FACTOR_MIN: f64 = 0.01;

impl Season {
    /// By classical decomposition with a centered moving average, when the series has one: factors
    /// where everything is positive, terms else.
    pub(super) fn of(values: &[f64], length: usize) -> Season {
        if length < 2 || values.len() < 2 * length + length / 2 || !is_seasonal(values, length) {
            return Season::None;
        }
        Season::decomposed(values, length)
    }

    pub(super) fn decomposed(values: &[f64], length: usize) -> Season {
        let times = values.iter().all(|&value| value > 0.0);
        let level = centered(values, length);
        let half = length / 2;
        let mut groups = vec![Vec::new(); length];
        for (at, level) in level.iter().enumerate() {
            let value = values[at + half];
            let ratio = if times { value / level } else { value - level };
            groups[(at + half) % length].push(ratio);
        }
        let mut index: Vec<f64> = groups.iter().map(|group| mean(group)).collect();
        let middle = mean(&index);
        if times && middle > 0.0 {
            index.iter_mut().for_each(|one| *one = (*one / middle).max(FACTOR_MIN));
            Season::Times(index)
        } else {
            index.iter_mut().for_each(|one| *one -= middle);
            Season::Plus(index)
        }
    }

    pub(super) fn without(&self, at: usize, value: f64) -> f64 {
        match self {
            Season::None => value,
            Season::Times(index) => value / index[at % index.len()],
            Season::Plus(index) => value - index[at % index.len()],
        }
    }

    pub(super) fn with(&self, at: usize, value: f64) -> f64 {
        match self {
            Season::None => value,
            Season::Times(index) => value * index[at % index.len()],
            Season::Plus(index) => value + index[at % index.len()],
        }
    }
}

/// Moving average over one season, centered: entry `i` belongs to position `i + length / 2`.
fn centered(values: &[f64], length: usize) -> Vec<f64> {
    let sums: Vec<f64> = values.windows(length).map(mean).collect();
    if length % 2 == 1 {
        return sums;
    }
    sums.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect()
}

/// The test of Fiorucci et al. (2016), section 2: the autocorrelation at the season's lag against
/// Bartlett's standard error, on first differences when there is a clear trend.
fn is_seasonal(values: &[f64], length: usize) -> bool {
    let lags = autocorrelations(values, length);
    let count = values.len() as f64;
    let before: f64 = lags[..length - 1].iter().map(|r| r * r).sum();
    let limit = SIGNIFICANT * ((1.0 + 2.0 * before) / count).sqrt();
    lags[length - 1].abs() > limit
}

fn autocorrelations(values: &[f64], most: usize) -> Vec<f64> {
    let middle = mean(values);
    let around: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let total: f64 = around.iter().map(|value| value * value).sum();
    let at = |lag: usize| -> f64 {
        around.iter().zip(&around[lag..]).map(|(early, late)| early * late).sum()
    };
    (1..=most).map(|lag| if total > 0.0 { at(lag) / total } else { 0.0 }).collect()
}
