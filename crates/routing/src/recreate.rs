//! Greedy insertion with blinks (same paper, section 5.2): absent jobs in one of several orders,
//! each at its cheapest place, overlooking a place now and then.

use crate::chance::Chance;
use crate::model::Model;
use crate::pair_spots::spots_for_pair;
use crate::ruin::Touched;
use crate::schedule::work_out;
use crate::state::{Route, State};

/// One place in this many is overlooked (beta = 0.01).
const BLINK_ONE_IN: u64 = 100;

pub(crate) struct Spot {
    pub vehicle: usize,
    pub at: usize,
    /// Where the delivery of a pair goes, counted in the route that already has the pickup.
    pub partner_at: Option<usize>,
    pub delta: i64,
}

/// Inserts what can be inserted; the rest stays absent. Adds changed routes to `touched`.
pub(crate) fn recreate(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    touched: &mut Touched,
) {
    let mut waiting = std::mem::take(&mut state.absent);
    sort(model, chance, &mut waiting);
    let before: i64 = waiting.iter().map(|&job| model.absence[job as usize]).sum();
    let mut absent = Vec::new();
    for job in waiting {
        let partner = model.partner[job as usize];
        if partner.is_some() && !model.is_pickup[job as usize] {
            continue;
        }
        let whole: i64 = model.absence[job as usize]
            + partner.map_or(0, |partner| model.absence[partner as usize]);
        match best_spot(model, state, chance, job, partner) {
            Some(spot) if spot.delta <= whole => insert(model, state, touched, job, partner, &spot),
            _ => {
                absent.push(job);
                absent.extend(partner);
            }
        }
    }
    let after: i64 = absent.iter().map(|&job| model.absence[job as usize]).sum();
    state.absent = absent;
    state.cost += after - before;
}

fn insert(
    model: &Model,
    state: &mut State,
    touched: &mut Touched,
    job: u32,
    partner: Option<u32>,
    spot: &Spot,
) {
    if !touched.iter().any(|(known, _)| *known == spot.vehicle) {
        touched.push((spot.vehicle, state.routes[spot.vehicle].jobs.clone()));
    }
    let jobs = &mut state.routes[spot.vehicle].jobs;
    jobs.insert(spot.at, job);
    if let (Some(partner), Some(at)) = (partner, spot.partner_at) {
        jobs.insert(at, partner);
    }
    state.refresh(model, spot.vehicle);
}

fn sort(model: &Model, chance: &mut Chance, jobs: &mut [u32]) {
    // A shuffle first, so that equals come in any order.
    jobs.sort_unstable();
    chance.shuffle(jobs);
    let depot = model.problem.vehicles.first().map_or(0, |vehicle| vehicle.start as u32);
    let far = |job: u32| model.duration(depot, model.place[job as usize]);
    let windows = |job: u32| &model.problem.jobs[job as usize].windows;
    let load = |job: u32| {
        let job = job as usize * model.dimensions;
        model.load[job..job + model.dimensions].iter().sum::<i64>()
    };
    // The paper's weights: random 4, demand 4, far 2, close 1; window length, start, end 2 each.
    match chance.below(17) {
        0..4 => {}
        4..8 => jobs.sort_by_key(|&job| -load(job)),
        8..10 => jobs.sort_by_key(|&job| -far(job)),
        10 => jobs.sort_by_key(|&job| far(job)),
        11..13 => {
            let open = |job| windows(job).iter().map(|window| window.1 - window.0).sum::<i64>();
            jobs.sort_by_key(|&job| if windows(job).is_empty() { i64::MAX } else { open(job) });
        }
        13..15 => jobs.sort_by_key(|&job| windows(job).first().map_or(i64::MIN, |w| w.0)),
        _ => jobs.sort_by_key(|&job| -model.last_open[job as usize]),
    }
    let must = |job: &u32| model.problem.jobs[*job as usize].prize.is_some();
    jobs.sort_by_key(must);
}

fn best_spot(
    model: &Model,
    state: &State,
    chance: &mut Chance,
    job: u32,
    partner: Option<u32>,
) -> Option<Spot> {
    let mut best: Option<Spot> = None;
    let mut seen_empty: Vec<u32> = Vec::new();
    for (vehicle, route) in state.routes.iter().enumerate() {
        if route.jobs.is_empty() {
            // One empty vehicle of each kind stands for all.
            let kind = model.kind[vehicle];
            if seen_empty.contains(&kind) {
                continue;
            }
            seen_empty.push(kind);
        }
        if !model.may_do(vehicle, job) || !has_room(model, vehicle, route, job) {
            continue;
        }
        match partner {
            None => spots_for_job(model, state, chance, vehicle, job, &mut best),
            Some(partner) => spots_for_pair(model, state, vehicle, (job, partner), &mut best),
        }
    }
    best
}

fn has_room(model: &Model, vehicle: usize, route: &Route, job: u32) -> bool {
    let details = &model.problem.vehicles[vehicle];
    let few_enough = details.max_stops.is_none_or(|most| route.jobs.len() < most);
    let first = job as usize * model.dimensions;
    let loads = &model.load[first..first + model.dimensions];
    few_enough
        && (!model.simple_load
            || details
                .capacity
                .iter()
                .zip(&route.load)
                .zip(loads)
                .all(|((most, load), more)| load + more <= *most))
}

/// Whether constant-time checks are not enough for this vehicle and job.
fn needs_full(model: &Model, vehicle: usize, route: &Route, job: u32) -> bool {
    let details = &model.problem.vehicles[vehicle];
    !model.simple_load
        || details.max_duration.is_some()
        || details.max_distance.is_some()
        || model.problem.jobs[job as usize].release > route.begin
}

fn spots_for_job(
    model: &Model,
    state: &State,
    chance: &mut Chance,
    vehicle: usize,
    job: u32,
    best: &mut Option<Spot>,
) {
    let route = &state.routes[vehicle];
    let details = &model.problem.vehicles[vehicle];
    let costs = model.costs(vehicle);
    let place = model.place[job as usize];
    let full = needs_full(model, vehicle, route, job);
    let opening = if route.jobs.is_empty() { details.fixed_cost } else { 0 };
    let mut limit = best.as_ref().map_or(i64::MAX, |spot| spot.delta);
    let (mut from, mut departure) = (details.start as u32, route.begin);
    for at in 0..=route.jobs.len() {
        let next = route.jobs.get(at).copied();
        let (to, latest) = match next {
            Some(next) => (model.place[next as usize], state.latest[next as usize]),
            None => (details.end as u32, details.shift.1),
        };
        // Later places are reached later still.
        if departure > model.last_open[job as usize] {
            return;
        }
        let detour = costs.get(from, place) + costs.get(place, to) + opening;
        let saved = if route.jobs.is_empty() { 0 } else { costs.get(from, to) };
        let delta = detour - saved;
        let blink = chance.next().is_multiple_of(BLINK_ONE_IN);
        if delta < limit
            && !blink
            && in_time(model, job, departure + model.duration(from, place), to, latest)
            && (!full || fits_in_full(model, vehicle, route, job, at))
        {
            limit = delta;
            *best = Some(Spot { vehicle, at, partner_at: None, delta });
        }
        if let Some(next) = next {
            from = to;
            departure = state.departure[next as usize];
        }
    }
}

#[inline]
pub(crate) fn in_time(model: &Model, job: u32, arrival: i64, to: u32, latest: i64) -> bool {
    model.opens(job, arrival).is_some_and(|start| {
        start + model.service[job as usize] + model.duration(model.place[job as usize], to)
            <= latest
    })
}

fn fits_in_full(model: &Model, vehicle: usize, route: &Route, job: u32, at: usize) -> bool {
    let mut jobs = route.jobs.clone();
    jobs.insert(at, job);
    work_out(model, vehicle, &jobs).is_some()
}
