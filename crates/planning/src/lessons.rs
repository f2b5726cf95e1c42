//! What all items together teach about each one of them: how far off forecasts were, which policies
//! were cheap, and the time of year.

use crate::demand::{Calibrations, Rhythm, outlook};
use crate::lead_time::LeadTime;
use crate::policy::{Experience, Policy, PolicyInput, SharedSeason, Trial};
use crate::profile::Demand;
use crate::reorder::ReorderInput;
use crate::supply::NeedOutlook;
use serde::{Deserialize, Serialize};

/// Fewer days than this say too little to be replayed.
const DAYS_MIN: usize = 56;
/// A product younger than this is taken to have sold nothing before.
const YOUNG_DAYS: usize = 90;
/// Items that errors are learned from: more teach nothing new about a tail.
const TEACHERS_MAX: usize = 300;
/// Items whose costs make the shared curve.
const REPLAYED_MAX: usize = 2_000;
/// Half the width of a uniform range, in standard deviations: the square root of three.
const HALF_RANGE: f64 = 1.732;
const DAYS_PER_YEAR: f64 = 365.0;

/// Kept between runs: an item that changed is planned anew without the others.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lessons {
    calibrations: Calibrations,
    experience: Option<Experience>,
    season: SharedSeason,
}

impl Lessons {
    /// From histories that end on the same day.
    pub fn learn<'a>(inputs: impl IntoIterator<Item = &'a ReorderInput>) -> Lessons {
        let inputs: Vec<&ReorderInput> = inputs.into_iter().collect();
        let histories: Vec<Vec<f64>> = inputs.iter().map(|input| values(input)).collect();
        let season = SharedSeason::learn(histories.iter().map(Vec::as_slice));
        let each = inputs.len().div_ceil(TEACHERS_MAX).max(1);
        let known = |history: &Vec<f64>| history.iter().copied().map(Some).collect();
        let teachers: Vec<(Vec<Option<f64>>, usize)> = inputs
            .iter()
            .zip(&histories)
            .step_by(each)
            .map(|(input, history)| {
                let lead_time = LeadTime::from_observed(&input.lead_time_days_observed);
                (known(history), days(input, lead_time).ceil() as usize)
            })
            .collect();
        let taught = teachers.iter().map(|(history, days)| (history.as_slice(), *days));
        let calibrations = Calibrations::learn(taught, Rhythm::Daily);
        let each = inputs.len().div_ceil(REPLAYED_MAX).max(1);
        let replayed = inputs.iter().step_by(each);
        let trials: Vec<Trial> = replayed.filter_map(|input| trial(input, &season)).collect();
        let experience = (!trials.is_empty()).then(|| Experience::learn(&trials));
        Lessons { calibrations, experience, season }
    }

    /// Demand over the review and a lead time that varies itself, and whether it comes rarely.
    pub(crate) fn ahead(
        &self,
        input: &ReorderInput,
        demand: &Demand,
        lead_time: LeadTime,
    ) -> (NeedOutlook, bool) {
        let days = days(input, lead_time);
        let known: Vec<Option<f64>> = values(input).into_iter().map(Some).collect();
        let whole = days.ceil().max(1.0);
        let ahead = outlook(&known, Rhythm::Daily, whole as usize);
        let (sum, rare) = ahead
            .map_or((None, true), |ahead| (Some(ahead.sum(whole as usize)), ahead.intermittent));
        let (mean, variance) = sum.map_or((0.0, 0.0), |sum| (sum.mean, sum.variance));
        // The last of the days is one only in part.
        let part = days / whole;
        let spread = demand.mean_per_day * lead_time.sd_days;
        // The level is itself an estimate: its error is shared by all days ahead.
        let weight = (demand.days_observed as f64).clamp(1.0, 70.0);
        let level_error = demand.variance / weight * days * days;
        let variance = (variance * part).max(demand.variance * days);
        let variance = variance + spread * spread + level_error;
        (NeedOutlook { mean: mean * part, variance, days }, rare)
    }

    pub(crate) fn quantile(&self, ahead: &NeedOutlook, rare: bool, level: f64) -> i64 {
        self.calibrations.of(rare).quantile(ahead.as_sum(), level).ceil() as i64
    }

    /// `None` without a past to replay.
    pub(crate) fn policy(&self, input: &ReorderInput, lead_time: LeadTime) -> Option<Policy> {
        let trial = trial_at(input, &self.season, lead_time)?;
        Some(match &self.experience {
            Some(experience) => trial.choose(experience),
            None => trial.choose(&Experience::learn([&trial])),
        })
    }
}

/// From the first sale on, but not less than a quarter: before it the product was not for sale, or
/// not in the book.
fn values(input: &ReorderInput) -> Vec<f64> {
    let first = input.history.iter().position(|&value| value > 0).unwrap_or(0);
    let from = first.min(input.history.len().saturating_sub(YOUNG_DAYS));
    input.history[from..].iter().map(|&value| value.max(0) as f64).collect()
}

fn days(input: &ReorderInput, lead_time: LeadTime) -> f64 {
    lead_time.mean_days + input.review_days.max(1) as f64
}

fn trial(input: &ReorderInput, season: &SharedSeason) -> Option<Trial> {
    trial_at(input, season, LeadTime::from_observed(&input.lead_time_days_observed))
}

fn trial_at(input: &ReorderInput, season: &SharedSeason, lead_time: LeadTime) -> Option<Trial> {
    if input.history.len() < DAYS_MIN || input.history.iter().all(|&value| value <= 0) {
        return None;
    }
    let unit = input.unit_cost_micro.max(0) as f64 / 1e6 * input.minor_per_major.max(1) as f64;
    let half = lead_time.sd_days * HALF_RANGE;
    let policy = PolicyInput {
        history: values(input),
        lead_days_min: (lead_time.mean_days - half).round().max(0.0) as i64,
        lead_days_max: (lead_time.mean_days + half).round() as i64,
        review_days: input.review_days.max(1),
        moq: input.moq,
        pack: input.pack.max(1),
        holding_per_unit_day: unit * input.holding_milli_per_year.max(0) as f64
            / 1e3
            / DAYS_PER_YEAR,
        order_cost: input.order_cost_minor.max(0) as f64,
        shortage_per_unit: input.short_cost_minor.max(0) as f64,
    };
    let ahead = days(input, lead_time).ceil() as usize;
    Some(Trial::of(&policy, season.factor(ahead)))
}
