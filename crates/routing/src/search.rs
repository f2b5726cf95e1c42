//! The search: ruin, recreate, accept or not, cooler and cooler.

use crate::anneal::Annealing;
use crate::breed::{breed, is_bred};
use crate::budget::Budget;
use crate::chance::Chance;
use crate::evolve::evolve;
use crate::locality::in_order;
use crate::model::Model;
use crate::plan::{answer, begin};
use crate::polish::polish;
use crate::problem::{Problem, ProblemError};
use crate::ruin::how_long;
use crate::schedule::driving_cost;
use crate::shrink::{is_worthwhile, shrink};
use crate::solution::{Solution, VehicleRoute};
use crate::state::State;
use crate::trips::unroll;

/// Start and end temperature as shares of the mean cost of one leg, by measurement; short routes
/// with windows begin at half of it. See docs/decisions/0008.
const HOT: f64 = 2.0;
const COLD: f64 = 0.02;

/// A plan to begin with is kept warm only: it is mostly good already, and the people who know it
/// want to recognize it.
const PLANNED_HEAT: f64 = 0.1;

/// Above this many jobs one long annealing is better than several crossed.
const EVOLVE_MAX: usize = 150;

/// Above this many jobs polishing takes longer than it is worth.
const POLISHED_MAX: usize = 2_000;

/// How far the search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub iteration: u64,
    pub best_cost: i64,
    pub unassigned: usize,
}

/// How to search.
pub struct Params<'a> {
    pub seed: u64,
    pub max_iterations: u64,
    /// Called every 50 iterations: the share of the caller's own budget that is used up. The search
    /// cools by the larger of this and the share of `max_iterations`, and stops at 1.0. A plain
    /// stop button answers 0.0 until pressed.
    pub spent: &'a mut dyn FnMut(Progress) -> f64,
    /// Routes to begin with, such as yesterday's plan; what does not fit is planned anew.
    pub start: Vec<VehicleRoute>,
}

/// Finds good routes. The same seed, and the same answers from `spent`, give the same solution.
pub fn solve(problem: &Problem, params: &mut Params) -> Result<Solution, ProblemError> {
    problem.validate()?;
    let ordered = in_order(problem);
    let unrolled = unroll(ordered.as_ref().unwrap_or(problem));
    let model = match &unrolled {
        Some(unrolled) => Model::new(&unrolled.problem, &unrolled.follows),
        None => Model::new(ordered.as_ref().unwrap_or(problem), &[]),
    };
    let mut chance = Chance::new(params.seed);
    let mut state = begin(&model, unrolled.as_ref(), &mut chance, &params.start);
    let mut budget = Budget::new(params.max_iterations, params.spent);
    let mut heat = heat(&model, &state);
    let planned = !params.start.is_empty();
    if planned {
        heat.0 *= PLANNED_HEAT;
    }
    if model.jobs > 0 && model.vehicles > 0 {
        let mut annealing = Annealing::new(&model, state);
        if !planned && is_worthwhile(&model, heat.0 / HOT) {
            shrink(&model, &mut annealing, &mut budget, &mut chance, heat);
        }
        if !planned && is_bred(&model) {
            breed(&model, &mut annealing, &mut budget, &mut chance, heat);
        } else if model.jobs <= EVOLVE_MAX && !model.chained && !planned {
            evolve(&model, &mut annealing, &mut budget, &mut chance, heat);
        } else {
            annealing.run(&mut budget, &mut chance, heat, 1.0);
        }
        state = annealing.state;
    }
    // Moves judge each route by itself.
    if !model.chained && model.jobs <= POLISHED_MAX {
        polish(&model, &mut state);
        debug_assert_eq!(state.recomputed_cost(&model), Some(state.cost));
    }
    Ok(answer(problem, (&model, unrolled.as_ref()), &state, budget.iteration))
}

/// Temperatures to begin and to end with.
fn heat(model: &Model, state: &State) -> (f64, f64) {
    let used = || (0..model.vehicles).filter(|&vehicle| !state.routes[vehicle].jobs.is_empty());
    let driving: i64 =
        used().map(|vehicle| driving_cost(model, vehicle, &state.routes[vehicle].jobs)).sum();
    let legs = (model.jobs - state.absent.len() + used().count()).max(1);
    let leg = (driving as f64 / legs as f64).max(1.0);
    let mean_length = (model.jobs - state.absent.len()) as f64 / used().count().max(1) as f64;
    let hot = if model.timeless { HOT } else { HOT * (0.5 + 0.5 * how_long(mean_length)) };
    (leg * hot, leg * COLD)
}
