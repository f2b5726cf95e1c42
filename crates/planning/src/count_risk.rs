//! How likely a bin's book is wrong, learned from the counts so far.
//!
//! Two causes are told apart: handling (each pick line may go wrong) and time (theft, breakage).
//! Each bin has its own rate of both, drawn from gamma distributions whose means are learned from
//! all bins together; a count that agreed makes a bin's rates smaller, one that differed larger.

use crate::number::exp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Imagined errors behind each rate: a bin's own counts outweigh them after so many errors.
const PRIOR_ERRORS: f64 = 0.5;
/// Before any count: errors for each pick line (typical of warehouses with scanners) and each day.
const PER_LINE: f64 = 0.01;
const PER_DAY: f64 = 0.001_5;
/// How fast the shared rates follow the counts, in imagined errors.
const SHARED_ERRORS: f64 = 20.0;

/// A bin never counted is taken as three times as bad as believed, after one count as twice, and
/// so on: what is learned early guides all later counts (optimism, as in bandit problems). Chosen
/// on simulated years that are not those of the tests.
const OPTIMISM: f64 = 2.0;

/// What happened to a bin since its last count.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Exposure {
    pub lines: f64,
    pub days: f64,
}

/// What all counts together have taught.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SharedRisk {
    errors: [f64; 2],
    exposure: [f64; 2],
}

/// What the counts of one bin have taught: expected errors by either cause, and the exposure.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct BinRisk {
    errors: [f64; 2],
    exposure: [f64; 2],
    counts: u32,
}

impl Default for SharedRisk {
    fn default() -> SharedRisk {
        SharedRisk {
            errors: [SHARED_ERRORS; 2],
            exposure: [SHARED_ERRORS / PER_LINE, SHARED_ERRORS / PER_DAY],
        }
    }
}

impl SharedRisk {
    fn rates(&self) -> [f64; 2] {
        [self.errors[0] / self.exposure[0], self.errors[1] / self.exposure[1]]
    }
}

impl BinRisk {
    /// Rates by line and by day: the mean of a gamma distribution after what was seen.
    fn rates(&self, shared: &SharedRisk) -> [f64; 2] {
        let prior = shared.rates();
        std::array::from_fn(|cause| {
            (PRIOR_ERRORS + self.errors[cause])
                / (PRIOR_ERRORS / prior[cause] + self.exposure[cause])
        })
    }

    /// The chance that a count now would find the book wrong.
    pub fn chance(&self, shared: &SharedRisk, since: Exposure) -> f64 {
        1.0 - exp(-self.expected(shared, since))
    }

    /// The same with the benefit of the doubt: by this bins are chosen, so that those that are
    /// little known become known.
    pub fn promise(&self, shared: &SharedRisk, since: Exposure) -> f64 {
        let doubt = OPTIMISM / (1.0 + f64::from(self.counts));
        1.0 - exp(-self.expected(shared, since) * (1.0 + doubt))
    }

    fn expected(&self, shared: &SharedRisk, since: Exposure) -> f64 {
        let [line, day] = self.rates(shared);
        line * since.lines.max(0.0) + day * since.days.max(0.0)
    }

    /// Takes in a count after `since`. An error is shared out between the causes in proportion to
    /// what each was expected to bring.
    pub fn learn(&mut self, shared: &mut SharedRisk, since: Exposure, was_wrong: bool) {
        let rates = self.rates(shared);
        let exposure = [since.lines.max(0.0), since.days.max(0.0)];
        let expected = [rates[0] * exposure[0], rates[1] * exposure[1]];
        let total = expected[0] + expected[1];
        self.counts = self.counts.saturating_add(1);
        for cause in 0..2 {
            // Given that at least one error happened, how many are to be expected.
            let seen = if was_wrong && total > 0.0 {
                expected[cause] / (1.0 - exp(-total)).max(1e-12)
            } else {
                0.0
            };
            self.errors[cause] += seen;
            self.exposure[cause] += exposure[cause];
            shared.errors[cause] += seen;
            shared.exposure[cause] += exposure[cause];
        }
    }
}

/// What a count now is worth: the chance of an error by the power of what it would put right.
/// `value` weighs a piece; the root keeps ten cheap bins worth more walks than one dear.
pub fn worth(chance: f64, value: f64, weight_of_value: ValueWeight) -> f64 {
    match weight_of_value {
        ValueWeight::None => chance,
        ValueWeight::FourthRoot => chance * value.max(0.0).sqrt().sqrt(),
        ValueWeight::Root => chance * value.max(0.0).sqrt(),
    }
}

/// How much money counts against the number of errors found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueWeight {
    None,
    FourthRoot,
    Root,
}

/// A count that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastCount {
    pub location: String,
    /// Since the count before.
    pub since: Exposure,
    pub was_wrong: bool,
}

/// What all counts so far have taught, of all bins and of each. The default knows what is typical.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CountLessons {
    pub(crate) shared: SharedRisk,
    pub(crate) bins: BTreeMap<String, BinRisk>,
}

impl CountLessons {
    /// From counts in order of time.
    pub fn learn<'a>(counts: impl IntoIterator<Item = &'a PastCount>) -> CountLessons {
        let mut lessons = CountLessons::default();
        counts.into_iter().for_each(|count| lessons.add(count));
        lessons
    }

    pub fn add(&mut self, count: &PastCount) {
        let bin = self.bins.entry(count.location.clone()).or_default();
        bin.learn(&mut self.shared, count.since, count.was_wrong);
    }
}
