//! Adjacent string removal: Christiaens and Vanden Berghe, "Slack Induction by String Removals for
//! Vehicle Routing Problems", Transportation Science 54(2), 2020, section 5.1.

use crate::chance::Chance;
use crate::model::Model;
use crate::schedule::work_out;
use crate::state::{ABSENT, State};

/// Average number of jobs removed (c-bar) and longest string (L-max) of the paper.
const REMOVED_MEAN: f64 = 10.0;
const STRING_MAX: f64 = 10.0;
/// Share of strings that keep a part in their middle (alpha), and the chance that this part grows
/// by one more job (beta).
const SPLIT_PERCENT: usize = 50;
const SPLIT_GROW_PERCENT: usize = 1;

/// Vehicles whose routes were changed, with their jobs from before.
pub(crate) type Touched = Vec<(usize, Vec<u32>)>;

/// Takes strings of jobs out of neighboring routes; the jobs become absent.
pub(crate) fn ruin(model: &Model, state: &mut State, chance: &mut Chance) -> Touched {
    let mut touched: Touched = Vec::new();
    if model.jobs == 0 {
        return touched;
    }
    let used = state.routes.iter().filter(|route| !route.jobs.is_empty()).count().max(1);
    let mean_length = (model.jobs - state.absent.len()) as f64 / used as f64;
    let string_max = STRING_MAX.min(mean_length).max(1.0);
    let strings_max = 4.0 * REMOVED_MEAN / (1.0 + string_max) - 1.0;
    let strings = (chance.unit() * strings_max) as usize + 1;
    let seed = chance.below(model.jobs) as u32;
    for index in 0..=model.near[seed as usize].len() {
        let job = if index == 0 { seed } else { model.near[seed as usize][index - 1] };
        let vehicle = state.vehicle[job as usize];
        if vehicle == ABSENT || touched.iter().any(|(known, _)| *known == vehicle as usize) {
            continue;
        }
        let vehicle = vehicle as usize;
        touched.push((vehicle, state.routes[vehicle].jobs.clone()));
        let longest = string_max.min(state.routes[vehicle].jobs.len() as f64);
        let length = ((chance.unit() * longest) as usize + 1).min(longest as usize);
        cut(state, chance, vehicle, job, length.max(1));
        if touched.len() >= strings {
            break;
        }
    }
    remove_partners(model, state, &mut touched);
    give_up_broken(model, state, &mut touched);
    for (vehicle, _) in &touched {
        state.refresh(model, *vehicle);
    }
    touched
}

/// Where the direct way is longer than the way by a stop, a route can become infeasible by losing
/// a stop. Such a route gives up all its jobs.
fn give_up_broken(model: &Model, state: &mut State, touched: &mut Touched) {
    if model.removal_safe {
        return;
    }
    for &mut (vehicle, _) in touched {
        if work_out(model, vehicle, &state.routes[vehicle].jobs).is_none() {
            for job in std::mem::take(&mut state.routes[vehicle].jobs) {
                state.vehicle[job as usize] = ABSENT;
                state.absent.push(job);
            }
        }
    }
}

/// Removes `length` jobs around `job`, in one piece or leaving a part in the middle.
fn cut(state: &mut State, chance: &mut Chance, vehicle: usize, job: u32, length: usize) {
    let count = state.routes[vehicle].jobs.len();
    let at = state.routes[vehicle].jobs.iter().position(|&other| other == job).unwrap_or(0);
    let mut kept = 0;
    if length > 1 && length < count && chance.below(100) < SPLIT_PERCENT {
        kept = 1;
        while length + kept < count && chance.below(100) < SPLIT_GROW_PERCENT {
            kept += 1;
        }
    }
    let span = length + kept;
    let first_low = (at + 1).saturating_sub(span);
    let first_high = at.min(count - span);
    let first = first_low + chance.below(first_high - first_low + 1);
    let kept_from = first + if kept > 0 { 1 + chance.below(length - 1) } else { span };
    let State { routes, vehicle: vehicle_of, absent, .. } = state;
    let mut index = 0;
    routes[vehicle].jobs.retain(|&other| {
        let here = index;
        index += 1;
        let removed =
            (first..first + span).contains(&here) && !(kept_from..kept_from + kept).contains(&here);
        if removed {
            vehicle_of[other as usize] = ABSENT;
            absent.push(other);
        }
        !removed
    });
}

/// A pair leaves together.
fn remove_partners(model: &Model, state: &mut State, touched: &mut Touched) {
    if model.problem.pairs.is_empty() {
        return;
    }
    let mut index = 0;
    while index < state.absent.len() {
        let partner = model.partner[state.absent[index] as usize];
        index += 1;
        let Some(partner) = partner else { continue };
        let vehicle = state.vehicle[partner as usize];
        if vehicle == ABSENT {
            continue;
        }
        let vehicle = vehicle as usize;
        if !touched.iter().any(|(known, _)| *known == vehicle) {
            touched.push((vehicle, state.routes[vehicle].jobs.clone()));
        }
        state.routes[vehicle].jobs.retain(|&job| job != partner);
        state.vehicle[partner as usize] = ABSENT;
        state.absent.push(partner);
    }
}
