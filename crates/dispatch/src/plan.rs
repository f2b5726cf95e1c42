//! Planning a day, from nothing or around what a person has locked.

use crate::input::PlanInput;
use crate::kept::{Kept, Scope};
use crate::route_plan::{PlannedRoute, Reason, RouteLock, RoutePlan, Unplanned, VanReason};
use crate::task::Task;
use crate::timing::timed;
use roads::{Matrix, Metric, RoadGraph};
use routing::{Block, Params, ProblemError, Progress, Solution, VehicleRoute};
use thiserror::Error;

/// How to search; see [`routing::Params`].
pub struct PlanParams<'a> {
    pub seed: u64,
    pub max_iterations: u64,
    /// The share of the time budget that is used up; the search stops at 1.0.
    pub spent: &'a mut dyn FnMut(Progress) -> f64,
}

/// Why no plan can be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    #[error("the travel times are for {found} places; the depot and the stops are {expected}")]
    MatrixSize { found: usize, expected: usize },
    #[error("two {what} have the id `{id}`")]
    DoubleId { what: &'static str, id: String },
    #[error("a number is out of range: {0}")]
    Problem(#[from] ProblemError),
}

/// Travel times between the depot and all stops, in the order that planning expects, with streets
/// closed as in `metric`.
pub fn travel(input: &PlanInput, roads: &RoadGraph, metric: &Metric) -> Matrix {
    let stops = input.stops.iter().map(|stop| stop.place);
    let places: Vec<_> = std::iter::once(input.depot.place).chain(stops).collect();
    roads.matrix_with(metric, &places, None)
}

/// Plans all stops from nothing.
pub fn plan(
    input: &PlanInput,
    matrix: &Matrix,
    params: &mut PlanParams,
) -> Result<RoutePlan, PlanError> {
    replan(input, matrix, &RoutePlan::default(), params)
}

/// Plans again, starting from `previous`. Routes locked in sequence stay as they are, locked stops
/// and the stops of locked drivers stay on their van, everything else may move.
pub fn replan(
    input: &PlanInput,
    matrix: &Matrix,
    previous: &RoutePlan,
    params: &mut PlanParams,
) -> Result<RoutePlan, PlanError> {
    replan_within(input, matrix, previous, &Scope::default(), params)
}

pub(crate) fn replan_within(
    input: &PlanInput,
    matrix: &Matrix,
    previous: &RoutePlan,
    scope: &Scope,
    params: &mut PlanParams,
) -> Result<RoutePlan, PlanError> {
    check_input(input, matrix)?;
    let kept = Kept::of(input, previous, scope);
    let task = kept.task(input, matrix, previous, scope);
    let mut search = Params {
        seed: params.seed,
        max_iterations: params.max_iterations,
        spent: &mut *params.spent,
        start: start(input, &task, previous),
    };
    let solution = routing::solve(&task.problem, &mut search)?;
    Ok(assemble(input, matrix, previous, &kept, &task, &solution))
}

fn check_input(input: &PlanInput, matrix: &Matrix) -> Result<(), PlanError> {
    let expected = input.stops.len() + 1;
    if matrix.size() != expected {
        return Err(PlanError::MatrixSize { found: matrix.size(), expected });
    }
    let mut stops: Vec<&String> = input.stops.iter().map(|stop| &stop.id).collect();
    let mut vans: Vec<&String> = input.vans.iter().map(|van| &van.id).collect();
    for (what, ids) in [("stops", &mut stops), ("vans", &mut vans)] {
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(PlanError::DoubleId { what, id: pair[0].clone() });
        }
    }
    Ok(())
}

/// The previous routes in the solver's numbers.
fn start(input: &PlanInput, task: &Task, previous: &RoutePlan) -> Vec<VehicleRoute> {
    let route = |route: &PlannedRoute| {
        let van = input.van_index(&route.van)?;
        let vehicle = task.vans.iter().position(|&known| known == van)?;
        let jobs = route.stops.iter().filter_map(|stop| {
            let index = input.stop_index(&stop.request)?;
            task.stops.iter().position(|&known| known == index)
        });
        Some(VehicleRoute { vehicle, jobs: jobs.collect(), ..VehicleRoute::default() })
    };
    previous.routes.iter().filter_map(route).collect()
}

fn assemble(
    input: &PlanInput,
    matrix: &Matrix,
    previous: &RoutePlan,
    kept: &Kept,
    task: &Task,
    solution: &Solution,
) -> RoutePlan {
    let mut by_van: Vec<(usize, Vec<usize>)> = kept.sequences.clone();
    by_van.extend(solution.routes.iter().map(|route| {
        let stops = route.jobs.iter().map(|&job| task.stops[job]).collect();
        (task.vans[route.vehicle], stops)
    }));
    for (van, driven) in kept.driven.iter().enumerate().filter(|(van, _)| !kept.frozen(*van)) {
        match by_van.iter_mut().find(|(known, _)| *known == van) {
            Some((_, stops)) => drop(stops.splice(0..0, driven.iter().copied())),
            None => by_van.push((van, driven.clone())),
        }
    }
    by_van.retain(|(_, stops)| !stops.is_empty());
    by_van.sort_by_key(|&(van, _)| van);
    let routes = by_van
        .iter()
        .map(|(van, stops)| {
            let mut route = timed(input, matrix, *van, stops).route;
            keep_locks(&mut route, previous, kept, input, *van);
            route
        })
        .collect();
    let mut plan = RoutePlan { routes, ..RoutePlan::default() };
    let why = |&job: &usize| unplanned(input, kept, task, solution, job, (matrix, &plan));
    let unplanned = solution.unassigned.iter().map(why).collect();
    plan.unplanned = unplanned;
    plan.totaled()
}

fn keep_locks(
    route: &mut PlannedRoute,
    previous: &RoutePlan,
    kept: &Kept,
    input: &PlanInput,
    van: usize,
) {
    let before = previous.route_of(&route.van);
    route.lock = before.map_or(RouteLock::Open, |before| before.lock);
    for stop in &mut route.stops {
        let was_locked =
            before.is_some_and(|b| b.stops.iter().any(|s| s.request == stop.request && s.locked));
        let index = input.stop_index(&stop.request);
        let requested = index.is_some_and(|index| {
            kept.fixed_van[index] == Some(van) && input.stops[index].locked_van.is_some()
        });
        stop.locked = was_locked || requested;
    }
}

fn unplanned(
    input: &PlanInput,
    kept: &Kept,
    task: &Task,
    solution: &Solution,
    job: usize,
    (matrix, plan): (&Matrix, &RoutePlan),
) -> Unplanned {
    let blocks = routing::explain_unassigned(&task.problem, solution, job);
    let reason_for = |van: usize| {
        if kept.frozen(van) {
            return state_reason(input, matrix, plan, task.stops[job], van);
        }
        match task.vans.iter().position(|&known| known == van) {
            Some(vehicle) if has_most_stops(task, solution, vehicle) => {
                reason(blocks[vehicle].min(Block::Limit))
            }
            Some(_) if !input.vans[van].can_have(&input.stops[task.stops[job]]) => {
                Reason::NotOnBoard
            }
            Some(_) if !input.vans[van].is_equipped_for(&input.stops[task.stops[job]]) => {
                Reason::NotEquipped
            }
            Some(vehicle) if blocks[vehicle] == Block::Limit && has_longest(input, van) => {
                Reason::TooFar
            }
            Some(vehicle) => reason(blocks[vehicle]),
            None => Reason::RouteLocked,
        }
    };
    let reasons = input
        .vans
        .iter()
        .enumerate()
        .map(|(van, details)| VanReason { van: details.id.clone(), reason: reason_for(van) })
        .collect();
    Unplanned { id: input.stops[task.stops[job]].id.clone(), reasons }
}

/// What keeps a stop from a van that was not planned anew.
fn state_reason(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    stop: usize,
    van: usize,
) -> Reason {
    let details = &input.vans[van];
    let lock = plan.route_of(&details.id).map_or(RouteLock::Open, |route| route.lock);
    if details.now.out {
        Reason::VanOut
    } else if lock == RouteLock::Sequence {
        Reason::RouteLocked
    } else {
        crate::advise::least(input, matrix, plan, stop, van)
            .map_or(Reason::RouteLocked, |least| least.reason)
    }
}

fn has_longest(input: &PlanInput, van: usize) -> bool {
    let rules = &input.vans[van].rules;
    rules.max_duration.is_some() || rules.max_distance.is_some()
}

fn has_most_stops(task: &Task, solution: &Solution, vehicle: usize) -> bool {
    let route = solution.routes.iter().find(|route| route.vehicle == vehicle);
    let count = route.map_or(0, |route| route.jobs.len());
    task.problem.vehicles[vehicle].max_stops.is_some_and(|most| count >= most)
}

fn reason(block: Block) -> Reason {
    match block {
        Block::Skill => Reason::OtherVan,
        Block::Unreachable => Reason::Unreachable,
        Block::TooLarge => Reason::TooLarge,
        Block::TimeWindow => Reason::TimeWindow,
        Block::Shift => Reason::Shift,
        Block::Limit => Reason::MaxStops,
        Block::Capacity => Reason::Full,
        Block::RouteTime => Reason::NoTime,
        Block::Cost => Reason::NotYetPlaced,
    }
}
