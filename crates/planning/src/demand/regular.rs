//! Demand in most periods: several methods, each weighted by how it would have done lately.

use super::method::Method;
use super::season::Season;
use super::series::Rhythm;
use super::year::Year;
use super::{complex, damped, holt_winters, level, theta};
use crate::number::{exp, ln};

/// Methods look at this many of the latest values; seasons are learned from all.
const VALUES_MAX: usize = 420;
/// Past starting points from which the methods are tried.
const ORIGINS: usize = 4;
/// Values that must remain before the earliest of them.
const VALUES_MIN: usize = 12;
/// A method twice as wrong as another has a weight of a half to this power.
const SHARPNESS: f64 = 4.0;
/// A method much worse than the best is as good as left out.
const RATIO_MIN: f64 = 1e-6;
/// Weight of the newest value in the plainest method.
const CAPPED_WEIGHT: f64 = 0.1;
/// Neighbors in days that lend each other support when the year is learned.
const YEAR_SMOOTH_DAYS: usize = 5;
const YEAR_SMOOTH_WEEKS: usize = 1;
/// A day's or week's sale beyond this share of all others is taken as that share: single large
/// orders say little about the next.
const CAP_MILLI: usize = 950;

const METHODS: usize = 7;
/// What each of the methods is, in the order of [`View::all`].
const KINDS: [Method; METHODS] = [
    Method::Theta,
    Method::Theta,
    Method::Theta,
    Method::Damped,
    Method::Seasonal,
    Method::Complex,
    Method::Level,
];

/// The periods ahead, and the past without its seasons at the level of the average period.
pub(super) struct Found {
    pub mean: Vec<f64>,
    pub even: Vec<f64>,
    pub mix: Vec<(Method, f64)>,
}

pub(super) fn forecast(values: &[f64], rhythm: Rhythm, horizon: usize) -> Found {
    let trial = horizon.min(values.len() / 4).max(1);
    let Trials { without, beside, with } = trials(values, rhythm, trial);
    let total = |errors: &[f64; METHODS]| errors.iter().sum::<f64>();
    let with_year = (total(&with) < total(&beside)).then_some(with);
    let view = with_year.and_then(|_| View::with_year(values, rhythm));
    let view = view.unwrap_or_else(|| View::of(values, rhythm, None));
    let weights = weights(&with_year.unwrap_or(without));
    let mean = mixed(&view.all(horizon), &weights, horizon);
    Found { mean, even: view.flat, mix: mix(&weights) }
}

/// Shares of the kinds of method, the largest first.
fn mix(weights: &[f64; METHODS]) -> Vec<(Method, f64)> {
    let total: f64 = weights.iter().sum();
    let share = |kind: Method| {
        let own = KINDS.iter().zip(weights).filter(|(other, _)| **other == kind);
        own.map(|(_, weight)| weight).sum::<f64>() / total
    };
    let mut mix = Method::REGULAR.map(|kind| (kind, share(kind))).to_vec();
    mix.sort_by(|a, b| b.1.total_cmp(&a.1));
    mix
}

/// How much each method counts by its past errors.
fn weights(errors: &[f64; METHODS]) -> [f64; METHODS] {
    let least = errors.iter().copied().fold(f64::INFINITY, f64::min);
    errors.map(|error| {
        let ratio = if error > 0.0 { (least / error).max(RATIO_MIN) } else { 1.0 };
        exp(SHARPNESS * ln(ratio))
    })
}

/// Errors of each method from several past starting points.
#[derive(Default)]
struct Trials {
    without: [f64; METHODS],
    /// Only from where the year was known, without it and with it.
    beside: [f64; METHODS],
    with: [f64; METHODS],
}

fn trials(values: &[f64], rhythm: Rhythm, trial: usize) -> Trials {
    let mut trials = Trials::default();
    for back in 1..=ORIGINS {
        let origin = values.len().saturating_sub(back * trial);
        if origin < VALUES_MIN.max(2 * rhythm.season()) {
            break;
        }
        let (past, actual) = (&values[..origin], &values[origin..origin + trial]);
        let found = View::of(past, rhythm, None).all(trial);
        add_errors(&mut trials.without, &found, actual);
        if let Some(view) = View::with_year(past, rhythm) {
            add_errors(&mut trials.beside, &found, actual);
            add_errors(&mut trials.with, &view.all(trial), actual);
        }
    }
    trials
}

fn add_errors(errors: &mut [f64; METHODS], found: &[Vec<f64>; METHODS], actual: &[f64]) {
    for (error, found) in errors.iter_mut().zip(found) {
        *error += apart(found, actual);
    }
}

/// The mean of the methods, each weighted by its past.
fn mixed(found: &[Vec<f64>; METHODS], weights: &[f64; METHODS], horizon: usize) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let at = |step: usize| -> f64 {
        found.iter().zip(weights).map(|(found, weight)| found[step] * weight).sum()
    };
    (0..horizon).map(|step| (at(step) / total).max(0.0)).collect()
}

fn apart(found: &[f64], actual: &[f64]) -> f64 {
    found.iter().zip(actual).map(|(found, actual)| (found - actual).abs()).sum()
}

/// A series as the methods want to see it.
struct View {
    season: Season,
    year: Option<Year>,
    count: usize,
    length: usize,
    /// Without the year, for the method that learns its own season; begins at a season's start.
    even: Vec<f64>,
    /// Without season and year.
    flat: Vec<f64>,
}

impl View {
    /// `None` where the year cannot be known.
    fn with_year(values: &[f64], rhythm: Rhythm) -> Option<View> {
        let year = year(values, rhythm)?;
        Some(View::of(values, rhythm, Some(year)))
    }

    fn of(values: &[f64], rhythm: Rhythm, year: Option<Year>) -> View {
        let length = rhythm.season();
        let factor = |at: usize| year.as_ref().map_or(1.0, |year| year.factor(at));
        let mut even: Vec<f64> =
            values.iter().enumerate().map(|(at, value)| value / factor(at)).collect();
        let season = Season::of(&even, length);
        let skip = values.len().saturating_sub(VALUES_MAX);
        let latest = even.iter().enumerate().skip(skip);
        let flat = latest.map(|(at, &value)| season.without(at, value)).collect();
        even.drain(..skip - skip % length);
        View { season, year, count: values.len(), length, even, flat }
    }

    /// Every method's forecast.
    fn all(&self, horizon: usize) -> [Vec<f64>; METHODS] {
        let flat = &self.flat;
        let capped = capped(flat);
        let root: Vec<f64> = flat.iter().map(|value| value.max(0.0).sqrt()).collect();
        let winters = if self.season == Season::None {
            None
        } else {
            holt_winters::forecast(&self.even, self.length, horizon)
        };
        [
            self.back(squared(theta::forecast(&root, horizon))),
            self.back(theta::forecast(flat, horizon)),
            self.back(theta::forecast(&capped, horizon)),
            self.back(squared(damped::forecast(&root, horizon))),
            winters.map_or_else(
                || self.back(damped::forecast(flat, horizon)),
                |found| self.back_year(found),
            ),
            self.back(complex::forecast(flat, horizon)),
            self.back(vec![level::with_weight(&capped, CAPPED_WEIGHT); horizon]),
        ]
    }

    /// Season and year put back in.
    fn back(&self, found: Vec<f64>) -> Vec<f64> {
        let ahead = found.into_iter().enumerate();
        let seasoned = ahead.map(|(step, value)| self.season.with(self.count + step, value));
        self.back_year(seasoned.collect())
    }

    fn back_year(&self, found: Vec<f64>) -> Vec<f64> {
        let factor = |at: usize| self.year.as_ref().map_or(1.0, |year| year.factor(at));
        let ahead = found.into_iter().enumerate();
        ahead.map(|(step, value)| (value * factor(self.count + step)).max(0.0)).collect()
    }
}

/// Back from the scale of roots, where large values weigh less.
fn squared(found: Vec<f64>) -> Vec<f64> {
    found.into_iter().map(|root| root * root.max(0.0)).collect()
}

fn year(values: &[f64], rhythm: Rhythm) -> Option<Year> {
    let season = Season::of(values, rhythm.season());
    let flat: Vec<f64> =
        values.iter().enumerate().map(|(at, &value)| season.without(at, value)).collect();
    let smooth = if rhythm == Rhythm::Daily { YEAR_SMOOTH_DAYS } else { YEAR_SMOOTH_WEEKS };
    Year::of(&flat, rhythm.year()?, smooth)
}

fn capped(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cap = sorted[(sorted.len() - 1) * CAP_MILLI / 1000];
    values.iter().map(|value| value.min(cap)).collect()
}
