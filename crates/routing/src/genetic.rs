//! Hybrid genetic search for plain problems: one depot, equal vehicles, one load, one window per
//! job. Plans may break rules at a price; the population keeps good plans and different ones.
//!
//! Vidal, "Hybrid genetic search for the CVRP: open-source implementation and SWAP* neighborhood",
//! 2022; with windows Vidal et al. 2013 and Wouda, Lan, Kool, "PyVRP: a high-performance VRP solver
//! package", 2024.

mod angles;
mod exchange;
mod individual;
mod instance;
mod loads;
mod local_search;
mod order_crossover;
mod pairs;
mod part;
mod patch;
mod population;
mod route_exchange;
mod savings;
mod shake;
mod split;
mod swap_star;
mod tour;
mod two_opt;
mod two_opt_star;
mod weights;
#[cfg(test)]
mod tests;

use crate::budget::Budget;
use crate::chance::Chance;
use individual::{Individual, measure};
use local_search::LocalSearch;
use order_crossover::order_crossover;
use population::Population;
use route_exchange::route_exchange;
use weights::Adapting;

pub(crate) use instance::Instance;
pub(crate) use part::{breed_parts, part_size};
pub(crate) use savings::cheaper;
pub(crate) use shake::shake;

/// Random plans to begin with.
const BEGIN: usize = 12;
/// Share of children by order crossover; the others by route exchange.
const ORDER_PERCENT: usize = 33;
/// Children without a better plan after which the population begins anew.
const PATIENCE: usize = 20_000;

/// Plans found so far and what they are made with.
struct Search<'i> {
    instance: &'i Instance,
    extent: &'i Extent,
    local_search: LocalSearch<'i>,
    population: Population,
    adapting: Adapting,
    best: Option<Individual>,
    /// Whether the last plan was better than all before.
    improved: bool,
}

/// Improves on a known plan until the budget is spent; the best that keeps all rules.
pub(crate) fn search(
    instance: &Instance,
    known: Vec<Vec<u32>>,
    budget: &mut Budget,
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    let extent = Extent { until: 1.0, rest: 0, patience: PATIENCE, again: true };
    breed(instance, known, &extent, budget, chance)
}

/// How long to breed.
struct Extent {
    /// The share of the budget.
    until: f64,
    /// What is paid beside this problem, if it is a part of another.
    rest: i64,
    /// Children without a better plan, and whether to begin anew after them.
    patience: usize,
    again: bool,
}

fn breed(
    instance: &Instance,
    known: Vec<Vec<u32>>,
    extent: &Extent,
    budget: &mut Budget,
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    let adapting = Adapting::new(instance);
    let mut search = Search {
        instance,
        extent,
        local_search: LocalSearch::new(instance, adapting.weights),
        population: Population::new(instance.symmetric),
        adapting,
        best: None,
        improved: false,
    };
    search.add(Individual::new(instance, known.clone()));
    search.begin(budget, chance);
    let mut without = 0;
    while search.goes_on(budget) {
        search.child(budget, chance);
        without = if search.improved { 0 } else { without + 1 };
        if without >= extent.patience {
            if !extent.again {
                break;
            }
            without = 0;
            search.population = Population::new(instance.symmetric);
            search.begin(budget, chance);
        }
    }
    search.best.map_or(known, |plan| plan.routes)
}

impl Search<'_> {
    fn goes_on(&self, budget: &mut Budget) -> bool {
        let cost = self.best.as_ref().map(|plan| plan.cost + self.extent.rest);
        budget.goes_on_with(self.extent.until, cost)
    }

    fn begin(&mut self, budget: &mut Budget, chance: &mut Chance) {
        let mut tour: Vec<u32> = (0..self.instance.depot()).collect();
        for _ in 0..BEGIN {
            if !self.goes_on(budget) {
                return;
            }
            chance.shuffle(&mut tour);
            let routes = split::split(self.instance, &self.adapting.weights, &tour);
            self.improve(routes, &[], budget, chance);
        }
    }

    fn child(&mut self, budget: &mut Budget, chance: &mut Chance) {
        let parents = (self.population.parent(chance), self.population.parent(chance));
        let routes = if chance.below(100) < ORDER_PERCENT {
            order_crossover(self.instance, &self.adapting.weights, parents, chance)
        } else {
            route_exchange(self.instance, parents, chance)
        };
        let settled: Vec<bool> = routes.iter().map(|jobs| parents.0.has_route(jobs)).collect();
        self.improve(routes, &settled, budget, chance);
    }

    /// Descends from a plan and keeps what comes of it, and half the time, where it breaks rules,
    /// what comes of mending it too.
    fn improve(
        &mut self,
        routes: Vec<Vec<u32>>,
        settled: &[bool],
        budget: &mut Budget,
        chance: &mut Chance,
    ) {
        budget.spend(self.instance.jobs as u64);
        let weights = self.adapting.weights;
        let routes = self.local_search.run(&routes, weights, settled, chance);
        let plan = Individual::new(self.instance, routes);
        if self.adapting.note(plan.excess == 0, plan.warp == 0) {
            self.population.reweigh(&self.adapting.weights);
        }
        let mend = !plan.is_feasible() && chance.below(2) == 0;
        let routes = if mend { plan.routes.clone() } else { Vec::new() };
        self.improved = false;
        self.add(plan);
        if mend {
            let settled: Vec<bool> = routes.iter().map(|jobs| self.keeps_rules(jobs)).collect();
            let weights = weights.for_repair();
            let routes = self.local_search.run(&routes, weights, &settled, chance);
            let plan = Individual::new(self.instance, routes);
            if plan.is_feasible() {
                self.add(plan);
            }
        }
    }

    fn keeps_rules(&self, jobs: &[u32]) -> bool {
        let (_, load, warp) = measure(self.instance, jobs);
        self.instance.packing.excess(load, self.instance.limit[0]) == 0 && warp == 0
    }

    fn add(&mut self, plan: Individual) {
        if plan.is_feasible() && self.best.as_ref().is_none_or(|best| plan.cost < best.cost) {
            self.best = Some(plan.clone());
            self.improved = true;
        }
        self.population.add(plan, &self.adapting.weights);
    }
}
