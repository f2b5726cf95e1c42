//! What a rule costs: the same search with and without it.

use crate::Violation;
use crate::explain::{route_of, trial, with_job};
use crate::problem::{Problem, ProblemError};
use crate::search::{Params, solve};
use crate::solution::Solution;

/// A change to the day that a dispatcher might ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// One more vehicle, like this one.
    OneMore { like: usize },
    /// This job may be done at any time.
    AnyTime { job: usize },
    /// This vehicle may come back later, by so much.
    LaterEnd { vehicle: usize, by: i64 },
}

/// What a change would bring, compared with the same search without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// New cost less old cost; negative is saved.
    pub cost: i64,
    /// Jobs left out with the change, less those left out without it.
    pub unassigned: i64,
    /// The plan with the change.
    pub solution: Solution,
}

/// Plans on from `solution` with and without the change, `iterations` steps each, and compares. A
/// change that names what does not exist changes nothing.
pub fn what_if(
    problem: &Problem,
    solution: &Solution,
    change: Change,
    seed: u64,
    iterations: u64,
) -> Result<Effect, ProblemError> {
    let run = |problem: &Problem| {
        let start = solution.routes.clone();
        let mut params = Params { seed, max_iterations: iterations, spent: &mut |_| 0.0, start };
        solve(problem, &mut params)
    };
    let (before, after) = (run(problem)?, run(&changed(problem, change))?);
    Ok(Effect {
        cost: after.cost - before.cost,
        unassigned: after.unassigned.len() as i64 - before.unassigned.len() as i64,
        solution: after,
    })
}

fn changed(problem: &Problem, change: Change) -> Problem {
    let mut problem = problem.clone();
    match change {
        Change::OneMore { like } => {
            if let Some(vehicle) = problem.vehicles.get(like).cloned() {
                let new = problem.vehicles.len();
                problem.vehicles.push(vehicle);
                let lists = problem.jobs.iter_mut().filter_map(|job| job.vehicles.as_mut());
                lists.filter(|list| list.contains(&like)).for_each(|list| list.push(new));
            }
        }
        Change::AnyTime { job } => {
            if let Some(job) = problem.jobs.get_mut(job) {
                job.windows.clear();
            }
        }
        Change::LaterEnd { vehicle, by } => {
            if let Some(vehicle) = problem.vehicles.get_mut(vehicle) {
                vehicle.shift.1 = vehicle.shift.1.saturating_add(by.max(0));
            }
        }
    }
    problem
}

/// The least that would have to give for a vehicle to take a job that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxation {
    pub vehicle: usize,
    /// Position in its route.
    pub at: usize,
    /// The rules that would be broken, and by how much; empty when it simply fits.
    pub broken: Vec<Violation>,
}

/// For each vehicle that may do the job at all, its best place and what stands in the way there:
/// fewest rules first, then the smallest amounts. The easiest vehicle comes first.
pub fn relaxations(problem: &Problem, solution: &Solution, job: usize) -> Vec<Relaxation> {
    let allowed = |vehicle: &usize| problem.may_do(*vehicle, job);
    let mut found: Vec<Relaxation> = (0..problem.vehicles.len())
        .filter(allowed)
        .filter_map(|vehicle| least(problem, solution, vehicle, job))
        .collect();
    found.sort_by_key(|relaxation| weight(&relaxation.broken));
    found
}

fn least(problem: &Problem, solution: &Solution, vehicle: usize, job: usize) -> Option<Relaxation> {
    let route = route_of(solution, vehicle);
    (0..=route.jobs.len())
        .flat_map(|at| with_job(problem, &route, at, job))
        .map(|(at, longer)| Relaxation { vehicle, at, broken: trial(problem, &longer) })
        .min_by_key(|relaxation| weight(&relaxation.broken))
}

/// Number of rules broken, and by how much in all.
pub(crate) fn weight(broken: &[Violation]) -> (usize, i64) {
    let amount = |violation: &Violation| match violation {
        Violation::Late { late, .. } | Violation::ShiftEnd { late, .. } => *late,
        Violation::Capacity { load, capacity, .. } => load - capacity,
        Violation::Coverage(_)
        | Violation::VehicleTwice(_)
        | Violation::NotAllowed { .. }
        | Violation::NoWay { .. }
        | Violation::Limit { .. }
        | Violation::Break { .. }
        | Violation::LeavesEarly { .. }
        | Violation::Pair(..)
        | Violation::Cost { .. } => i64::from(u32::MAX),
    };
    (broken.len(), broken.iter().map(amount).sum())
}
