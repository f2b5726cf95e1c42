//! Descends to a plan that no move improves: pairs of near jobs first, then pairs of routes.
//! Vidal 2022, section 3.4.

use super::instance::Instance;
use super::swap_star::{Cache, swap_star};
use super::tour::Tour;
use super::weights::Weights;
use crate::chance::Chance;

/// Partners that make two routes worth a look by SWAP*.
const ADJACENT: usize = 10;

pub(super) struct LocalSearch<'i> {
    pub tour: Tour<'i>,
    order: Vec<u32>,
    /// The change up to which all moves of a job have been tried.
    tried_at: Vec<u64>,
    /// The same for pairs of routes.
    pairs_tried_at: Vec<u64>,
    cache: Cache,
}

impl<'i> LocalSearch<'i> {
    pub(super) fn new(instance: &'i Instance, weights: Weights) -> LocalSearch<'i> {
        LocalSearch {
            tour: Tour::new(instance, weights),
            order: (0..instance.jobs as u32).collect(),
            tried_at: Vec::new(),
            pairs_tried_at: Vec::new(),
            cache: Cache::default(),
        }
    }

    /// Improves routes until no move helps. Moves among routes that are `settled` are taken to have
    /// been tried: they come from one plan that was improved before.
    pub(super) fn run(
        &mut self,
        routes: &[Vec<u32>],
        weights: Weights,
        settled: &[bool],
        chance: &mut Chance,
    ) -> Vec<Vec<u32>> {
        self.tour.load(routes, weights, settled);
        self.tried_at.clear();
        self.tried_at.resize(self.order.len(), 0);
        let lines = self.tour.lines.len();
        self.pairs_tried_at.clear();
        self.pairs_tried_at.resize(lines * lines, 0);
        self.cache.reset(&self.tour);
        chance.shuffle(&mut self.order);
        if self.tour.instance.timed {
            self.descend::<true>();
        } else {
            self.descend::<false>();
        }
        self.tour.routes()
    }

    fn descend<const TIMED: bool>(&mut self) {
        let mut first = true;
        loop {
            while self.improve_jobs::<TIMED>(first) {
                first = false;
            }
            first = false;
            if !self.improve_pairs::<TIMED>() {
                return;
            }
        }
    }

    /// One look at every job and its partners; whether something has changed.
    fn improve_jobs<const TIMED: bool>(&mut self, first: bool) -> bool {
        let before = self.tour.changes;
        for index in 0..self.order.len() {
            let job = self.order[index];
            let tried = std::mem::replace(&mut self.tried_at[job as usize], self.tour.changes);
            for &partner in self.tour.instance.partners(job) {
                if !self.is_new(job, partner, tried) {
                    continue;
                }
                if self.tour.improve_behind::<TIMED>(job, partner) {
                    continue;
                }
                let previous = self.tour.node(partner).previous;
                if !self.tour.is_job(previous) {
                    self.tour.improve_at_start::<TIMED>(job, previous);
                }
            }
            if !first
                && self.tour.line_of(job).changed_at > tried
                && let Some(route) = self.tour.lines.iter().position(|line| line.count == 0)
            {
                let start = self.tour.start(route);
                self.tour.improve_at_start::<TIMED>(job, start);
            }
        }
        self.tour.changes != before
    }

    fn is_new(&self, job: u32, partner: u32, tried: u64) -> bool {
        let changed = self.tour.line_of(job).changed_at.max(self.tour.line_of(partner).changed_at);
        changed > tried
    }

    fn improve_pairs<const TIMED: bool>(&mut self) -> bool {
        let before = self.tour.changes;
        let lines = self.tour.lines.len();
        let mut adjacent = vec![false; lines];
        for route in 0..lines {
            adjacent.fill(false);
            for job in self.tour.jobs_of(route) {
                for &partner in
                    &self.tour.instance.partners(job)[..ADJACENT.min(self.order.len() - 1)]
                {
                    adjacent[self.tour.node(partner).route as usize] = true;
                }
            }
            for other in (0..lines).filter(|&other| other != route && adjacent[other]) {
                let pair = route.min(other) * lines + route.max(other);
                let tried = std::mem::replace(&mut self.pairs_tried_at[pair], self.tour.changes);
                let changed =
                    self.tour.lines[route].changed_at.max(self.tour.lines[other].changed_at);
                if changed > tried
                    && let Some(star) =
                        swap_star::<TIMED>(&self.tour, &mut self.cache, (route, other))
                {
                    self.tour.swap_star(&star);
                }
            }
        }
        self.tour.changes != before
    }
}
