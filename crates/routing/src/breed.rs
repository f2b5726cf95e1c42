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
const SHAKEN_ANNEALING_SHARE: f64 = 0.05;
/// With windows: above this many jobs the annealing is better alone.
const TIMED_MAX: usize = 450;
/// Without windows: up to this many jobs plans are bred only, above it they are shaken for at
/// least half of the budget. Above it plans are bred in parts. By measurement, see
/// docs/decisions/0008.
const BRED_MAX: usize = 350;
const SHAKEN_LEAST: f64 = 0.5;
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
    let shaken = !model.has_hours && model.jobs > BRED_MAX;
    let from_savings = shaken && model.jobs >= SAVINGS_MIN;
    if !from_savings {
        let share = if shaken { SHAKEN_ANNEALING_SHARE } else { ANNEALING_SHARE };
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
    if shaken {
        // Where collecting comes last, crossing leads nowhere.
        let least = if instance.has_gaps { 1.0 } else { SHAKEN_LEAST };
        routes = genetic::shake(&instance, routes, budget, least, chance);
    }
    routes = match genetic::part_size(&routes).filter(|_| model.jobs > BRED_MAX) {
        Some(size) => genetic::breed_parts(model, &instance, (routes, size), budget, chance),
        None => genetic::search(&instance, routes, budget, chance),
    };
    if let Some(state) = driven(model, &instance, routes)
        && state.cost < annealing.best.cost
    {
        annealing.best = Best::new(&state);
        annealing.state = state;
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
