//! A new plan from two: some neighboring routes of the first give way to the routes of the second
//! that serve the same jobs best. After Nagata and Bräysy, "Edge assembly-based memetic algorithm
//! for the capacitated VRP", 2009, and their selective route exchange for pickup and delivery,
//! 2010; here whoever is left over is inserted greedily, so that the child is always feasible.

use crate::best::Best;
use crate::chance::Chance;
use crate::journal::Journal;
use crate::model::Model;
use crate::recreate::{Offer, recreate};
use crate::spots::Blink;
use crate::state::State;

/// Turns `state`, which is the first parent, into the child.
pub(crate) fn cross(model: &Model, state: &mut State, other: &Best, chance: &mut Chance) {
    let used = state.routes.iter().filter(|route| !route.jobs.is_empty()).count();
    let count = 1 + chance.below((used / 2).max(1));
    let given_up = neighboring(model, state, chance, count);
    let mut journal = Journal::default();
    journal.begin(state);
    for &vehicle in &given_up {
        for job in std::mem::take(&mut state.routes[vehicle].jobs) {
            state.set_absent(model, job);
        }
        state.refresh(model, vehicle);
    }
    for source in most_absent(model, state, other, count) {
        adopt(model, state, source, &other.routes[source]);
    }
    state.absent.retain(|&job| state.stops[job as usize].vehicle == crate::state::ABSENT);
    recreate(model, state, chance, &mut Blink::new(), &mut journal, Offer::All);
}

/// Routes around a random job.
fn neighboring(model: &Model, state: &State, chance: &mut Chance, count: usize) -> Vec<usize> {
    let seed = chance.below(model.jobs) as u32;
    let mut vehicles: Vec<usize> = Vec::new();
    for &job in std::iter::once(&seed).chain(model.near.ruin(seed)) {
        if let Some(vehicle) = state.vehicle_of(job).filter(|known| !vehicles.contains(known)) {
            vehicles.push(vehicle);
            if vehicles.len() >= count {
                break;
            }
        }
    }
    vehicles
}

/// The routes of the other plan of whose jobs the largest share is absent.
fn most_absent(model: &Model, state: &State, other: &Best, count: usize) -> Vec<usize> {
    let absent = |jobs: &Vec<u32>| jobs.iter().filter(|&&j| state.vehicle_of(j).is_none()).count();
    let mut routes: Vec<(usize, usize)> = other
        .routes
        .iter()
        .enumerate()
        .filter(|(_, jobs)| !jobs.is_empty())
        .map(|(vehicle, jobs)| (absent(jobs) * model.jobs / jobs.len(), vehicle))
        .filter(|&(share, _)| share > 0)
        .collect();
    routes.sort_unstable_by_key(|&(share, vehicle)| (std::cmp::Reverse(share), vehicle));
    routes.truncate(count);
    routes.into_iter().map(|(_, vehicle)| vehicle).collect()
}

/// A vehicle like the source drives what is absent of its route, if that can be driven.
fn adopt(model: &Model, state: &mut State, source: usize, jobs: &[u32]) {
    let Some(vehicle) = state.idle_vehicle(model.kind[source] as usize) else { return };
    let absent = |job: &u32| state.vehicle_of(*job).is_none();
    let taken: Vec<u32> = jobs.iter().copied().filter(absent).collect();
    let prizes: i64 = taken.iter().map(|&job| model.absence[job as usize]).sum();
    if taken.is_empty() {
        return;
    }
    if state.set_route(model, vehicle, taken) {
        state.cost -= prizes;
    } else {
        for job in std::mem::take(&mut state.routes[vehicle].jobs) {
            state.stops[job as usize].vehicle = crate::state::ABSENT;
        }
        state.refresh(model, vehicle);
    }
}
