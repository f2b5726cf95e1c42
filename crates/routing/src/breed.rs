//! Plain problems: a short annealing finds how many routes there are, then a search on flat arrays
//! goes on from there, shaking large plans and breeding small ones.

use crate::anneal::Annealing;
use crate::best::Best;
use crate::budget::Budget;
use crate::chance::Chance;
use crate::genetic::{self, Instance};
use crate::model::Model;
use crate::state::State;

/// Share of the budget for the annealing.
const ANNEALING_SHARE: f64 = 0.1;
/// With windows: above this many jobs the annealing is better alone.
const TIMED_MAX: usize = 450;
/// Without windows: up to this many jobs plans are bred only, up to the next they are shaken for
/// half of the budget, above it all the time. By measurement, see docs/decisions/0008.
const BRED_MAX: usize = 350;
const HALF_MAX: usize = 500;
/// From this many jobs on a short annealing gets nowhere, and savings begin better; below it finds
/// better numbers of routes.
const SAVINGS_MIN: usize = 2_000;
/// Above this many jobs a second copy of the matrix would take too much memory.
const JOBS_MAX: usize = 20_000;

/// Whether [`breed`] is for this problem.
pub(crate) fn is_bred(model: &Model) -> bool {
    let most = if model.has_hours { TIMED_MAX } else { JOBS_MAX };
    model.jobs <= most && Instance::is_for(model)
}

/// Leaves the best plan found in `annealing`. Where the annealing cannot serve everybody, or a leg
/// is too long for flat arrays, it goes on alone.
pub(crate) fn breed(
    model: &Model,
    annealing: &mut Annealing,
    budget: &mut Budget,
    chance: &mut Chance,
    heat: (f64, f64),
) {
    let shaken = shaken_until(model);
    let from_savings = shaken > 0.0 && model.jobs >= SAVINGS_MIN;
    if !from_savings {
        let share = if shaken > 0.0 { ANNEALING_SHARE / 2.0 } else { ANNEALING_SHARE };
        annealing.run(budget, chance, heat, share);
    }
    let used = annealing.best.routes.iter().filter(|jobs| !jobs.is_empty());
    let mut routes: Vec<Vec<u32>> = used.cloned().collect();
    let whole = annealing.best.absent.is_empty();
    let instance = Instance::of(model, routes.len())
        .filter(|instance| whole && instance.can_begin_with(&routes));
    let Some(instance) = instance else {
        return annealing.run(budget, chance, heat, 1.0);
    };
    if from_savings {
        routes = genetic::cheaper(&instance, routes);
    }
    if shaken > 0.0 {
        routes = genetic::shake(&instance, routes, budget, shaken, chance);
    }
    if shaken < 1.0 {
        routes = genetic::search(&instance, routes, budget, chance);
    }
    if let Some(state) = driven(model, &instance, routes)
        && state.cost < annealing.best.cost
    {
        annealing.best = Best::new(&state);
        annealing.state = state;
    }
}

/// Up to which share of the budget the plan is shaken.
fn shaken_until(model: &Model) -> f64 {
    if model.has_hours || model.jobs <= BRED_MAX {
        0.0
    } else if model.jobs <= HALF_MAX {
        0.5
    } else {
        1.0
    }
}

/// Routes that serve everybody, given to vehicles; `None` if one breaks a rule.
fn driven(model: &Model, instance: &Instance, routes: Vec<Vec<u32>>) -> Option<State> {
    let mut state = State::empty(model);
    state.cost = 0;
    state.absent.clear();
    for (vehicle, jobs) in instance.driven_by(routes) {
        if !state.set_route(model, vehicle, jobs) {
            return None;
        }
    }
    Some(state)
}
