//! Fewer vehicles, where each costs far more than the driving it saves: a vehicle gives up its
//! jobs, none may be taken instead, and the annealing tries to find them places.

use crate::anneal::Annealing;
use crate::breed::is_bred;
use crate::budget::Budget;
use crate::chance::Chance;
use crate::model::Model;

/// Share of the budget for this, and for one attempt.
const SHRINK_SHARE: f64 = 0.4;
const ATTEMPT_SHARE: f64 = 0.05;

/// How many mean legs a vehicle must cost. Breeding finds by itself how few vehicles suffice, unless
/// they cost more than any detour.
const LEGS_MIN: f64 = 10.0;
const LEGS_MIN_BRED: f64 = 50.0;

/// Whether one vehicle fewer is worth many mean legs of this cost.
pub(crate) fn is_worthwhile(model: &Model, leg: f64) -> bool {
    let legs_min = if is_bred(model) { LEGS_MIN_BRED } else { LEGS_MIN };
    let vehicles = &model.problem.vehicles;
    !model.chained && vehicles.iter().all(|vehicle| vehicle.fixed_cost as f64 > legs_min * leg)
}

pub(crate) fn shrink(
    model: &Model,
    annealing: &mut Annealing,
    budget: &mut Budget,
    chance: &mut Chance,
    (hot, cold): (f64, f64),
) {
    // A first plan worth shrinking.
    annealing.run(budget, chance, (hot, cold), ATTEMPT_SHARE);
    while budget.share < SHRINK_SHARE && annealing.best.absent.is_empty() {
        let before = annealing.best.clone();
        let Some(vehicle) = smallest(annealing, chance) else { return };
        give_up(model, annealing, vehicle);
        let until = budget.share + ATTEMPT_SHARE;
        annealing.run_until_whole(budget, chance, (hot * 0.5, cold), until);
        annealing.state.closed = false;
        if !annealing.best.absent.is_empty() {
            before.load(model, &mut annealing.state);
            annealing.best = before;
        }
    }
}

/// A vehicle with few jobs: the better of three drawn at random.
fn smallest(annealing: &Annealing, chance: &mut Chance) -> Option<usize> {
    let routes = &annealing.state.routes;
    let used: Vec<usize> = (0..routes.len()).filter(|&v| !routes[v].jobs.is_empty()).collect();
    if used.len() < 2 {
        return None;
    }
    (0..3).map(|_| used[chance.below(used.len())]).min_by_key(|&v| routes[v].jobs.len())
}

fn give_up(model: &Model, annealing: &mut Annealing, vehicle: usize) {
    let state = &mut annealing.state;
    for job in std::mem::take(&mut state.routes[vehicle].jobs) {
        state.set_absent(model, job);
    }
    state.refresh(model, vehicle);
    state.closed = true;
    annealing.best = crate::best::Best::new(state);
}
