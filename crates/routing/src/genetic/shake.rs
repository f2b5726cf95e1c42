//! Annealed ruin and recreate with a local search around what was touched, on plans that keep the
//! rules: for many jobs, where the first seconds count. After Accorsi and Vigo, "A fast and scalable
//! heuristic for the solution of large-scale capacitated vehicle routing problems", 2021, with the
//! ruin of Christiaens and Vanden Berghe, 2020.

use super::instance::Instance;
use super::tour::{Line, Tour};
use super::weights::Weights;
use crate::budget::Budget;
use crate::chance::{Chance, ln, power};

/// Start and end temperature as shares of the mean leg.
const HOT: f64 = 0.6;
const COLD: f64 = 0.008;
/// Mean number of jobs removed, and the longest string of them.
const REMOVED_MEAN: f64 = 10.0;
const STRING_MAX: f64 = 10.0;
/// Partners with which moves are tried.
const PARTNERS: usize = 14;
/// Steps between two questions to the budget, and how many plain steps of ruin and recreate take as
/// long as one.
const STRIDE: u64 = 10;
const WORTH: u64 = 10;

pub(super) struct Shaking<'i> {
    tour: Tour<'i>,
    /// The accepted order and cost of each route; the routes that `tour` calls dirty may differ.
    pub kept: Vec<Vec<u32>>,
    kept_cost: Vec<i64>,
    pub cost: i64,
    removed: Vec<u32>,
    touched: Vec<u32>,
    queue: Vec<u32>,
    is_queued: Vec<bool>,
    /// A route without jobs, if it still is one.
    idle: usize,
}

/// Improves a plan that keeps all rules until the share `until` of the budget is spent.
pub(crate) fn shake(
    instance: &Instance,
    known: Vec<Vec<u32>>,
    budget: &mut Budget,
    until: f64,
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    let mut shaking = Shaking::new(instance, known);
    let mut best = (shaking.cost, shaking.kept.clone());
    let legs = (instance.jobs + shaking.kept.iter().filter(|jobs| !jobs.is_empty()).count()) as f64;
    let leg = shaking.cost as f64 / legs;
    let (hot, cold) = (leg * HOT, leg * COLD);
    let from = budget.share;
    shaking.queue_all();
    shaking.settle();
    shaking.keep();
    while budget.goes_on_with(until, Some(best.0)) {
        let share = (budget.share - from) / (until - from);
        let temperature = hot * power(cold / hot, share);
        budget.spend(STRIDE * WORTH);
        for _ in 0..STRIDE {
            shaking.step(chance, temperature);
            if shaking.cost < best.0 {
                best.0 = shaking.cost;
                best.1.clone_from(&shaking.kept);
            }
        }
    }
    best.1
}

impl<'i> Shaking<'i> {
    pub(super) fn new(instance: &'i Instance, known: Vec<Vec<u32>>) -> Shaking<'i> {
        let mut tour = Tour::new(instance, Weights::forbidding());
        tour.load(&known, Weights::forbidding(), &[]);
        tour.dirty.clear();
        let kept = tour.routes();
        let kept_cost: Vec<i64> = tour.lines.iter().map(|line| line.cost).collect();
        Shaking {
            cost: kept_cost.iter().sum(),
            kept,
            kept_cost,
            tour,
            removed: Vec::new(),
            touched: Vec::new(),
            queue: Vec::new(),
            is_queued: vec![false; instance.jobs],
            idle: 0,
        }
    }

    pub(super) fn step(&mut self, chance: &mut Chance, temperature: f64) {
        self.ruin(chance);
        let fits = self.recreate(chance);
        if fits {
            self.settle();
        }
        let mut delta = 0;
        let mut keeps_rules = fits;
        for &route in &self.tour.dirty {
            let line = &self.tour.lines[route as usize];
            delta += line.cost - self.kept_cost[route as usize];
            // A descent may pay for a broken rule to be rid of a leg that nobody can drive.
            keeps_rules &= line.penalty == 0;
        }
        if keeps_rules && (delta as f64) < -temperature * ln(chance.unit()) {
            self.keep();
        } else {
            self.take_back();
        }
    }

    fn keep(&mut self) {
        for &route in &self.tour.dirty {
            let route = route as usize;
            self.cost += self.tour.lines[route].cost - self.kept_cost[route];
            self.kept_cost[route] = self.tour.lines[route].cost;
            self.kept[route].clear();
            self.kept[route].extend(self.tour.jobs_of(route));
        }
        self.tour.dirty.clear();
    }

    fn take_back(&mut self) {
        self.queue.drain(..).for_each(|job| self.is_queued[job as usize] = false);
        for route in std::mem::take(&mut self.tour.dirty) {
            self.tour.relay(route as usize, self.kept[route as usize].iter());
            self.tour.refresh(route as usize);
        }
        self.tour.dirty.clear();
    }

    /// Takes strings of jobs out of neighboring routes.
    fn ruin(&mut self, chance: &mut Chance) {
        self.removed.clear();
        self.touched.clear();
        let instance = self.tour.instance;
        let seed = chance.below(instance.jobs) as u32;
        let longest = STRING_MAX.min(f64::from(self.tour.line_of(seed).count)).max(1.0);
        let strings_max = 4.0 * REMOVED_MEAN / (1.0 + longest) - 1.0;
        let strings = (chance.unit() * strings_max) as usize + 1;
        for &job in std::iter::once(&seed).chain(instance.partners(seed)) {
            let route = self.tour.node(job).route;
            if self.touched.contains(&route) || self.removed.contains(&job) {
                continue;
            }
            self.touched.push(route);
            let most = longest.min(f64::from(self.tour.line_of(job).count));
            self.cut(job, 1 + (chance.unit() * (most - 0.01)) as usize, chance);
            if self.touched.len() >= strings {
                break;
            }
        }
    }

    /// Removes `length` jobs in a row, one of which is `job`.
    fn cut(&mut self, job: u32, length: usize, chance: &mut Chance) {
        let at = self.tour.node(job).at as usize;
        let count = self.tour.line_of(job).count as usize;
        let low = (at + 1).saturating_sub(length).max(1);
        let high = at.min(count + 1 - length);
        let mut first = job;
        for _ in 0..at - (low + chance.below(high - low + 1)) {
            first = self.tour.node(first).previous;
        }
        let before = self.tour.node(first).previous;
        let mut after = first;
        for _ in 0..length {
            self.removed.push(after);
            after = self.tour.node(after).next;
        }
        self.tour.link(before, after);
        self.enqueue(before);
        self.enqueue(after);
        let route = self.tour.node(job).route;
        self.tour.changed(route, route);
    }

    /// Puts each job in its cheapest place; whether all have one.
    fn recreate(&mut self, chance: &mut Chance) -> bool {
        let mut removed = std::mem::take(&mut self.removed);
        chance.shuffle(&mut removed);
        let instance = self.tour.instance;
        let depot = instance.depot();
        match chance.below(11) {
            0..4 => {}
            4..8 => removed.sort_by_key(|&job| -instance.packing.sum(instance.load[job as usize])),
            8..10 => removed.sort_by_key(|&job| -instance.cost(depot, job)),
            _ => removed.sort_by_key(|&job| instance.cost(depot, job)),
        }
        // Links of who is out are stale: nobody may be put beside them.
        removed.iter().for_each(|&job| self.tour.nodes[job as usize].route = u32::MAX);
        let fits = removed.iter().all(|&job| self.insert(job, chance));
        self.removed = removed;
        fits
    }

    fn insert(&mut self, job: u32, chance: &mut Chance) -> bool {
        let tour = &self.tour;
        let instance = tour.instance;
        let load = tour.load_of(job);
        let mut best = (i64::MAX, u32::MAX);
        let has_no_room = |line: &Line| instance.packing.excess(line.load + load, line.limit) > 0;
        let mut consider = |after: u32| {
            let node = tour.node(after);
            let cost = instance.cost(after, job) + instance.cost(job, node.next) - node.leg;
            if cost < best.0 && chance.below(100) > 0 {
                best = (cost, after);
            }
        };
        for &partner in instance.partners(job) {
            let node = tour.node(partner);
            if node.route == u32::MAX || has_no_room(tour.line_of(partner)) {
                continue;
            }
            consider(partner);
            if !tour.is_job(node.previous) {
                consider(node.previous);
            }
        }
        if tour.lines[self.idle].count > 0 {
            self.idle = tour.lines.iter().position(|line| line.count == 0).unwrap_or(0);
        }
        if tour.lines[self.idle].count == 0 && !has_no_room(&tour.lines[self.idle]) {
            consider(tour.start(self.idle));
        }
        let after = best.1;
        if after == u32::MAX {
            return false;
        }
        let next = self.tour.node(after).next;
        self.tour.link(after, job);
        self.tour.link(job, next);
        let route = self.tour.node(after).route;
        self.tour.changed(route, route);
        self.enqueue(job);
        true
    }

    fn enqueue(&mut self, node: u32) {
        if self.tour.is_job(node) && !std::mem::replace(&mut self.is_queued[node as usize], true) {
            self.queue.push(node);
        }
    }

    fn queue_all(&mut self) {
        (0..self.tour.instance.depot()).for_each(|job| self.enqueue(job));
    }

    /// Descends around the queued jobs.
    fn settle(&mut self) {
        while let Some(job) = self.queue.pop() {
            self.is_queued[job as usize] = false;
            self.improve(job);
        }
    }

    fn improve(&mut self, job: u32) {
        let instance = self.tour.instance;
        for &partner in instance.partners(job).iter().take(PARTNERS) {
            let way = instance.cost(job, partner).min(instance.cost(partner, job));
            if way >= self.reach(job).max(self.reach(partner)) {
                continue;
            }
            let beside = self.beside(job, partner);
            let helped = self.tour.improve_behind::<false>(job, partner)
                || self.tour.improve_behind::<false>(partner, job);
            if helped {
                let now = self.beside(job, partner);
                beside.into_iter().chain(now).chain([job, partner]).for_each(|n| self.enqueue(n));
            }
        }
    }

    /// The longer of the legs to and from a job.
    #[inline]
    fn reach(&self, job: u32) -> i64 {
        let node = self.tour.node(job);
        node.leg.max(self.tour.node(node.previous).leg)
    }

    /// Who stands beside two jobs. Only that, not the nodes as a whole: this is asked before every
    /// move that is tried.
    #[inline]
    fn beside(&self, one: u32, two: u32) -> [u32; 4] {
        let (one, two) = (self.tour.node(one), self.tour.node(two));
        [one.previous, one.next, two.previous, two.next]
    }
}
