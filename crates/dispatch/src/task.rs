//! Orders into a problem for the solver, and back.

use crate::input::PlanInput;
use crate::timing::{COST_PER_METER, COST_PER_MINOR, COST_PER_SECOND, leg};
use domain::Timestamp;
use roads::Matrix;
use routing::{Job, Problem, UNREACHABLE, Vehicle};

/// Levels of priority; each outweighs this many stops of the level below.
const PRIORITY_MAX: u8 = 3;
const PRIORITY_STEP: i64 = 4;
/// The solver's limit for any one number.
const NUMBER_MAX: i64 = 1 << 38;

/// The problem of some stops and vans, with the way back to the input.
pub(crate) struct Task {
    pub problem: Problem,
    /// Input index of each vehicle and each job.
    pub vans: Vec<usize>,
    pub stops: Vec<usize>,
}

/// Builds the problem. `fixed_van[stop]` is the only van that may take a stop, if there is one.
pub(crate) fn task(
    input: &PlanInput,
    matrix: &Matrix,
    vans: Vec<usize>,
    stops: Vec<usize>,
    fixed_van: &[Option<usize>],
) -> Task {
    let origin = input.vans.iter().map(|van| van.shift.0.0).min().unwrap_or(0);
    let places: Vec<usize> = std::iter::once(0).chain(stops.iter().map(|stop| stop + 1)).collect();
    let mut duration = Vec::with_capacity(places.len() * places.len());
    let mut distance = Vec::with_capacity(places.len() * places.len());
    for &from in &places {
        for &to in &places {
            let known = leg(matrix, from, to);
            duration.push(known.map_or(UNREACHABLE, |(seconds, _)| seconds.0));
            distance.push(known.map_or(UNREACHABLE, |(_, meters)| meters.0));
        }
    }
    let vehicles: Vec<Vehicle> = vans.iter().map(|&van| vehicle(input, van, origin)).collect();
    let deterrent = deterrent(&vehicles, &duration, &distance);
    let jobs = stops
        .iter()
        .enumerate()
        .map(|(index, &stop)| {
            let allowed = fixed_van[stop]
                .map(|only| (0..vans.len()).filter(|&vehicle| vans[vehicle] == only).collect());
            Job { vehicles: allowed, ..job(input, stop, index + 1, origin, deterrent) }
        })
        .collect();
    let size = places.len();
    let problem = Problem { size, duration, distance, vehicles, jobs, pairs: Vec::new() };
    Task { problem, vans, stops }
}

fn vehicle(input: &PlanInput, van: usize, origin: i64) -> Vehicle {
    let van = &input.vans[van];
    Vehicle {
        start: 0,
        end: 0,
        capacity: van.capacity.kinds().to_vec(),
        // Rounded inward, so that the plan in milliseconds keeps what the solver promised.
        shift: (seconds_up(van.shift.0, origin), seconds_down(van.shift.1, origin)),
        fixed_cost: van.fixed_cost_minor.saturating_mul(COST_PER_MINOR),
        cost_per_distance: van.cost_per_km_minor.saturating_mul(COST_PER_METER),
        cost_per_duration: van.cost_per_hour_minor.saturating_mul(COST_PER_SECOND),
        max_duration: None,
        max_distance: None,
        max_stops: van.max_stops,
        skills: 0,
        ..Vehicle::default()
    }
}

fn job(input: &PlanInput, stop: usize, place: usize, origin: i64, deterrent: i64) -> Job {
    let stop = &input.stops[stop];
    let level = u32::from(stop.priority.min(PRIORITY_MAX));
    Job {
        place,
        delivery: stop.load().kinds().to_vec(),
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
