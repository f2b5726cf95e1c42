//! Greedy insertion with blinks (same paper, section 5.2): absent jobs in one of several orders,
//! each at its cheapest place, overlooking a place now and then.

use crate::chance::Chance;
use crate::journal::Journal;
use crate::model::Model;
use crate::pair_spots::{PairSpot, best_pair_spot};
use crate::spots::{Blink, best_spot, position_after};
use crate::state::{ABSENT, State};

/// Where a day leaves many optional jobs out, a step offers only the nearest a place.
const OPTIONAL_MAX: usize = 10;
/// One step in this many values optional jobs up to this many times their prize: the first stop of
/// a new trip never pays for itself, and the annealing judges what came of it as a whole.
const EAGER_ONE_IN: usize = 8;
const EAGER_MAX: usize = 8;

/// Whom to insert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Everyone; optional jobs only where they pay at once.
    All,
    /// Everyone, optional jobs even at a loss.
    Eagerly,
    /// Everyone who must be visited, and optional jobs near this one.
    Near(u32),
}

/// Inserts what can be inserted; the rest stays absent.
pub(crate) fn recreate(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    blink: &mut Blink,
    journal: &mut Journal,
    offer: Offer,
) {
    let mut waiting = waiting(model, state, offer);
    sort(model, chance, &mut waiting);
    let worth = match offer {
        Offer::Eagerly => EAGER_MAX,
        Offer::Near(_) if model.has_optional && chance.below(EAGER_ONE_IN) == 0 => {
            2 + chance.below(EAGER_MAX - 1)
        }
        Offer::All | Offer::Near(_) => 1,
    } as i64;
    for job in waiting {
        let partner = model.partner[job as usize];
        if partner.is_some() && !model.is_pickup[job as usize] {
            continue;
        }
        let whole: i64 = model.absence[job as usize]
            + partner.map_or(0, |partner| model.absence[partner as usize]);
        match partner {
            None => match best_spot(model, state, chance, blink, job) {
                Some(spot) if spot.delta / worth <= whole => {
                    journal.note(model, state, spot.vehicle);
                    let at = position_after(model, &state.routes[spot.vehicle].jobs, spot.after);
                    state.insert(model, spot.vehicle, at, job);
                }
                _ => {}
            },
            Some(partner) => match best_pair_spot(model, state, chance, blink, (job, partner)) {
                Some(spot) if spot.delta / worth <= whole => {
                    insert_pair(model, state, journal, (job, partner), &spot);
                }
                _ => {}
            },
        }
    }
    let State { absent, stops, .. } = state;
    absent.retain(|&job| stops[job as usize].vehicle == ABSENT);
}

fn insert_pair(
    model: &Model,
    state: &mut State,
    journal: &mut Journal,
    (pickup, delivery): (u32, u32),
    spot: &PairSpot,
) {
    journal.note(model, state, spot.vehicle);
    state.cost -= model.absence[pickup as usize];
    state.routes[spot.vehicle].jobs.insert(spot.at, pickup);
    state.insert(model, spot.vehicle, spot.partner_at, delivery);
}

/// Who is to be inserted now.
fn waiting(model: &Model, state: &State, offer: Offer) -> Vec<u32> {
    let optional =
        |job: u32| model.has_optional && model.problem.jobs[job as usize].prize.is_some();
    let few = state.absent.len() <= 2 * OPTIONAL_MAX;
    let seed = match offer {
        Offer::Near(seed) if !few && model.problem.pairs.is_empty() => seed,
        Offer::All | Offer::Eagerly | Offer::Near(_) => return state.absent.clone(),
    };
    let must = state.absent.iter().copied().filter(|&job| !optional(job));
    let around = std::iter::once(seed).chain(model.near.ruin(seed).iter().copied());
    let near = around.filter(|&job| optional(job) && state.stops[job as usize].vehicle == ABSENT);
    must.chain(near.take(2 * OPTIONAL_MAX)).collect()
}

fn sort(model: &Model, chance: &mut Chance, jobs: &mut [u32]) {
    // A shuffle first, so that equals come in any order.
    jobs.sort_unstable();
    chance.shuffle(jobs);
    let depot = model.problem.vehicles.first().map_or(0, |vehicle| vehicle.start as u32);
    let far = |job: u32| model.duration(depot, model.place[job as usize]);
    let windows = |job: u32| &model.problem.jobs[job as usize].windows;
    let load = |job: u32| model.loads(&model.load, job).iter().sum::<i64>();
    // The paper's weights: random 4, demand 4, far 2, close 1; window length, start, end 2 each.
    match chance.below(if model.timeless { 11 } else { 17 }) {
        0..4 => {}
        4..8 => jobs.sort_by_key(|&job| -load(job)),
        8..10 => jobs.sort_by_key(|&job| -far(job)),
        10 => jobs.sort_by_key(|&job| far(job)),
        11..13 => {
            let open = |job| windows(job).iter().map(|window| window.1 - window.0).sum::<i64>();
            jobs.sort_by_key(|&job| if windows(job).is_empty() { i64::MAX } else { open(job) });
        }
        13..15 => jobs.sort_by_key(|&job| model.first_open[job as usize]),
        _ => jobs.sort_by_key(|&job| -model.last_open[job as usize]),
    }
    if model.has_optional {
        jobs.sort_by_key(|&job| model.problem.jobs[job as usize].prize.is_some());
    }
}
