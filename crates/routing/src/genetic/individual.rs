//! One plan of the population: its routes, what it costs and by how much it breaks rules.

use super::angles::angle;
use super::instance::Instance;
use super::weights::Weights;

#[derive(Debug, Clone)]
pub(super) struct Individual {
    /// Routes with jobs, in the order of the directions in which they lie.
    pub routes: Vec<Vec<u32>>,
    pub cost: i64,
    pub excess: i64,
    pub warp: i64,
    /// The node before and after each job; the depot is one past the last job.
    pub before: Vec<u32>,
    pub after: Vec<u32>,
}

impl Individual {
    pub(super) fn new(instance: &Instance, routes: Vec<Vec<u32>>) -> Individual {
        let depot = instance.depot();
        let mut plan = Individual {
            routes: in_order(instance, routes),
            cost: 0,
            excess: 0,
            warp: 0,
            before: vec![depot; instance.jobs],
            after: vec![depot; instance.jobs],
        };
        for (line, route) in instance.heaviest_first(&plan.routes).into_iter().enumerate() {
            let jobs = &plan.routes[route];
            let (cost, load, warp) = measure(instance, jobs);
            let limit = instance.limit[line.min(instance.routes_max - 1)];
            plan.cost += cost;
            plan.excess += instance.packing.excess(load, limit);
            plan.warp += warp;
            for pair in jobs.windows(2) {
                plan.after[pair[0] as usize] = pair[1];
                plan.before[pair[1] as usize] = pair[0];
            }
        }
        plan
    }

    pub(super) fn is_feasible(&self) -> bool {
        self.excess == 0 && self.warp == 0
    }

    pub(super) fn penalized(&self, weights: &Weights) -> i64 {
        self.cost + weights.penalty(self.excess, self.warp)
    }

    /// Whether one of its routes is this one.
    pub(super) fn has_route(&self, jobs: &[u32]) -> bool {
        let depot = self.after.len() as u32;
        let ends = (jobs.first(), jobs.last());
        let (Some(&first), Some(&last)) = ends else { return true };
        self.before[first as usize] == depot
            && self.after[last as usize] == depot
            && jobs.windows(2).all(|pair| self.after[pair[0] as usize] == pair[1])
    }

    /// Broken pairs: how many jobs have neither the follower nor, from either end of a route, the
    /// neighbor that they have in the other plan (Vidal 2022, section 3.1).
    pub(super) fn distance(&self, other: &Individual, symmetric: bool) -> u32 {
        let depot = self.after.len() as u32;
        let mut broken = 0;
        for job in 0..self.after.len() {
            let (after, before) = (self.after[job], self.before[job]);
            let (theirs, others) = (other.after[job], other.before[job]);
            let turned = symmetric && after == others;
            broken += u32::from(after != theirs && !turned);
            let turned = symmetric && theirs == depot;
            broken += u32::from(before == depot && others != depot && !turned);
        }
        broken
    }
}

/// Cost, load and time warp of a route, by going along it.
pub(super) fn measure(instance: &Instance, jobs: &[u32]) -> (i64, i64, i64) {
    let depot = instance.depot();
    let mut cost = 0;
    let mut load = 0;
    let mut span = instance.own_span(depot);
    let mut last = depot;
    for &node in jobs.iter().chain(std::iter::once(&depot)) {
        cost += instance.cost(last, node);
        if instance.timed {
            span = span.then(instance.time(last, node), instance.own_span(node));
        }
        load += instance.load.get(node as usize).copied().unwrap_or(0);
        last = node;
    }
    (cost, load, if instance.timed { span.warp } else { 0 })
}

/// Routes by the direction of their middle, without empty ones.
fn in_order(instance: &Instance, mut routes: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    routes.retain(|jobs| !jobs.is_empty());
    let middle = |jobs: &Vec<u32>| {
        let points = jobs.iter().map(|&job| instance.angle[job as usize]);
        angle(points.fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1)))
    };
    let mut keyed: Vec<(f64, Vec<u32>)> =
        routes.into_iter().map(|jobs| (middle(&jobs), jobs)).collect();
    keyed.sort_by(|one, two| one.0.total_cmp(&two.0));
    keyed.into_iter().map(|(_, jobs)| jobs).collect()
}
