//! The periods ahead of one series.

use super::calibration::Outcome;
use super::method::Method;
use super::series::{Rhythm, SeriesFault, SeriesNotes, cleaned};
use super::{intermittent, regular, spread};
use crate::distribution;
use crate::number::normal_quantile;
use serde::{Deserialize, Serialize};

/// Starting points in the past that outcomes are taken from.
const ORIGINS: usize = 4;
/// Periods that must lie before each of them.
const VALUES_MIN: usize = 12;

/// What one series lets expect.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Demand of each period ahead, as it will mostly be.
    pub mean: Vec<f64>,
    /// Many periods sell nothing: only sums over several say something.
    pub intermittent: bool,
    pub notes: SeriesNotes,
    /// The methods that it is mixed from and their shares, the largest first.
    pub mix: Vec<(Method, f64)>,
    /// What sums are expected to be, which lies above the usual where single orders are large.
    expected: Vec<f64>,
    even: Vec<f64>,
    whole: bool,
}

/// Demand of several periods together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SumForecast {
    pub mean: f64,
    pub variance: f64,
    /// Pieces that are counted: quantiles are whole numbers.
    pub whole: bool,
}

impl SumForecast {
    /// Negative binomial where pieces are counted, else normal with a floor at zero.
    pub fn quantile(&self, level: f64) -> f64 {
        if self.whole {
            return distribution::quantile(self.mean, self.variance, level) as f64;
        }
        (self.mean + normal_quantile(level) * self.variance.sqrt()).max(0.0)
    }

    pub(super) fn times(&self, factor: f64) -> SumForecast {
        SumForecast { mean: self.mean * factor, variance: self.variance * factor, ..*self }
    }

    /// Standard deviation, at least that of chance alone.
    pub(super) fn spread(&self) -> f64 {
        let least = if self.whole { self.mean } else { 0.0 };
        self.variance.max(least).max(f64::MIN_POSITIVE).sqrt()
    }
}

/// Forecasts `horizon` periods from a history, oldest first. `None` is unknown demand: out of
/// stock, or not recorded.
pub fn outlook(
    history: &[Option<f64>],
    rhythm: Rhythm,
    horizon: usize,
) -> Result<Outlook, SeriesFault> {
    if horizon == 0 {
        return Err(SeriesFault::NoHorizon);
    }
    let (values, notes) = cleaned(history, rhythm.season())?;
    Ok(Outlook { notes, ..from_values(&values, rhythm, horizon) })
}

/// What forecasts over `periods` would have been, and what came, from the recent past of a series:
/// food for [`super::Calibration::learn`].
pub fn outcomes(history: &[Option<f64>], rhythm: Rhythm, periods: usize) -> Vec<Outcome> {
    let Ok((values, _)) = cleaned(history, rhythm.season()) else { return Vec::new() };
    (1..=ORIGINS)
        .filter_map(|back| values.len().checked_sub(back * periods))
        .filter(|&origin| periods > 0 && origin >= VALUES_MIN)
        .map(|origin| Outcome {
            expected: from_values(&values[..origin], rhythm, periods).sum(periods),
            actual: values[origin..origin + periods].iter().sum(),
        })
        .collect()
}

/// Whether a history sells in few periods only; one that nothing can be said about does not.
pub(super) fn is_rare(history: &[Option<f64>], rhythm: Rhythm) -> bool {
    let values = cleaned(history, rhythm.season());
    values.is_ok_and(|(values, _)| intermittent::is_intermittent(&values))
}

fn from_values(values: &[f64], rhythm: Rhythm, horizon: usize) -> Outlook {
    let whole = values.iter().all(|value| value.fract() == 0.0);
    let intermittent = intermittent::is_intermittent(values);
    let notes = SeriesNotes::default();
    if intermittent {
        let each = intermittent::expected(values, rhythm);
        let (mean, expected) = (intermittent::usual(values, each, rhythm), vec![each; horizon]);
        let (mean, even) = (vec![mean; horizon], values.to_vec());
        let mix = vec![(Method::Intermittent, 1.0)];
        return Outlook { mean, intermittent, notes, mix, expected, even, whole };
    }
    let found = regular::forecast(values, rhythm, horizon);
    let expected = found.mean.clone();
    let (mean, mix, even) = (found.mean, found.mix, found.even);
    Outlook { mean, intermittent, notes, mix, expected, even, whole }
}

impl Outlook {
    /// One period, `step` periods after the first one ahead.
    pub fn step(&self, step: usize) -> SumForecast {
        let variance = if self.intermittent {
            spread::of_sum(&self.even, 1)
        } else {
            spread::of_moving_sum(&self.even, 1, step + 1)
        };
        let expected = self.expected.get(step).copied().unwrap_or_default();
        self.scaled(expected, variance, 1)
    }

    /// The next `periods` together, at most as many as were forecast.
    pub fn sum(&self, periods: usize) -> SumForecast {
        let periods = periods.min(self.expected.len()).max(1);
        let variance = if self.intermittent {
            spread::of_sum(&self.even, periods)
        } else {
            spread::of_moving_sum(&self.even, periods, periods)
        };
        self.scaled(self.expected[..periods].iter().sum(), variance, periods)
    }

    /// Busy periods vary more than the even series that the variance was learned from.
    fn scaled(&self, mean: f64, variance: f64, periods: usize) -> SumForecast {
        let tail = &self.even[self.even.len().saturating_sub(56)..];
        let usual = crate::number::mean(tail) * periods as f64;
        let busier = if self.intermittent || usual <= 0.0 { 1.0 } else { mean / usual };
        // A series that never changed may still do so.
        let least = if self.whole { mean * 1.01 } else { mean * mean * 1e-6 };
        let variance = (variance * busier.clamp(0.1, 10.0)).max(least);
        SumForecast { mean, variance, whole: self.whole }
    }
}
