//! What forecasts of the recent past were worth, learned over many series and put into the next.
//!
//! Quantiles of a shape fitted to each series alone cover too little: the level is uncertain, and
//! so is the shape. Conformal prediction (Vovk, Gammerman and Shafer 2005) takes the quantile of the
//! errors seen instead, here in units of each series' own spread and over all series; the mean of
//! both is better than either.

use super::outlook::{SumForecast, is_rare, outcomes};
use super::series::Rhythm;
use serde::{Deserialize, Serialize};

/// A bias beyond these is a change in the world rather than a habit of the method.
const BIAS: (f64, f64) = (0.85, 1.2);
/// Fewer errors than this say nothing about a tail.
const ERRORS_MIN: usize = 40;
/// One series counts for no more than so many times its expectation in the bias.
const RATIO_MAX: f64 = 4.0;

/// What was expected once, and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    pub expected: SumForecast,
    pub actual: f64,
}

/// Learned from outcomes; the default changes nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Calibration {
    bias: Option<f64>,
    /// Errors in units of the spread, ascending.
    errors: Vec<f64>,
}

impl Calibration {
    pub fn learn(outcomes: &[Outcome]) -> Calibration {
        let known: Vec<&Outcome> = outcomes.iter().filter(|o| o.expected.mean > 0.0).collect();
        if known.len() < ERRORS_MIN {
            return Calibration::default();
        }
        let ratios = known.iter().map(|o| (o.actual / o.expected.mean).min(RATIO_MAX));
        let bias = (ratios.sum::<f64>() / known.len() as f64).clamp(BIAS.0, BIAS.1);
        let mut errors: Vec<f64> = known
            .iter()
            .map(|o| {
                let shifted = o.expected.times(bias);
                (o.actual - shifted.mean) / shifted.spread()
            })
            .collect();
        errors.sort_by(f64::total_cmp);
        Calibration { bias: Some(bias), errors }
    }

    /// The quantile of `expected` at `level`, in the light of past errors.
    pub fn quantile(&self, expected: SumForecast, level: f64) -> f64 {
        let Some(bias) = self.bias else { return expected.quantile(level) };
        let shifted = expected.times(bias);
        let own = shifted.quantile(level);
        let last = self.errors.len() - 1;
        let error = self.errors[((level.clamp(0.0, 1.0) * last as f64).round() as usize).min(last)];
        let pooled = (shifted.mean + error * shifted.spread()).max(0.0);
        let middle = f64::midpoint(own, pooled);
        if expected.whole { middle.round() } else { middle }
    }
}

/// Series that sell now and then err in another way than those that sell in most periods.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Calibrations {
    rare: Calibration,
    regular: Calibration,
}

impl Calibrations {
    /// From many histories, each with the number of periods that sums are wanted over.
    pub fn learn<'a>(
        histories: impl IntoIterator<Item = (&'a [Option<f64>], usize)>,
        rhythm: Rhythm,
    ) -> Calibrations {
        let (mut rare, mut regular) = (Vec::new(), Vec::new());
        for (history, periods) in histories {
            let group = if is_rare(history, rhythm) { &mut rare } else { &mut regular };
            group.extend(outcomes(history, rhythm, periods));
        }
        Calibrations { rare: Calibration::learn(&rare), regular: Calibration::learn(&regular) }
    }

    pub fn of(&self, intermittent: bool) -> &Calibration {
        if intermittent { &self.rare } else { &self.regular }
    }
}
