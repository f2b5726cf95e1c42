//! Annealed ruin and recreate with a local search around what was touched: for many jobs, where the
//! first seconds count. After Accorsi and Vigo, "A fast and scalable heuristic for the solution of
//! large-scale capacitated vehicle routing problems", 2021, with the ruin of Christiaens and Vanden
//! Berghe, 2020. Where vehicles are nearly full hardly a move fits, so plans may overload them at a
//! price; the best plan never does.

mod recreate;
mod ruin;
mod settle;

use super::instance::Instance;
use super::tour::Tour;
use super::weights::Weights;
use crate::budget::Budget;
use crate::chance::{Chance, ln, power};

/// Start and end temperature as shares of the mean leg, with overloads and without.
const HEAT: (f64, f64) = (1.0, 0.04);
const HEAT_WITHIN: (f64, f64) = (0.6, 0.008);
/// Above this many jobs some vehicle is overloaded nearly all the time.
const OVERLOADED_MAX: usize = 2_000;
/// Steps per job that leave time for the whole heat; with fewer the search begins cooler. Beyond
/// them breeding in parts is worth more.
const STEPS_PER_JOB: f64 = 300.0;
/// A plan recreated at more than this many mean legs above what would be accepted is given up before
/// the local search, which rarely saves as much and takes most of the time.
const HOPELESS: f64 = 8.0;
/// Share of plans wanted without overloads at the start and at the end, by how much the price
/// of an overload goes up or down when it is looked at, and between how many steps that is: as many
/// as make a given number of looks, within bounds.
const WANTED_PERCENT: (f64, f64) = (30.0, 90.0);
const LOOK_EVERY: (f64, f64) = (20.0, 200.0);
const LOOKS: f64 = 1_000.0;
const UP_PERCENT: i64 = 110;
const DOWN_PERCENT: i64 = 90;
/// Steps between two questions to the budget, and how many plain steps of ruin and recreate take as
/// long as one.
const STRIDE: u64 = 10;
const WORTH: u64 = 3;

pub(super) struct Shaking<'i> {
    pub tour: Tour<'i>,
    /// The accepted routes; those that `tour` calls dirty may differ.
    pub kept: Vec<Vec<u32>>,
    kept_measures: Vec<Measures>,
    /// Of all accepted routes together.
    pub sum: Measures,
    /// Whether overloads are allowed: where ways are one-way, as when collecting comes last, they
    /// lead nowhere.
    overloads: bool,
    /// The mean leg.
    leg: f64,
    wanted_percent: u32,
    look_every: u32,
    steps: u32,
    steps_within: u32,
    removed: Vec<u32>,
    touched: Vec<u32>,
    queue: Vec<u32>,
    is_queued: Vec<bool>,
    /// A route without jobs, if it still is one.
    idle: usize,
}

/// What one route or all routes cost, and by how much they are overloaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Measures {
    pub cost: i64,
    pub excess: i64,
}

/// Improves a plan that keeps all rules: until the share `least` of the budget is spent, or longer
/// where that leaves time for too few steps.
pub(crate) fn shake(
    instance: &Instance,
    known: Vec<Vec<u32>>,
    budget: &mut Budget,
    least: f64,
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    let mut shaking = Shaking::new(instance, known);
    let mut best = (shaking.sum.cost, shaking.kept.clone());
    let (hot, cold) = if shaking.overloads { HEAT } else { HEAT_WITHIN };
    let from = budget.share;
    let mut steps = 0;
    shaking.queue_all();
    shaking.settle();
    shaking.keep();
    let mut until = 1.0;
    while budget.goes_on_with(until, Some(best.0)) {
        let whole = steps as f64 * (1.0 - from) / (budget.share - from).max(1e-9);
        let needed = STEPS_PER_JOB * instance.jobs as f64 / whole.max(1.0);
        until = (from + (1.0 - from) * needed).clamp(least, 1.0);
        let share = ((budget.share - from) / (until - from)).min(1.0);
        let expected = whole * (until - from) / (1.0 - from);
        let hot = (hot * heat_for(expected, instance.jobs)).max(2.0 * cold);
        let temperature = shaking.leg * hot * power(cold / hot, share);
        shaking.look_every = (expected / LOOKS).clamp(LOOK_EVERY.0, LOOK_EVERY.1) as u32;
        shaking.wanted_percent =
            (WANTED_PERCENT.0 + (WANTED_PERCENT.1 - WANTED_PERCENT.0) * share) as u32;
        budget.spend(STRIDE * WORTH);
        steps += STRIDE;
        for _ in 0..STRIDE {
            shaking.step(chance, temperature);
            if shaking.sum.excess == 0 && shaking.sum.cost < best.0 {
                best.0 = shaking.sum.cost;
                best.1.clone_from(&shaking.kept);
            }
        }
    }
    best.1
}

/// Share of the heat that so many expected steps leave time for.
fn heat_for(steps: f64, jobs: usize) -> f64 {
    (steps / jobs as f64 / STEPS_PER_JOB).min(1.0).sqrt()
}

impl<'i> Shaking<'i> {
    pub(super) fn new(instance: &'i Instance, known: Vec<Vec<u32>>) -> Shaking<'i> {
        let overloads = instance.symmetric && instance.jobs <= OVERLOADED_MAX;
        let weights = if overloads { Weights::new(instance) } else { Weights::forbidding() };
        let mut tour = Tour::new(instance, weights);
        tour.load(&known, weights, &[]);
        let lines = tour.lines.len();
        let mut shaking = Shaking {
            tour,
            kept: vec![Vec::new(); lines],
            kept_measures: vec![Measures::default(); lines],
            sum: Measures::default(),
            overloads,
            leg: 0.0,
            look_every: LOOK_EVERY.0 as u32,
            wanted_percent: WANTED_PERCENT.0 as u32,
            steps: 0,
            steps_within: 0,
            removed: Vec::new(),
            touched: Vec::new(),
            queue: Vec::new(),
            is_queued: vec![false; instance.jobs],
            idle: 0,
        };
        shaking.keep();
        let used = shaking.kept.iter().filter(|jobs| !jobs.is_empty()).count();
        shaking.leg = shaking.sum.cost as f64 / (instance.jobs + used) as f64;
        shaking
    }

    pub(super) fn step(&mut self, chance: &mut Chance, temperature: f64) {
        self.ruin(chance);
        let most = -temperature * ln(chance.unit());
        let hopeful = self.recreate(chance) && (self.change() as f64) < most + HOPELESS * self.leg;
        if hopeful {
            self.refresh();
            self.settle();
        }
        if hopeful && (self.change() as f64) < most {
            self.keep();
        } else {
            self.take_back();
        }
        if self.overloads {
            self.note();
        }
    }

    fn measures(&self, route: usize) -> Measures {
        let line = &self.tour.lines[route];
        let excess = self.tour.instance.packing.excess(line.load, line.limit);
        Measures { cost: line.cost, excess }
    }

    /// What the routes in work cost more than the accepted ones, overloads included.
    fn change(&self) -> i64 {
        let worth = |route: &Measures| route.cost + self.tour.weights.penalty(route.excess, 0);
        let change = |&route: &u32| {
            worth(&self.measures(route as usize)) - worth(&self.kept_measures[route as usize])
        };
        self.tour.dirty.iter().map(change).sum()
    }

    fn keep(&mut self) {
        for at in 0..self.tour.dirty.len() {
            let route = self.tour.dirty[at] as usize;
            let now = self.measures(route);
            let before = std::mem::replace(&mut self.kept_measures[route], now);
            self.sum.cost += now.cost - before.cost;
            self.sum.excess += now.excess - before.excess;
            self.kept[route].clear();
            self.kept[route].extend(self.tour.jobs_of(route));
        }
        self.tour.dirty.clear();
    }

    fn take_back(&mut self) {
        self.queue.drain(..).for_each(|job| self.is_queued[job as usize] = false);
        for at in 0..self.tour.dirty.len() {
            let route = self.tour.dirty[at] as usize;
            self.tour.relay(route, self.kept[route].iter());
        }
        self.refresh();
        self.tour.dirty.clear();
    }

    /// Works out what follows from the order of the routes in work.
    fn refresh(&mut self) {
        self.tour.changes += 1;
        for at in 0..self.tour.dirty.len() {
            self.tour.refresh(self.tour.dirty[at] as usize);
        }
    }

    /// Makes overloads dearer if too few plans do without, cheaper if too many do.
    fn note(&mut self) {
        self.steps += 1;
        self.steps_within += u32::from(self.sum.excess == 0);
        if self.steps < self.look_every {
            return;
        }
        let within = 100 * self.steps_within / self.steps;
        (self.steps, self.steps_within) = (0, 0);
        if within.abs_diff(self.wanted_percent) > 5 {
            let percent = if within < self.wanted_percent { UP_PERCENT } else { DOWN_PERCENT };
            self.tour.weights.scale_load(percent);
            for route in 0..self.tour.lines.len() {
                let penalty = self.tour.weights.penalty(self.kept_measures[route].excess, 0);
                self.tour.lines[route].penalty = penalty;
            }
        }
    }
}
