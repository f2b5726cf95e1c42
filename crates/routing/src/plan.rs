//! Between the caller's routes and the search's.

use crate::chance::Chance;
use crate::check::route_cost;
use crate::journal::Journal;
use crate::model::Model;
use crate::problem::Problem;
use crate::recreate::{Offer, recreate};
use crate::schedule::work_out_within;
use crate::solution::{Solution, VehicleRoute};
use crate::spots::Blink;
use crate::state::{Route, State};
use crate::trips::Unrolled;

/// The trips asked for as far as they are feasible, and everything else inserted greedily.
pub(crate) fn begin(
    model: &Model,
    unrolled: Option<&Unrolled>,
    chance: &mut Chance,
    start: &[VehicleRoute],
) -> State {
    let mut state = State::empty(model);
    let mut taken = vec![false; model.jobs];
    for route in start {
        let first = match unrolled {
            Some(unrolled) => unrolled.vehicle.iter().position(|&v| v == route.vehicle),
            None => Some(route.vehicle),
        };
        let Some(first) = first else { continue };
        if unrolled.is_none() {
            let free = first < model.vehicles && state.routes[first].jobs.is_empty();
            if free && (route.reloads.is_empty() || model.problem.vehicles[first].trips_max > 1) {
                take(model, &mut state, &mut taken, first, &route.jobs);
            }
            continue;
        }
        for (index, trip) in route.trips().enumerate() {
            let vehicle = first + index;
            let own = unrolled.map_or(index == 0, |unrolled| {
                unrolled.vehicle.get(vehicle) == Some(&route.vehicle)
            });
            if own && vehicle < model.vehicles && state.routes[vehicle].jobs.is_empty() {
                take(model, &mut state, &mut taken, vehicle, trip);
            }
        }
    }
    // A plan that is asked for is never made worse.
    let offer = if start.is_empty() { Offer::Eagerly } else { Offer::All };
    fill(model, &mut state, chance, offer);
    state
}

/// A plan made greedily from nothing.
pub(crate) fn fresh(model: &Model, chance: &mut Chance) -> State {
    let mut state = State::empty(model);
    fill(model, &mut state, chance, Offer::Eagerly);
    state
}

fn fill(model: &Model, state: &mut State, chance: &mut Chance, offer: Offer) {
    let mut journal = Journal::default();
    journal.begin(state);
    recreate(model, state, chance, &mut Blink::new(), &mut journal, offer);
}

/// Gives a vehicle the jobs of a trip that nobody has yet, if it can do them in this order.
fn take(model: &Model, state: &mut State, taken: &mut [bool], vehicle: usize, trip: &[usize]) {
    let mut jobs: Vec<u32> = Vec::new();
    for &job in trip {
        if job < model.jobs && !std::mem::replace(&mut taken[job], true) {
            jobs.push(job as u32);
        }
    }
    let hours = (state.routes[vehicle].ready, state.routes[vehicle].due);
    if work_out_within(model, vehicle, &jobs, hours).is_some() {
        state.cost -= jobs.iter().map(|&job| model.absence[job as usize]).sum::<i64>();
        state.set_route(model, vehicle, jobs);
        let State { absent, stops, .. } = state;
        absent.retain(|&job| stops[job as usize].vehicle == crate::state::ABSENT);
    } else {
        jobs.iter().for_each(|&job| taken[job as usize] = false);
    }
}

/// Cost as the caller understands it: without the deterrent for leaving out a mandatory job.
pub(crate) fn paid(model: &Model, cost: i64, absent: &[u32]) -> i64 {
    let must = |job: &&u32| model.problem.jobs[**job as usize].prize.is_none();
    cost - absent.iter().filter(must).map(|&job| model.absence[job as usize]).sum::<i64>()
}

pub(crate) fn answer(
    problem: &Problem,
    (model, unrolled): (&Model, Option<&Unrolled>),
    state: &State,
    iterations: u64,
) -> Solution {
    let mut routes: Vec<VehicleRoute> = Vec::new();
    for (trip, route) in state.routes.iter().enumerate() {
        if route.jobs.is_empty() {
            continue;
        }
        let vehicle = unrolled.map_or(trip, |unrolled| unrolled.vehicle[trip]);
        let jobs = route.jobs.iter().map(|&job| job as usize);
        match routes.last_mut().filter(|last| last.vehicle == vehicle) {
            Some(last) => {
                last.reloads.push(last.jobs.len());
                last.jobs.extend(jobs);
            }
            None => {
                routes.push(drive(model, trip, route).unwrap_or_default());
                if let Some(last) = routes.last_mut() {
                    (last.vehicle, last.jobs) = (vehicle, jobs.collect());
                }
            }
        }
    }
    let mut unassigned: Vec<usize> = state.absent.iter().map(|&job| job as usize).collect();
    unassigned.sort_unstable();
    let driving: i64 = routes.iter().map(|route| route_cost(problem, route)).sum();
    let prizes: i64 = unassigned.iter().filter_map(|&job| problem.jobs[job].prize).sum();
    Solution { routes, unassigned, cost: driving + prizes, iterations }
}

/// When the vehicle leaves, on which leg its driver rests and where it returns for a new load, where
/// that decides the cost.
fn drive(model: &Model, vehicle: usize, route: &Route) -> Option<VehicleRoute> {
    if !model.has_rich_times {
        return None;
    }
    let hours = (route.ready, route.due);
    let (drive, reloads) = crate::rich::drive(model, vehicle, &route.jobs, hours)?;
    let (leaves, pause_before) = (Some(drive.begin), drive.pause_before);
    Some(VehicleRoute { reloads, leaves, pause_before, ..VehicleRoute::default() })
}
