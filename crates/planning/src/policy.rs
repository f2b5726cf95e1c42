//! When to order and up to what, chosen by what it would have cost.
//!
//! Candidates (s, S) are replayed over the item's own last year at its present level, with lead
//! times drawn from their range. One year is little: the curve of costs over the candidates is
//! mixed with the mean curve of all items, and the answer is a mean of the good candidates rather
//! than the single best, so that luck is not learned.

mod candidates;
mod replay;
mod season;

use candidates::{COUNT, candidates};
use serde::{Deserialize, Serialize};

pub use season::SharedSeason;

/// What is known about an item. Money is in any one unit, quantities in the smallest unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyInput {
    /// Demand of each day, oldest first, today last.
    pub history: Vec<f64>,
    pub lead_days_min: i64,
    pub lead_days_max: i64,
    /// Days between two chances to order.
    pub review_days: i64,
    pub moq: i64,
    pub pack: i64,
    pub holding_per_unit_day: f64,
    pub order_cost: f64,
    /// Lost by one unit that is asked for and not there.
    pub shortage_per_unit: f64,
}

/// Order up to `up_to` when the position is at or below `at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub at: i64,
    pub up_to: i64,
}

impl Policy {
    /// What to order now, in whole packs and at least the minimum; 0 when nothing.
    pub fn order(&self, position: i64, moq: i64, pack: i64) -> i64 {
        if position > self.at || self.up_to <= position {
            return 0;
        }
        let (pack, wanted) = (pack.max(1), (self.up_to - position).max(moq));
        (wanted - 1).div_euclid(pack).saturating_add(1).saturating_mul(pack)
    }
}

/// Costs of every candidate over the replayed year, and the candidates.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    candidates: [Policy; COUNT],
    costs: [f64; COUNT],
}

/// The mean curve of costs over the candidates of many items, each in units of its own best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Experience {
    curve: Vec<f64>,
}

/// Weight of the mean curve against the item's own.
const EXPERIENCE_WEIGHT: f64 = 6.0;
/// Costs this share above the best halve a candidate's say about three times in four.
const SOFTNESS: f64 = 0.03;

impl Trial {
    /// Replays one item. `season` is how the days ahead compare with those just past.
    pub fn of(input: &PolicyInput, season: f64) -> Trial {
        // Half of what the year before shows: last year's peak comes again, but not for all.
        let season = season.max(0.0).sqrt();
        let candidates = candidates(input, season);
        let costs = replay::costs(input, season, &candidates);
        Trial { candidates, costs }
    }

    fn relative(&self) -> [f64; COUNT] {
        let least = self.costs.iter().copied().fold(f64::INFINITY, f64::min);
        self.costs.map(|cost| if least > 0.0 { (cost / least).min(RELATIVE_MAX) } else { 1.0 })
    }

    /// The choice, in the light of what many items have shown.
    pub fn choose(&self, experience: &Experience) -> Policy {
        let own = self.relative();
        let score = |at: usize| {
            let shared = experience.curve.get(at).copied().unwrap_or(1.0);
            (own[at] + EXPERIENCE_WEIGHT * shared) / (1.0 + EXPERIENCE_WEIGHT)
        };
        let least = (0..COUNT).map(score).fold(f64::INFINITY, f64::min);
        let (mut low, mut high, mut total) = (0.0, 0.0, 0.0);
        for (at, candidate) in self.candidates.iter().enumerate() {
            let weight = crate::number::exp(-(score(at) - least) / (SOFTNESS * least));
            total += weight;
            low += weight * candidate.at as f64;
            high += weight * candidate.up_to as f64;
        }
        let at = (low / total).round() as i64;
        Policy { at, up_to: ((high / total).round() as i64).max(at + 1) }
    }
}

/// An item that nearly never sells says nothing more than this about bad candidates.
const RELATIVE_MAX: f64 = 5.0;

impl Experience {
    pub fn learn<'a>(trials: impl IntoIterator<Item = &'a Trial>) -> Experience {
        let (mut curve, mut count) = (vec![0.0; COUNT], 0.0);
        for trial in trials {
            count += 1.0;
            for (sum, value) in curve.iter_mut().zip(trial.relative()) {
                *sum += value;
            }
        }
        curve.iter_mut().for_each(|sum| *sum = if count > 0.0 { *sum / count } else { 1.0 });
        Experience { curve }
    }
}
