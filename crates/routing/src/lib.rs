//! Routing: which vehicle visits which place, in what order, at the least cost.
//!
//! Architecture Invariant: knows no orders and no maps, reads no clock, and uses no randomness but
//! its seed. The caller says how much of the budget is spent; the same answers give the same plan.
//!
//! Data in -> data out: [`Problem`] -> [`solve`] -> [`Solution`]; [`check()`] judges any solution
//! by its own arithmetic, [`explain_unassigned`] and [`relaxations`] say what keeps a job from each
//! vehicle, [`what_if`] what a rule costs. Costs are whole numbers; a problem is built once into flat
//! arrays.

mod problem;
mod rules;
mod chance;
mod trips;
mod locality;
mod grid;
mod near;
mod model;
mod span;
mod rich;
mod day;
mod schedule;
mod state;
mod chain;
mod insertion;
mod journal;
mod best;
mod ruin;
mod spots;
mod pair_spots;
mod recreate;
pub mod moves;
mod polish;
mod plan;
mod budget;
mod anneal;
mod cross;
mod evolve;
mod shrink;
mod genetic;
mod breed;
mod search;
mod solution;
mod check;
mod check_drive;
mod terms;
mod explain;
mod what_if;
mod islands;
#[cfg(test)]
mod sample;
pub mod formats;

pub use check::{Violation, check};
pub use explain::{Block, explain_unassigned};
pub use islands::{best_of, island_seed};
pub use problem::{Job, Pause, Problem, ProblemError, UNREACHABLE, Vehicle};
pub use rich::{arrive_after, driven};
pub use search::{Params, Progress, solve};
pub use solution::{Solution, VehicleRoute};
pub use terms::{Terms, route_terms, terms};
pub use what_if::{Change, Effect, Relaxation, relaxations, what_if};
