//! The year in a daily or weekly series: how each time of year compares with the average one.

use crate::number::mean;

/// Growth from year to year beyond these factors is a change of the product, not a trend.
const GROWTH: (f64, f64) = (0.5, 2.0);
/// Factors outside are trusted no further.
const FACTOR: (f64, f64) = (0.05, 8.0);
/// Imagined years without any season, mixed in with those observed.
const SHRINK_YEARS: f64 = 0.3;

/// Factors by position in the year, 1 on average.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    period: f64,
    factors: Vec<f64>,
}

impl Year {
    /// From a series without shorter seasons; `None` below a year and a quarter. `period` is the
    /// length of a year in entries, and neighbors within `smooth` entries lend each other support.
    pub(super) fn of(values: &[f64], period: f64, smooth: usize) -> Option<Year> {
        let length = period.ceil() as usize;
        if (values.len() as f64) < 1.25 * period || mean(values) <= 0.0 {
            return None;
        }
        let growth = growth(values, period);
        // Growth per entry, so that the last year does not look like a long autumn.
        let per_entry = crate::number::ln(growth) / period;
        let level = |at: usize| crate::number::exp(per_entry * at as f64);
        let flat: Vec<f64> =
            values.iter().enumerate().map(|(at, value)| value / level(at)).collect();
        let last_year = &flat[flat.len() - (period.round() as usize).min(flat.len())..];
        let middle = mean(last_year).max(1e-9);
        let (mut sums, mut weights) = (vec![0.0; length], vec![0.0; length]);
        for (at, value) in flat.iter().enumerate() {
            let place = position(at, period, length);
            sums[place] += value / middle;
            weights[place] += 1.0;
        }
        let factors = smoothed(&sums, &weights, smooth);
        let average = mean(&factors).max(1e-9);
        let factors = factors.iter().map(|f| (f / average).clamp(FACTOR.0, FACTOR.1)).collect();
        Some(Year { period, factors })
    }

    pub(super) fn factor(&self, at: usize) -> f64 {
        self.factors[position(at, self.period, self.factors.len())]
    }
}

fn position(at: usize, period: f64, length: usize) -> usize {
    let years = (at as f64 / period).floor();
    ((at as f64 - years * period) as usize).min(length - 1)
}

/// The latest year against the one before, as far as both were seen.
fn growth(values: &[f64], period: f64) -> f64 {
    let year = period.round() as usize;
    let pairs = (values.len() - year).min(year);
    let late: f64 = values[values.len() - pairs..].iter().sum();
    let early: f64 = values[values.len() - pairs - year..values.len() - year].iter().sum();
    if early <= 0.0 || late <= 0.0 { 1.0 } else { (late / early).clamp(GROWTH.0, GROWTH.1) }
}

/// Triangular weights around the year's circle.
fn smoothed(sums: &[f64], weights: &[f64], width: usize) -> Vec<f64> {
    let length = sums.len();
    (0..length)
        .map(|at| {
            let (mut sum, mut weight) = (SHRINK_YEARS, SHRINK_YEARS);
            for offset in 0..=2 * width {
                let near = (at + length + offset - width) % length;
                let share = 1.0 - offset.abs_diff(width) as f64 / (width + 1) as f64;
                sum += share * sums[near];
                weight += share * weights[near];
            }
            sum / weight
        })
        .collect()
}
