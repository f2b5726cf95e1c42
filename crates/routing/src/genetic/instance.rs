//! A plain problem in flat arrays: one depot, equal vehicles, one load, one window per job.

use super::angles::angles;
use super::individual::{Individual, measure};
use super::loads::{Packed, Packing, can_pack, pack};
use crate::model::Model;
use crate::problem::{UNREACHABLE, Vehicle};
use crate::span::Span;
use crate::state::job_span;

/// Costs and times of single legs stay below this, so that a leg is four bytes. It is what a leg
/// costs that nobody can drive: more than the plan that is known beforehand comes to, so that no plan
/// with such a leg is the best.
pub(super) const FORBIDDEN: i64 = 1 << 30;

/// Partners of each job in the local search (granularity): Vidal, "Hybrid genetic search for the
/// CVRP", 2022, section 3.3, takes 20; with windows the nearest in distance often do not fit.
const PARTNERS: usize = 20;
const PARTNERS_TIMED: usize = 24;

pub(crate) struct Instance {
    /// Nodes below this are the jobs of the model; every other node is the depot.
    pub jobs: usize,
    /// Routes that the search may use.
    pub routes_max: usize,
    pub packing: Packing,
    /// Packed, by job, and what each route can take, the most first.
    pub load: Vec<i64>,
    pub limit: Vec<i64>,
    /// The vehicle that has such a limit, by route.
    vehicle: Vec<u32>,
    /// What using a vehicle costs.
    pub fixed_cost: i64,
    /// What a route about in the middle can take.
    pub usual_limit: i64,
    /// Each job by itself, and the depot's hours last.
    pub span: Vec<Span>,
    pub timed: bool,
    /// Whether a way costs the same in both directions.
    pub symmetric: bool,
    /// Whether there is no way between some places.
    pub has_gaps: bool,
    /// A number that grows with the direction in which each job lies from the depot.
    pub angle: Vec<(f64, f64)>,
    /// Flat `[from * (jobs + 1) + to]`, the depot last.
    costs: Vec<i32>,
    /// The same in time; empty where it would be the same.
    times: Vec<i32>,
    partners: Vec<u32>,
    width: usize,
}

impl Instance {
    /// Whether the problem has nothing to it that a genetic search does not know.
    pub(crate) fn is_for(model: &Model) -> bool {
        let Some(vehicle) = model.problem.vehicles.first() else { return false };
        model.jobs > 3
            && alike_but_for_loads(model)
            && can_pack(model)
            && !model.needs_spans
            && !model.limits_distance
            && !model.chained
            && !model.is_rich
            && !model.has_several_windows
            && nobody_is_worth_leaving(model)
            && model.everyone_may_do_everything()
            && vehicle.start == vehicle.end
    }

    /// The problem in flat arrays, a plan with `used` routes being known; `None` if a leg is too
    /// long.
    pub(crate) fn of(model: &Model, used: usize) -> Option<Instance> {
        let depot = model.problem.vehicles[0].start as u32;
        let places: Vec<u32> =
            model.place[..model.jobs].iter().copied().chain(std::iter::once(depot)).collect();
        let (costs, times) = legs(model, &places)?;
        let size = places.len();
        let shift = model.problem.vehicles[0].shift;
        let jobs = 0..model.jobs as u32;
        let Packed { packing, load, limit } = pack(model)?;
        let mut vehicle: Vec<u32> = (0..model.vehicles as u32).collect();
        vehicle.sort_by_key(|&van| -packing.sum(limit[van as usize]));
        vehicle.truncate(used + used / 3 + 3);
        let limit: Vec<i64> = vehicle.iter().map(|&van| limit[van as usize]).collect();
        let width = if !model.has_hours { PARTNERS } else { PARTNERS_TIMED }.min(model.jobs - 1);
        let symmetric =
            (0..size).all(|a| (0..a).all(|b| costs[a * size + b] == costs[b * size + a]));
        Some(Instance {
            jobs: model.jobs,
            routes_max: limit.len(),
            packing,
            usual_limit: limit[(used / 2).min(limit.len() - 1)],
            limit,
            vehicle,
            fixed_cost: model.problem.vehicles[0].fixed_cost,
            load,
            span: jobs
                .clone()
                .map(|job| job_span(model, job))
                .chain(std::iter::once(Span::stop(0, shift.0, shift.1)))
                .collect(),
            timed: model.has_hours,
            symmetric,
            has_gaps: costs.iter().any(|&cost| i64::from(cost) == FORBIDDEN),
            angle: angles(size - 1, |a, b| f64::from(driven(&costs, size, (a, b)))),
            partners: jobs
                .flat_map(|job| model.near.before(job)[..width].iter().map(|beside| beside.job))
                .collect(),
            times: if times == costs { Vec::new() } else { times },
            costs,
            width,
        })
    }

    /// Some of the jobs as a problem of their own, for vehicles with these limits.
    pub(super) fn part(&self, model: &Model, jobs: &[u32], mut limit: Vec<i64>) -> Instance {
        limit.sort_by_key(|&limit| -self.packing.sum(limit));
        let mut number = vec![u32::MAX; self.jobs];
        jobs.iter().enumerate().for_each(|(index, &job)| number[job as usize] = index as u32);
        let nodes = || jobs.iter().copied().chain(std::iter::once(self.depot()));
        let cut = |cells: &[i32]| -> Vec<i32> {
            let row = |from: u32| nodes().map(move |to| cells[self.cell(from, to)]);
            if cells.is_empty() { Vec::new() } else { nodes().flat_map(row).collect() }
        };
        let width = self.width.min(jobs.len() - 1);
        let mut partners = Vec::with_capacity(width * jobs.len());
        for (index, &job) in jobs.iter().enumerate() {
            let near = model.near.before(job).iter().map(|beside| number[beside.job as usize]);
            let mut near: Vec<u32> = near.filter(|&other| other != u32::MAX).take(width).collect();
            if near.len() < width {
                let others = 0..jobs.len() as u32;
                let mut others: Vec<u32> =
                    others.filter(|o| *o as usize != index && !near.contains(o)).collect();
                others.sort_by_key(|&other| (self.cost(jobs[other as usize], job), other));
                near.extend(others.into_iter().take(width - near.len()));
            }
            partners.extend(near);
        }
        Instance {
            jobs: jobs.len(),
            routes_max: limit.len(),
            packing: self.packing,
            load: jobs.iter().map(|&job| self.load[job as usize]).collect(),
            usual_limit: limit[limit.len() / 2],
            limit,
            vehicle: Vec::new(),
            fixed_cost: self.fixed_cost,
            span: nodes().map(|node| self.own_span(node)).collect(),
            timed: self.timed,
            symmetric: self.symmetric,
            has_gaps: self.has_gaps,
            angle: jobs.iter().map(|&job| self.angle[job as usize]).collect(),
            costs: cut(&self.costs),
            times: cut(&self.times),
            partners,
            width,
        }
    }

    /// Whether a search can go on from this plan: it must know how to tell a better one.
    pub(crate) fn can_begin_with(&self, routes: &[Vec<u32>]) -> bool {
        let plan = Individual::new(self, routes.to_vec());
        plan.is_feasible() && (!self.has_gaps || plan.cost < FORBIDDEN)
    }

    /// Whether a usual vehicle can take this, or is as good as full with it.
    pub(super) fn fits(&self, load: i64) -> bool {
        self.packing.excess(load, self.usual_limit) == 0
    }

    pub(super) fn is_used(&self, load: i64, percent: i64) -> bool {
        self.packing.is_used(load, self.usual_limit, percent)
    }

    /// Whether some vehicles can take more than others.
    pub(super) fn is_mixed(&self) -> bool {
        self.limit.iter().any(|limit| *limit != self.limit[0])
    }

    /// Routes in the order of what they load: the most goes to the vehicle that can take the most.
    pub(super) fn heaviest_first(&self, routes: &[Vec<u32>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..routes.len()).collect();
        if self.is_mixed() {
            let load = |route: usize| self.packing.sum(measure(self, &routes[route]).1);
            order.sort_by_cached_key(|&route| -load(route));
        }
        order
    }

    /// Routes with their vehicles.
    pub(crate) fn driven_by(&self, mut routes: Vec<Vec<u32>>) -> Vec<(usize, Vec<u32>)> {
        routes.retain(|jobs| !jobs.is_empty());
        let order = self.heaviest_first(&routes);
        let drive = |(line, route): (usize, usize)| {
            (self.vehicle[line] as usize, std::mem::take(&mut routes[route]))
        };
        order.into_iter().enumerate().map(drive).collect()
    }

    #[inline]
    fn cell(&self, from: u32, to: u32) -> usize {
        let depot = self.jobs;
        (from as usize).min(depot) * (depot + 1) + (to as usize).min(depot)
    }

    #[inline]
    pub(super) fn cost(&self, from: u32, to: u32) -> i64 {
        i64::from(self.costs[self.cell(from, to)])
    }

    #[inline]
    pub(super) fn time(&self, from: u32, to: u32) -> i64 {
        let times = if self.times.is_empty() { &self.costs } else { &self.times };
        i64::from(times[self.cell(from, to)])
    }

    #[inline]
    pub(super) fn own_span(&self, node: u32) -> Span {
        self.span[(node as usize).min(self.jobs)]
    }

    /// Jobs after which this one fits best.
    pub(super) fn partners(&self, job: u32) -> &[u32] {
        &self.partners[job as usize * self.width..(job as usize + 1) * self.width]
    }

    /// The depot, in places where its node in a route does not matter.
    pub(super) fn depot(&self) -> u32 {
        self.jobs as u32
    }
}

/// All legs, the last row and column the depot's; an unused vehicle drives from depot to depot for
/// nothing, and the way out bears what using a vehicle costs.
fn legs(model: &Model, places: &[u32]) -> Option<(Vec<i32>, Vec<i32>)> {
    let depot = places.len() - 1;
    let fixed = model.problem.vehicles[0].fixed_cost;
    let cells = places.len() * places.len();
    let (mut costs, mut times) = (Vec::with_capacity(cells), Vec::with_capacity(cells));
    for (row, &from) in places.iter().enumerate() {
        for (column, &to) in places.iter().enumerate() {
            let out = row == depot && column != depot;
            let mut cost = model.costs(0).get(from, to) + if out { fixed } else { 0 };
            let mut time = model.duration(from, to);
            if row == column {
                (cost, time) = (0, 0);
            }
            if cost.max(time) >= UNREACHABLE {
                (cost, time) = (FORBIDDEN, FORBIDDEN);
            } else if cost.max(time) >= FORBIDDEN {
                return None;
            }
            costs.push(cost as i32);
            if model.has_hours {
                times.push(time as i32);
            }
        }
    }
    Some((costs, times))
}

/// The way between two places, in the other direction if there is none in this one.
fn driven(costs: &[i32], size: usize, (to, from): (usize, usize)) -> i32 {
    let cost = costs[from * size + to];
    if i64::from(cost) < FORBIDDEN { cost } else { costs[to * size + from] }
}

/// Whether the vehicles differ in nothing but what they can take.
fn alike_but_for_loads(model: &Model) -> bool {
    let alike =
        |vehicle: &Vehicle| Vehicle { capacity: Vec::new(), max_stops: None, ..vehicle.clone() };
    let mut vehicles = model.problem.vehicles.iter().map(alike);
    let first = vehicles.next();
    vehicles.all(|vehicle| Some(vehicle) == first)
}

/// Whether leaving a job out costs at least as much as going there alone: then it is done wherever
/// it can be.
fn nobody_is_worth_leaving(model: &Model) -> bool {
    let vehicle = &model.problem.vehicles[0];
    let costs = model.costs(0);
    let alone = |job: usize| {
        let place = model.place[job];
        let ways = costs.get(vehicle.start as u32, place) + costs.get(place, vehicle.end as u32);
        vehicle.fixed_cost + ways
    };
    let prizes = model.problem.jobs.iter().map(|job| job.prize);
    prizes.enumerate().all(|(job, prize)| prize.is_none_or(|prize| prize >= alone(job)))
}
