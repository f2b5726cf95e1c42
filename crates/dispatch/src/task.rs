//! Orders into a problem for the solver, and back.

use crate::input::{PlanInput, Van};
use crate::rules::Pause;
use crate::timing::{COST_PER_METER, COST_PER_MINOR, COST_PER_SECOND, Driven, driven, leg};
use domain::Timestamp;
use roads::Matrix;
use routing::{Job, Problem, UNREACHABLE, Vehicle};

/// Levels of priority; each outweighs this many stops of the level below.
const PRIORITY_MAX: u8 = 3;
const PRIORITY_STEP: i64 = 4;
/// How late goods on board may come, in seconds, and by how much a minute of it outweighs one of
/// driving.
const LATE_MAX: i64 = 86_400;
const LATE_PRICE: i64 = 10;
/// The solver's limit for any one number.
const NUMBER_MAX: i64 = 1 << 38;

/// The problem of some stops and vans, with the way back to the input.
pub(crate) struct Task {
    pub problem: Problem,
    /// Input index of each vehicle and each job.
    pub vans: Vec<usize>,
    pub stops: Vec<usize>,
}

/// What holds beside the input: the only van of each stop, and what it costs to change vans.
pub(crate) struct Ties<'k> {
    pub fixed_van: &'k [Option<usize>],
    pub stay: Option<Stay<'k>>,
}

/// The van of each stop now, and what it costs in minor units to give it another: so that a plan
/// that people already know changes only where that pays.
pub(crate) struct Stay<'k> {
    pub van_now: &'k [Option<usize>],
    pub cost_minor: i64,
}

/// Builds the problem.
pub(crate) fn task(
    input: &PlanInput,
    matrix: &Matrix,
    vans: Vec<usize>,
    stops: Vec<usize>,
    ties: &Ties<'_>,
) -> Task {
    let driven: Vec<Option<Driven>> = vans.iter().map(|&van| driven(input, matrix, van)).collect();
    let origin = input.vans.iter().map(|van| van.shift.0.0).min().unwrap_or(0);
    let places: Vec<usize> = std::iter::once(0)
        .chain(stops.iter().map(|stop| stop + 1))
        .chain(driven.iter().flatten().map(|driven| driven.place))
        .collect();
    let mut duration = Vec::with_capacity(places.len() * places.len());
    let mut distance = Vec::with_capacity(places.len() * places.len());
    for &from in &places {
        for &to in &places {
            let known = leg(matrix, from, to);
            duration.push(known.map_or(UNREACHABLE, |(seconds, _)| seconds.0));
            distance.push(known.map_or(UNREACHABLE, |(_, meters)| meters.0));
        }
    }
    let vehicles: Vec<Vehicle> = vans
        .iter()
        .zip(&driven)
        .map(|(&van, driven)| {
            let start = driven.as_ref().and_then(|driven| {
                places[stops.len() + 1..].iter().position(|place| *place == driven.place)
            });
            let start = start.map_or(0, |extra| stops.len() + 1 + extra);
            Vehicle { start, ..vehicle(input, van, driven.as_ref(), origin) }
        })
        .collect();
    let deterrent = deterrent(&vehicles, &duration, &distance);
    let jobs = stops
        .iter()
        .enumerate()
        .map(|(index, &stop)| {
            let job = job(input, stop, index + 1, origin, deterrent);
            with_vans(input, ties, &vans, stop, on_board(input, stop, job))
        })
        .collect();
    let size = places.len();
    let pairs = pairs(input, &stops);
    let mut problem = Problem { size, duration, distance, vehicles, jobs, pairs };
    for (fetch, bring) in problem.pairs.clone() {
        // What is fetched is what is brought, whatever the second stop says.
        problem.jobs[bring].delivery = problem.jobs[fetch].pickup.clone();
    }
    Task { problem, vans, stops }
}

/// Goods on board are better brought late than not at all: their windows bend, at a price that
/// outweighs any detour.
fn on_board(input: &PlanInput, stop: usize, mut job: Job) -> Job {
    let id = &input.stops[stop].id;
    let holds = |van: &&Van| van.now.left_at.is_some() && van.now.loaded.contains(id);
    if let Some(van) = input.vans.iter().find(holds) {
        let price = van.cost_per_hour_minor.max(1).saturating_mul(COST_PER_SECOND * LATE_PRICE);
        job.cost_per_late = job.cost_per_late.max(price);
        job.late_max = LATE_MAX;
        job.prize =
            job.prize.map(|prize| prize.saturating_mul(PRIORITY_STEP.pow(3)).min(NUMBER_MAX));
    }
    job
}

/// Who may take the stop, and who knows it.
fn with_vans(input: &PlanInput, ties: &Ties<'_>, vans: &[usize], stop: usize, mut job: Job) -> Job {
    let details = &input.stops[stop];
    let fetched_by = details
        .rules
        .fetched_at
        .as_ref()
        .and_then(|fetch| input.vans.iter().position(|van| van.now.driven.contains(fetch)));
    let may = |van: usize| {
        ties.fixed_van[stop].is_none_or(|only| only == van)
            && fetched_by.is_none_or(|only| only == van)
            && input.vans[van].is_equipped_for(details)
            && input.vans[van].can_have(details)
    };
    let allowed: Vec<usize> = (0..vans.len()).filter(|&vehicle| may(vans[vehicle])).collect();
    job.vehicles = (allowed.len() < vans.len()).then_some(allowed);
    let familiar = |van: &usize| details.rules.familiar.contains(&input.vans[*van].id);
    let number = |van: usize| vans.iter().position(|known| *known == van);
    let rule_minor = input.rules.unfamiliar_cost_minor;
    let staying = ties.stay.as_ref().and_then(|stay| Some((stay, number(stay.van_now[stop]?)?)));
    let cost_minor = match staying {
        Some((stay, vehicle)) => {
            job.familiar = vec![vehicle];
            let known = familiar(&vans[vehicle]) || details.rules.familiar.is_empty();
            stay.cost_minor + if known { rule_minor } else { 0 }
        }
        None => {
            job.familiar = (0..vans.len()).filter(|&vehicle| familiar(&vans[vehicle])).collect();
            rule_minor
        }
    };
    job.unfamiliar_cost = cost_minor.saturating_mul(COST_PER_MINOR).clamp(0, NUMBER_MAX);
    job
}

/// Collected and then brought on the same route; each stop in one pair at most.
fn pairs(input: &PlanInput, stops: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (bring, &stop) in stops.iter().enumerate() {
        let Some(fetch) = &input.stops[stop].rules.fetched_at else { continue };
        let found = stops
            .iter()
            .position(|&other| input.stops[other].id == *fetch && input.stops[other].rules.collect);
        let is_free = |fetch: &usize| pairs.iter().all(|pair| pair.0 != *fetch);
        pairs.extend(found.filter(is_free).map(|fetch| (fetch, bring)));
    }
    pairs
}

fn vehicle(input: &PlanInput, van: usize, driven: Option<&Driven>, origin: i64) -> Vehicle {
    let van = &input.vans[van];
    let rules = &van.rules;
    let begin = van.now.left_at.or(van.now.ready_at).map_or(van.shift.0, |at| at.max(van.shift.0));
    let begin = driven.map_or(begin, |driven| driven.leaves);
    let (seconds, meters) = driven.map_or((0, 0), |driven| (driven.seconds.0, driven.meters.0));
    let last = seconds_down(van.shift.1, origin);
    let pause = |pause: Pause| routing::Pause {
        window: (seconds_up(pause.window.0, origin), seconds_down(pause.window.1, origin)),
        length: pause.length.0,
    };
    let speeds = input.rules.speeds.iter();
    Vehicle {
        start: 0,
        end: 0,
        capacity: van.capacity.kinds().to_vec(),
        // Rounded inward, so that the plan in milliseconds keeps what the solver promised.
        shift: (seconds_up(begin, origin).min(last), last),
        fixed_cost: match van.now.left_at {
            // Already spent.
            Some(_) => 0,
            None => van.fixed_cost_minor.saturating_mul(COST_PER_MINOR),
        },
        cost_per_distance: van.cost_per_km_minor.saturating_mul(COST_PER_METER),
        cost_per_duration: van.cost_per_hour_minor.saturating_mul(COST_PER_SECOND),
        max_duration: rules.max_duration.map(|most| (most.0 - seconds).max(0)),
        max_distance: rules.max_distance.map(|most| (most.0 - meters).max(0)),
        max_stops: van.max_stops.map(|most| most.saturating_sub(van.now.driven.len())),
        pause: rules.pause.filter(|_| !van.now.had_pause).map(pause),
        speeds: speeds.map(|&(at, speed)| (seconds_up(at, origin), speed)).collect(),
        even_share: (input.rules.fair_share.0 - seconds).max(0),
        cost_per_uneven: input.rules.uneven_cost_per_hour_minor.saturating_mul(COST_PER_SECOND),
        ..Vehicle::default()
    }
}

fn job(input: &PlanInput, stop: usize, place: usize, origin: i64, deterrent: i64) -> Job {
    let stop = &input.stops[stop];
    let load = stop.load().kinds().to_vec();
    let (delivery, pickup) =
        if stop.rules.collect { (Vec::new(), load) } else { (load, Vec::new()) };
    let level = u32::from(stop.priority.min(PRIORITY_MAX));
    Job {
        place,
        delivery,
        pickup,
        release: stop.rules.ready_at.map_or(0, |at| seconds_up(at, origin)),
        late_max: stop.rules.late_max.0,
        cost_per_late: stop.rules.late_cost_per_minute_minor.saturating_mul(COST_PER_MINOR / 60),
        windows: windows(&stop.windows, origin),
        service: stop.service.0,
        prize: Some(deterrent.saturating_mul(PRIORITY_STEP.pow(level)).min(NUMBER_MAX)),
        ..Job::default()
    }
}

/// Sorted and merged, in seconds since `origin`.
fn windows(given: &[(Timestamp, Timestamp)], origin: i64) -> Vec<(i64, i64)> {
    let inward = |&(open, close): &(Timestamp, Timestamp)| {
        (seconds_up(open, origin), seconds_down(close, origin))
    };
    let mut sorted: Vec<(i64, i64)> =
        given.iter().map(inward).filter(|(open, close)| open <= close).collect();
    sorted.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for window in sorted {
        match merged.last_mut() {
            Some(last) if window.0 <= last.1 => last.1 = last.1.max(window.1),
            _ => merged.push(window),
        }
    }
    merged
}

/// Cost of leaving out a normal stop: more than the longest detour and a van of its own.
fn deterrent(vehicles: &[Vehicle], duration: &[i64], distance: &[i64]) -> i64 {
    let longest =
        |cells: &[i64]| cells.iter().copied().filter(|&cell| cell < UNREACHABLE).max().unwrap_or(0);
    let (meters, seconds) = (longest(distance), longest(duration));
    vehicles
        .iter()
        .map(|vehicle| {
            let leg = meters.saturating_mul(vehicle.cost_per_distance)
                + seconds.saturating_mul(vehicle.cost_per_duration);
            leg.saturating_mul(8).saturating_add(vehicle.fixed_cost.saturating_mul(2)) + 1
        })
        .max()
        .unwrap_or(1)
}

fn seconds_up(at: Timestamp, origin: i64) -> i64 {
    -(origin - at.0).div_euclid(1000)
}

fn seconds_down(at: Timestamp, origin: i64) -> i64 {
    (at.0 - origin).div_euclid(1000)
}
