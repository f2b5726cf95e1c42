//! How much of the caller's budget is spent, in iterations or by the caller's own measure.

use crate::best::Best;
use crate::model::Model;
use crate::plan::paid;
use crate::search::Progress;

/// Iterations between two questions to the caller.
const STRIDE: u64 = 50;

pub(crate) struct Budget<'a> {
    max_iterations: u64,
    spent: &'a mut dyn FnMut(Progress) -> f64,
    pub iteration: u64,
    /// Share of the budget that is spent; 1.0 ends the search.
    pub share: f64,
    /// What the caller is told: the best of all plans, not only of the one in work.
    best: Option<Known>,
}

/// The best plan as the search and as the caller reckon its cost.
#[derive(Debug, Clone, Copy)]
struct Known {
    cost: i64,
    paid: i64,
    unassigned: usize,
}

impl<'a> Budget<'a> {
    pub(crate) fn new(
        max_iterations: u64,
        spent: &'a mut dyn FnMut(Progress) -> f64,
    ) -> Budget<'a> {
        Budget { max_iterations, spent, iteration: 0, share: 0.0, best: None }
    }

    /// Asks the caller; whether there is budget left before the share `until`.
    pub(crate) fn goes_on(&mut self, until: f64, model: &Model, best: &Best) -> bool {
        if self.share >= until || self.share >= 1.0 {
            return false;
        }
        if self.best.is_none_or(|known| best.cost < known.cost) {
            let paid = paid(model, best.cost, &best.absent);
            self.best = Some(Known { cost: best.cost, paid, unassigned: best.absent.len() });
        }
        self.ask(until)
    }

    /// The same where the plan in work, if there is one, serves everybody at this cost.
    pub(crate) fn goes_on_with(&mut self, until: f64, cost: Option<i64>) -> bool {
        if self.share >= until || self.share >= 1.0 {
            return false;
        }
        if let Some(cost) = cost.filter(|&cost| self.best.is_none_or(|known| cost < known.cost)) {
            self.best = Some(Known { cost, paid: cost, unassigned: 0 });
        }
        self.ask(until)
    }

    fn ask(&mut self, until: f64) -> bool {
        let (best_cost, unassigned) =
            self.best.map_or((0, 0), |known| (known.paid, known.unassigned));
        let progress = Progress { iteration: self.iteration, best_cost, unassigned };
        let counted = self.iteration as f64 / self.max_iterations.max(1) as f64;
        let told = (self.spent)(progress).max(counted);
        self.share = self.share.max(told);
        self.share < until && self.share < 1.0
    }

    /// Counts work that is not done in iterations: as many as would take about as long.
    pub(crate) fn spend(&mut self, iterations: u64) {
        self.iteration = self.iteration.saturating_add(iterations).min(self.max_iterations);
    }

    /// Iterations until the next question.
    pub(crate) fn stride(&mut self) -> u64 {
        let stride = STRIDE.min(self.max_iterations - self.iteration).max(1);
        self.iteration += stride;
        stride
    }
}
