//! Large plans bred in parts: routes that lie beside each other are a small problem of their own,
//! which breeding solves better than the whole in the same time. After Santini, Schneider, Vidal and
//! Vigo, "Decomposition strategies for vehicle routing heuristics", 2023.

use super::individual::Individual;
use super::instance::Instance;
use super::{Extent, breed};
use crate::budget::Budget;
use crate::chance::Chance;
use crate::model::Model;

/// Jobs in a part, and at least so many times the jobs of a mean route: with fewer routes there is
/// little to cross.
const JOBS: usize = 200;
const ROUTES: usize = 8;
/// How many times each job is bred.
const ROUNDS: f64 = 2.0;
/// Children without a better plan after which a part is left as it is.
const PATIENCE: usize = 4_000;
/// Vehicles that nobody drives which a part may take.
const IDLE: usize = 3;

/// Jobs in a part of such a plan; `None` if it would be most of the plan.
pub(crate) fn part_size(routes: &[Vec<u32>]) -> Option<usize> {
    let jobs: usize = routes.iter().map(Vec::len).sum();
    let used = routes.iter().filter(|jobs| !jobs.is_empty()).count().max(1);
    let size = JOBS.max(ROUTES * jobs / used);
    (size * 3 <= jobs * 2).then_some(size)
}

/// Breeds one part after another until the budget is spent.
pub(crate) fn breed_parts(
    model: &Model,
    instance: &Instance,
    (mut routes, size): (Vec<Vec<u32>>, usize),
    budget: &mut Budget,
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    routes.retain(|jobs| !jobs.is_empty());
    let mut cost = Individual::new(instance, routes.clone()).cost;
    let share_per_job = (1.0 - budget.share) / ROUNDS / instance.jobs as f64;
    let mut waiting: Vec<u32> = Vec::new();
    while budget.goes_on_with(1.0, Some(cost)) {
        if waiting.is_empty() {
            waiting = (0..instance.depot()).collect();
            chance.shuffle(&mut waiting);
        }
        let Some(seed) = waiting.pop() else { break };
        let chosen = around(instance, &routes, seed, size);
        let part = Part::new(model, instance, &routes, &chosen);
        waiting.retain(|job| part.jobs.binary_search(job).is_err());
        let until = (budget.share + share_per_job * part.jobs.len() as f64).min(1.0);
        let rest = cost - Individual::new(&part.instance, part.routes.clone()).cost;
        let extent = Extent { until, rest, patience: PATIENCE, again: false };
        let found = breed(&part.instance, part.routes.clone(), &extent, budget, chance);
        let next = part.put_back(&routes, &chosen, found);
        let plan = Individual::new(instance, next.clone());
        if plan.is_feasible() && plan.cost < cost && next.len() <= instance.routes_max {
            (cost, routes) = (plan.cost, next);
        }
    }
    routes
}

/// Some routes as a problem of their own.
pub(super) struct Part {
    /// Ascending; the part calls each by its position here.
    pub jobs: Vec<u32>,
    pub instance: Instance,
    pub routes: Vec<Vec<u32>>,
}

impl Part {
    pub(super) fn new(
        model: &Model,
        instance: &Instance,
        routes: &[Vec<u32>],
        chosen: &[usize],
    ) -> Part {
        let mut jobs: Vec<u32> =
            chosen.iter().flat_map(|&route| routes[route].iter().copied()).collect();
        jobs.sort_unstable();
        let mut number = vec![0; instance.jobs];
        (0..).zip(&jobs).for_each(|(index, &job)| number[job as usize] = index);
        let numbered = |&route: &usize| -> Vec<u32> {
            routes[route].iter().map(|&job| number[job as usize]).collect()
        };
        Part {
            instance: instance.part(model, &jobs, limits(instance, routes, chosen)),
            routes: chosen.iter().map(numbered).collect(),
            jobs,
        }
    }

    /// The whole plan with what was found for the chosen routes.
    pub(super) fn put_back(
        &self,
        routes: &[Vec<u32>],
        chosen: &[usize],
        found: Vec<Vec<u32>>,
    ) -> Vec<Vec<u32>> {
        let others = (0..routes.len()).filter(|route| !chosen.contains(route));
        let named = |jobs: Vec<u32>| -> Vec<u32> {
            jobs.into_iter().map(|job| self.jobs[job as usize]).collect()
        };
        let found = found.into_iter().filter(|jobs| !jobs.is_empty()).map(named);
        others.map(|route| routes[route].clone()).chain(found).collect()
    }
}

/// Routes around a job, up to `size` jobs: next comes always the route of which most near jobs are
/// in those chosen before, measured by its length.
pub(super) fn around(
    instance: &Instance,
    routes: &[Vec<u32>],
    seed: u32,
    size: usize,
) -> Vec<usize> {
    let mut route_of = vec![0; instance.jobs];
    for (route, jobs) in routes.iter().enumerate() {
        jobs.iter().for_each(|&job| route_of[job as usize] = route);
    }
    let mut beside = vec![0_usize; routes.len()];
    let mut chosen = Vec::new();
    let mut next = Some(route_of[seed as usize]);
    let mut count = 0;
    while let Some(route) = next {
        chosen.push(route);
        count += routes[route].len();
        let partners = routes[route].iter().flat_map(|&job| instance.partners(job));
        partners.for_each(|&job| beside[route_of[job as usize]] += 1);
        next = (0..routes.len())
            .filter(|route| beside[*route] > 0 && !chosen.contains(route))
            .max_by_key(|&route| beside[route] * instance.jobs / routes[route].len().max(1))
            .filter(|&route| count + routes[route].len() <= size);
    }
    chosen
}

/// What the vehicles of the chosen routes can take, and a few that nobody drives.
fn limits(instance: &Instance, routes: &[Vec<u32>], chosen: &[usize]) -> Vec<i64> {
    let order = instance.heaviest_first(routes);
    let driven = (0..order.len()).filter(|&line| chosen.contains(&order[line]));
    let idle = (routes.len()..instance.routes_max).take(IDLE);
    driven.chain(idle).map(|line| instance.limit[line]).collect()
}
