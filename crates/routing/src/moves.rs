//! Classic local moves, one per file. Each says which routes it would leave behind; its cost
//! difference comes from the legs it changes alone, and tests hold it against full recomputation.

mod relocate;
mod swap;
mod two_opt;
mod two_opt_star;
mod or_opt;

use crate::model::Model;
use crate::state::State;

/// A change to one or two routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    /// Vehicles with their new jobs.
    pub routes: Vec<(usize, Vec<u32>)>,
    /// New cost less old cost.
    pub delta: i64,
}

/// A place in a route: vehicle and position.
pub(crate) type At = (usize, usize);

pub(crate) type Try = fn(&Model, &State, At, At) -> Option<Move>;

/// All moves, cheapest to judge first.
pub(crate) const ALL: [(&str, Try); 5] = [
    ("relocate", relocate::relocate),
    ("swap", swap::swap),
    ("or-opt", or_opt::or_opt),
    ("2-opt", two_opt::two_opt),
    ("2-opt*", two_opt_star::two_opt_star),
];

/// The place before position `at` of a list of jobs, or where the vehicle starts.
fn before(model: &Model, vehicle: usize, jobs: &[u32], at: usize) -> u32 {
    match at.checked_sub(1) {
        Some(previous) => model.place[jobs[previous] as usize],
        None => model.problem.vehicles[vehicle].start as u32,
    }
}

/// The place at position `at` of a list of jobs, or where the vehicle ends.
fn here(model: &Model, vehicle: usize, jobs: &[u32], at: usize) -> u32 {
    match jobs.get(at) {
        Some(&job) => model.place[job as usize],
        None => model.problem.vehicles[vehicle].end as u32,
    }
}

/// What emptying or opening a route changes, beyond the legs: an unused vehicle costs nothing, not
/// even the way from its start to its end.
fn opening(model: &Model, vehicle: usize, jobs_before: usize, jobs_after: usize) -> i64 {
    let details = &model.problem.vehicles[vehicle];
    let idle = model.costs(vehicle).get(details.start as u32, details.end as u32);
    match (jobs_before, jobs_after) {
        (0, 1..) => details.fixed_cost + idle,
        (1.., 0) => -details.fixed_cost - idle,
        _ => 0,
    }
}
