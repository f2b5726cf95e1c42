//! The search: ruin, recreate, accept or not, cooler and cooler.

use crate::best::Best;
use crate::chance::{Chance, ln, power};
use crate::model::Model;
use crate::polish::polish;
use crate::problem::{Problem, ProblemError};
use crate::journal::Journal;
use crate::recreate::recreate;
use crate::ruin::ruin;
use crate::plan::{answer, begin, paid};
use crate::schedule::driving_cost;
use crate::solution::{Solution, VehicleRoute};
use crate::spots::Blink;
use crate::state::State;
use crate::trips::unroll;

/// Start and end temperature as shares of the mean cost of one leg. The paper's 100 and 1 are 0.4
/// and 0.004 legs where there are no windows, but 10 and 0.1 on Solomon's maps; of 0.1, 0.3, 1, 2
/// and 5, this did best over both kinds in 10 s, above all on few long routes.
const HOT: f64 = 2.0;
const COLD: f64 = 0.02;
/// Iterations between two questions to the caller.
const STRIDE: u64 = 50;

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
    let unrolled = unroll(problem);
    let model = match &unrolled {
        Some(unrolled) => Model::new(&unrolled.problem, &unrolled.follows),
        None => Model::new(problem, &[]),
    };
    let mut chance = Chance::new(params.seed);
    let mut blink = Blink::new();
    let mut journal = Journal::default();
    let mut state = begin(&model, unrolled.as_ref(), &mut chance, &params.start);
    let mut best = Best::new(&state);
    let legs = (model.jobs + model.vehicles.min(model.jobs)).max(1);
    let driving: i64 = (0..state.routes.len())
        .map(|vehicle| (vehicle, &state.routes[vehicle].jobs))
        .filter(|(_, jobs)| !jobs.is_empty())
        .map(|(vehicle, jobs)| driving_cost(&model, vehicle, jobs))
        .sum();
    let env = |n: &str, d: f64| std::env::var(n).map_or(d, |v| v.parse().unwrap());
    let (h, c) = (env("HOT", HOT), env("COLD", COLD));
    let hot = (driving as f64 / legs as f64 * h).max(1.0);
    let mut temperature = hot;
    let mut iteration = 0;
    while iteration < params.max_iterations && model.jobs > 0 {
        if iteration % STRIDE == 0 {
            let progress = Progress {
                iteration,
                best_cost: paid(&model, best.cost, &best.absent),
                unassigned: best.absent.len(),
            };
            let counted = iteration as f64 / params.max_iterations as f64;
            let share = (params.spent)(progress).max(counted);
            if share >= 1.0 {
                break;
            }
            temperature = hot * power(c / h, share);
        }
        iteration += 1;
        if step(&model, &mut state, &mut chance, &mut blink, &mut journal, temperature) {
            best.watch(&state, &journal);
        }
    }
    best.restore(&model, &mut state);
    // Moves judge each route by itself.
    if !model.chained {
        polish(&model, &mut state);
        debug_assert_eq!(state.recomputed_cost(&model), Some(state.cost));
    }
    Ok(answer(problem, unrolled.as_ref(), &state, iteration))
}

/// One ruin and recreate; whether it was kept, or else taken back.
fn step(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    blink: &mut Blink,
    journal: &mut Journal,
    temperature: f64,
) -> bool {
    let before = state.cost;
    journal.begin(state);
    let seed = ruin(model, state, chance, journal);
    recreate(model, state, chance, blink, journal, Some(seed));
    let allowance = -temperature * ln(chance.unit());
    let kept = (state.cost as f64) < before as f64 + allowance;
    if !kept {
        journal.undo(model, state);
    }
    kept
}
