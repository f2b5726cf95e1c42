//! Adjacent string removal: Christiaens and Vanden Berghe, "Slack Induction by String Removals for
//! Vehicle Routing Problems", Transportation Science 54(2), 2020, section 5.1.

use crate::chance::Chance;
use crate::journal::Journal;
use crate::model::Model;
use crate::state::{ABSENT, State};

/// Average number of jobs removed (c-bar) and longest string (L-max) of the paper; on long routes
/// with windows more jobs must go before another order is possible at all.
const REMOVED_MEAN: f64 = 10.0;
const REMOVED_MEAN_LONG: f64 = 15.0;
const STRING_MAX: f64 = 10.0;
/// Share of strings that keep a part in their middle (alpha), and the chance that this part grows
/// by one more job (beta).
const SPLIT_PERCENT: usize = 50;
const SPLIT_GROW_PERCENT: usize = 1;

/// Takes strings of jobs out of neighboring routes, which are about as long as `mean_length` says;
/// the jobs become absent. Answers the job around which it was done.
pub(crate) fn ruin(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    journal: &mut Journal,
    mean_length: f64,
) -> u32 {
    let long = if model.timeless { 0.0 } else { how_long(mean_length) };
    let removed = REMOVED_MEAN + (REMOVED_MEAN_LONG - REMOVED_MEAN) * long;
    let string_max = STRING_MAX.min(mean_length).max(1.0);
    let strings_max = 4.0 * removed / (1.0 + string_max) - 1.0;
    let strings = (chance.unit() * strings_max) as usize + 1;
    let seed = chance.below(model.jobs) as u32;
    let first_absent = state.absent.len();
    for job in std::iter::once(&seed).chain(model.near.ruin(seed)).copied() {
        let Some(vehicle) = state.vehicle_of(job).filter(|&vehicle| !journal.has(vehicle)) else {
            continue;
        };
        journal.note(model, state, vehicle);
        let longest = string_max.min(state.routes[vehicle].jobs.len() as f64);
        let length = ((chance.unit() * longest) as usize + 1).min(longest as usize);
        cut(model, state, chance, vehicle, job, length.max(1));
        if journal.count() >= strings {
            break;
        }
    }
    remove_partners(model, state, journal, first_absent);
    for index in 0..journal.count() {
        let vehicle = journal.vehicle(index);
        // Where the direct way is longer than the way by a stop, a route can become infeasible by
        // losing a stop. Such a route gives up all its jobs.
        if !state.refresh(model, vehicle) {
            for job in std::mem::take(&mut state.routes[vehicle].jobs) {
                state.set_absent(model, job);
            }
            state.refresh(model, vehicle);
        }
    }
    seed
}

/// How many stops a route has on average. Counting goes through all vehicles, so that it is done
/// once in a while only.
pub(crate) fn mean_length(model: &Model, state: &State) -> f64 {
    let used = state.routes.iter().filter(|route| !route.jobs.is_empty()).count().max(1);
    (model.jobs - state.absent.len()) as f64 / used as f64
}

/// Where a mean number of stops lies between short routes (0) and long ones (1).
pub(crate) fn how_long(mean_length: f64) -> f64 {
    ((mean_length - 15.0) / 25.0).clamp(0.0, 1.0)
}

/// Removes `length` jobs around `job`, in one piece or leaving a part in the middle.
fn cut(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    vehicle: usize,
    job: u32,
    length: usize,
) {
    let mut jobs = std::mem::take(&mut state.routes[vehicle].jobs);
    let count = jobs.len();
    let at = jobs.iter().position(|&other| other == job).unwrap_or(0);
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
    let kept_to = (kept_from + kept).min(first + span);
    for &gone in jobs[first..kept_from].iter().chain(&jobs[kept_to..first + span]) {
        state.set_absent(model, gone);
    }
    jobs.copy_within(kept_from..kept_to, first);
    jobs.drain(first + kept_to - kept_from..first + span);
    state.routes[vehicle].jobs = jobs;
}

/// A pair leaves together.
fn remove_partners(model: &Model, state: &mut State, journal: &mut Journal, first_absent: usize) {
    if model.problem.pairs.is_empty() {
        return;
    }
    let mut index = first_absent;
    while index < state.absent.len() {
        let partner = model.partner[state.absent[index] as usize];
        index += 1;
        let Some(partner) = partner else { continue };
        let Some(vehicle) = state.vehicle_of(partner) else { continue };
        journal.note(model, state, vehicle);
        state.routes[vehicle].jobs.retain(|&job| job != partner);
        state.set_absent(model, partner);
    }
    debug_assert!(state.absent.iter().all(|&job| state.stops[job as usize].vehicle == ABSENT));
}
