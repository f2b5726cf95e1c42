//! The search: ruin, recreate, accept or not, cooler and cooler.

use crate::chance::{Chance, ln, power};
use crate::model::Model;
use crate::polish::polish;
use crate::problem::{Problem, ProblemError};
use crate::recreate::recreate;
use crate::ruin::{Touched, ruin};
use crate::schedule::{driving_cost, work_out};
use crate::solution::{Solution, VehicleRoute};
use crate::state::{ABSENT, State};

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
    let model = Model::new(problem);
    let mut chance = Chance::new(params.seed);
    let mut state = begin(&model, &mut chance, &params.start);
    let mut best = state.clone();
    let legs = (model.jobs + problem.vehicles.len().min(model.jobs)).max(1);
    let driving: i64 = (0..state.routes.len())
        .map(|vehicle| (vehicle, &state.routes[vehicle].jobs))
        .filter(|(_, jobs)| !jobs.is_empty())
        .map(|(vehicle, jobs)| driving_cost(&model, vehicle, jobs))
        .sum();
    let hot = (driving as f64 / legs as f64 * HOT).max(1.0);
    let mut temperature = hot;
    let mut iteration = 0;
    while iteration < params.max_iterations && model.jobs > 0 {
        if iteration % STRIDE == 0 {
            let progress = Progress {
                iteration,
                best_cost: paid(&model, &best),
                unassigned: best.absent.len(),
            };
            let counted = iteration as f64 / params.max_iterations as f64;
            let share = (params.spent)(progress).max(counted);
            if share >= 1.0 {
                break;
            }
            temperature = hot * power(COLD / HOT, share);
        }
        iteration += 1;
        step(&model, &mut state, &mut best, &mut chance, temperature);
    }
    polish(&model, &mut best);
    debug_assert_eq!(best.recomputed_cost(&model), Some(best.cost));
    Ok(answer(&model, &best, iteration))
}

fn step(model: &Model, state: &mut State, best: &mut State, chance: &mut Chance, temperature: f64) {
    let cost_before = state.cost;
    let absent_before = state.absent.clone();
    let paid = |jobs: &[u32]| jobs.iter().map(|&job| model.absence[job as usize]).sum::<i64>();
    let mut touched = ruin(model, state, chance);
    state.cost += paid(&state.absent) - paid(&absent_before);
    recreate(model, state, chance, &mut touched);
    let allowance = -temperature * ln(chance.unit());
    if (state.cost as f64) < cost_before as f64 + allowance {
        if state.cost < best.cost {
            best.clone_from(state);
        }
    } else {
        undo(model, state, touched, absent_before);
        debug_assert_eq!(state.cost, cost_before);
    }
}

fn undo(model: &Model, state: &mut State, touched: Touched, absent: Vec<u32>) {
    let paid = |jobs: &[u32]| jobs.iter().map(|&job| model.absence[job as usize]).sum::<i64>();
    state.cost += paid(&absent) - paid(&state.absent);
    for (vehicle, jobs) in touched {
        state.set_route(model, vehicle, jobs);
    }
    for &job in &absent {
        state.vehicle[job as usize] = ABSENT;
    }
    state.absent = absent;
}

/// The routes asked for as far as they are feasible, and everything else inserted greedily.
fn begin(model: &Model, chance: &mut Chance, start: &[VehicleRoute]) -> State {
    let mut state = State::empty(model);
    let mut taken = vec![false; model.jobs];
    for route in start {
        let mut jobs: Vec<u32> = Vec::new();
        for &job in &route.jobs {
            if job < model.jobs && !std::mem::replace(&mut taken[job], true) {
                jobs.push(job as u32);
            }
        }
        let known = route.vehicle < state.routes.len();
        if known
            && state.routes[route.vehicle].jobs.is_empty()
            && work_out(model, route.vehicle, &jobs).is_some()
        {
            state.cost -= jobs.iter().map(|&job| model.absence[job as usize]).sum::<i64>();
            state.absent.retain(|job| !jobs.contains(job));
            state.set_route(model, route.vehicle, jobs);
        } else {
            jobs.iter().for_each(|&job| taken[job as usize] = false);
        }
    }
    recreate(model, &mut state, chance, &mut Vec::new());
    state
}

/// Cost as the caller understands it: without the deterrent for leaving out a mandatory job.
fn paid(model: &Model, state: &State) -> i64 {
    let deterrent: i64 = state
        .absent
        .iter()
        .filter(|&&job| model.problem.jobs[job as usize].prize.is_none())
        .map(|&job| model.absence[job as usize])
        .sum();
    state.cost - deterrent
}

fn answer(model: &Model, state: &State, iterations: u64) -> Solution {
    let routes = state
        .routes
        .iter()
        .enumerate()
        .filter(|(_, route)| !route.jobs.is_empty())
        .map(|(vehicle, route)| VehicleRoute {
            vehicle,
            jobs: route.jobs.iter().map(|&job| job as usize).collect(),
        })
        .collect();
    let mut unassigned: Vec<usize> = state.absent.iter().map(|&job| job as usize).collect();
    unassigned.sort_unstable();
    Solution { routes, unassigned, cost: paid(model, state), iterations }
}
