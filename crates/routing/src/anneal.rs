//! Simulated annealing over ruin and recreate: the workhorse of every search.

use crate::best::Best;
use crate::budget::Budget;
use crate::chance::{Chance, ln, power};
use crate::journal::Journal;
use crate::model::Model;
use crate::recreate::{Offer, recreate};
use crate::ruin::{mean_length, ruin};
use crate::spots::Blink;
use crate::state::State;

/// A plan being annealed.
pub(crate) struct Annealing<'m, 'p> {
    model: &'m Model<'p>,
    pub state: State,
    pub best: Best,
    journal: Journal,
    blink: Blink,
}

impl<'m, 'p> Annealing<'m, 'p> {
    pub(crate) fn new(model: &'m Model<'p>, state: State) -> Annealing<'m, 'p> {
        let best = Best::new(&state);
        Annealing { model, state, best, journal: Journal::default(), blink: Blink::new() }
    }

    /// Cools from `hot` to `cold` until the share `until` of the budget is spent, and goes back to
    /// the best plan found.
    pub(crate) fn run(
        &mut self,
        budget: &mut Budget,
        chance: &mut Chance,
        (hot, cold): (f64, f64),
        until: f64,
    ) {
        self.run_while(budget, chance, (hot, cold), until, |_| true);
    }

    /// The same, but stops as soon as nobody is absent.
    pub(crate) fn run_until_whole(
        &mut self,
        budget: &mut Budget,
        chance: &mut Chance,
        heat: (f64, f64),
        until: f64,
    ) {
        self.run_while(budget, chance, heat, until, |best| !best.absent.is_empty());
    }

    fn run_while(
        &mut self,
        budget: &mut Budget,
        chance: &mut Chance,
        (hot, cold): (f64, f64),
        until: f64,
        wanted: impl Fn(&Best) -> bool,
    ) {
        let from = budget.share;
        while wanted(&self.best) && budget.goes_on(until, self.model, &self.best) {
            let share = (budget.share - from) / (until - from);
            self.steps(budget, chance, hot * power(cold / hot, share));
        }
        self.best.restore(self.model, &mut self.state);
    }

    fn steps(&mut self, budget: &mut Budget, chance: &mut Chance, temperature: f64) {
        let mean_length = mean_length(self.model, &self.state);
        for _ in 0..budget.stride() {
            if self.step(chance, temperature, mean_length) {
                self.best.watch(&self.state, &self.journal);
            }
        }
    }

    /// One ruin and recreate; whether it was kept, or else taken back.
    fn step(&mut self, chance: &mut Chance, temperature: f64, mean_length: f64) -> bool {
        let Annealing { model, state, journal, blink, .. } = self;
        let before = state.cost as f64;
        journal.begin(state);
        let seed = ruin(model, state, chance, journal, mean_length);
        recreate(model, state, chance, blink, journal, Offer::Near(seed));
        let kept = (state.cost as f64) < before - temperature * ln(chance.unit());
        if !kept {
            journal.undo(model, state);
        }
        kept
    }
}
