//! Why a job is in nobody's route: for each vehicle, the first thing that stands in the way.

use crate::problem::{Problem, UNREACHABLE};
use crate::solution::{Solution, VehicleRoute};
use crate::what_if::weight;
use crate::{Violation, check};
use serde::{Deserialize, Serialize};

/// What keeps a job from one vehicle. Ordered by how hard it is to help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The vehicle may not do this job: skills, or a fixed assignment.
    Skill,
    /// No way there or back.
    Unreachable,
    /// The load is more than the empty vehicle holds.
    TooLarge,
    /// Even an empty route reaches the job after its last window.
    TimeWindow,
    /// Even an empty route ends after the shift.
    Shift,
    /// Even an empty route is beyond the vehicle's longest distance or duration.
    Limit,
    /// It fits alone, but the route is full.
    Capacity,
    /// It fits alone, but nowhere in this route without someone being late.
    RouteTime,
    /// It would fit; leaving it out is cheaper, or the search has not found the place yet.
    Cost,
}

/// For each vehicle, in their order, what keeps `job` out of its route in `solution`.
pub fn explain_unassigned(problem: &Problem, solution: &Solution, job: usize) -> Vec<Block> {
    (0..problem.vehicles.len())
        .map(|vehicle| explain(problem, &route_of(solution, vehicle), job))
        .collect()
}

/// What a vehicle drives, if it does.
pub(crate) fn route_of(solution: &Solution, vehicle: usize) -> VehicleRoute {
    let idle = || VehicleRoute { vehicle, ..VehicleRoute::default() };
    solution.routes.iter().find(|route| route.vehicle == vehicle).cloned().unwrap_or_else(idle)
}

fn explain(problem: &Problem, route: &VehicleRoute, job: usize) -> Block {
    let vehicle = route.vehicle;
    let details = &problem.vehicles[vehicle];
    let place = problem.jobs[job].place;
    if !problem.may_do(vehicle, job) {
        return Block::Skill;
    }
    let there = problem.duration(details.start, place);
    let back = problem.duration(place, details.end);
    if there.max(back) >= UNREACHABLE {
        return Block::Unreachable;
    }
    let jobs = whole(problem, job);
    let alone = trial(problem, &VehicleRoute { vehicle, jobs, ..VehicleRoute::default() });
    if let Some(block) = alone.iter().map(block).min() {
        return block;
    }
    let mut least: Option<Block> = None;
    for (_, longer) in (0..=route.jobs.len()).flat_map(|at| with_job(problem, route, at, job)) {
        let worst = trial(problem, &longer).iter().map(in_route).min();
        match worst {
            None => return Block::Cost,
            // Full everywhere is capacity; full here but late there is a matter of time.
            Some(found) => least = Some(least.map_or(found, |known| known.max(found))),
        }
    }
    least.unwrap_or(Block::Cost)
}

/// The job, with its other half if it is one of a pair.
pub(crate) fn whole(problem: &Problem, job: usize) -> Vec<usize> {
    let pair = problem.pairs.iter().find(|&&(pickup, delivery)| pickup == job || delivery == job);
    pair.map_or(vec![job], |&(pickup, delivery)| vec![pickup, delivery])
}

/// The route with the job at a position: in the trip before or after a return that is there, or as
/// a trip of its own.
pub(crate) fn with_job(
    problem: &Problem,
    route: &VehicleRoute,
    at: usize,
    job: usize,
) -> Vec<(usize, VehicleRoute)> {
    let more = whole(problem, job);
    let count = more.len();
    let mut jobs = route.jobs.clone();
    jobs.splice(at..at, more);
    let moved = |from: usize| -> Vec<usize> {
        let later = |&reload: &usize| if reload >= from { reload + count } else { reload };
        route.reloads.iter().map(later).collect()
    };
    let mut ways = vec![moved(at)];
    if route.reloads.contains(&at) {
        ways.push(moved(at + 1));
    }
    let most = problem.vehicles[route.vehicle].trips_max;
    let beside = [at, at + count].into_iter().filter(|&reload| 0 < reload && reload < jobs.len());
    let mut alone: Vec<usize> = moved(at).into_iter().chain(beside).collect();
    alone.sort_unstable();
    alone.dedup();
    if alone.len() < most && !ways.contains(&alone) {
        ways.push(alone);
    }
    let way = |reloads| {
        let (vehicle, jobs) = (route.vehicle, jobs.clone());
        (at, VehicleRoute { vehicle, jobs, reloads, ..VehicleRoute::default() })
    };
    ways.into_iter().map(way).collect()
}

/// What such a route breaks, with the break where it breaks least.
pub(crate) fn trial(problem: &Problem, route: &VehicleRoute) -> Vec<Violation> {
    let used = |job: &usize| route.jobs.contains(job);
    let unassigned: Vec<usize> = (0..problem.jobs.len()).filter(|job| !used(job)).collect();
    let with_pause = |pause_before: Option<usize>| {
        let route = VehicleRoute { pause_before, ..route.clone() };
        let (routes, unassigned) = (vec![route], unassigned.clone());
        let mut broken = check(problem, &Solution { routes, unassigned, ..Solution::default() });
        broken.retain(|violation| !matches!(violation, Violation::Cost { .. }));
        broken
    };
    let legs = problem.vehicles[route.vehicle].pause.map_or(0, |_| route.jobs.len() + 1);
    let pauses = std::iter::once(None).chain((0..legs).map(Some));
    pauses.map(with_pause).min_by_key(|broken| weight(broken)).unwrap_or_default()
}

/// What a violation of a route with only this job means.
fn block(violation: &Violation) -> Block {
    match violation {
        Violation::NotAllowed { .. } => Block::Skill,
        Violation::NoWay { .. } => Block::Unreachable,
        Violation::Capacity { .. } => Block::TooLarge,
        Violation::Late { .. } => Block::TimeWindow,
        Violation::ShiftEnd { .. } | Violation::Break { .. } => Block::Shift,
        Violation::Limit { .. }
        | Violation::LeavesEarly { .. }
        | Violation::Coverage(_)
        | Violation::VehicleTwice(_)
        | Violation::Pair(..)
        | Violation::Cost { .. } => Block::Limit,
    }
}

/// What a violation means when the job alone would be fine.
fn in_route(violation: &Violation) -> Block {
    match block(violation) {
        Block::TooLarge => Block::Capacity,
        _ => Block::RouteTime,
    }
}
