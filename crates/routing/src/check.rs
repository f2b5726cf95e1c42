//! Judges a solution by the problem alone. It shares no arithmetic with the search, so that a
//! mistake there cannot excuse itself here.

use crate::problem::{Problem, UNREACHABLE};
use crate::solution::{Solution, VehicleRoute};
use thiserror::Error;

/// A rule that a solution breaks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Violation {
    #[error("job {0} is neither in exactly one route nor among the unassigned")]
    Coverage(usize),
    #[error("vehicle {0} does not exist or drives twice")]
    VehicleTwice(usize),
    #[error("vehicle {vehicle} may not do job {job}")]
    NotAllowed { vehicle: usize, job: usize },
    #[error("vehicle {vehicle} carries {load} of kind {kind}, but holds {capacity}")]
    Capacity { vehicle: usize, kind: usize, load: i64, capacity: i64 },
    #[error("vehicle {vehicle} comes to job {job} too late, by {late}")]
    Late { vehicle: usize, job: usize, late: i64 },
    #[error("vehicle {vehicle} ends {late} after its shift")]
    ShiftEnd { vehicle: usize, late: i64 },
    #[error("vehicle {vehicle} has no way to its stop {position}")]
    NoWay { vehicle: usize, position: usize },
    #[error("vehicle {vehicle} exceeds a limit of its own: {what}")]
    Limit { vehicle: usize, what: &'static str },
    #[error("vehicle {vehicle}: its driver has no break within its window")]
    Break { vehicle: usize },
    #[error("vehicle {vehicle} leaves before it may")]
    LeavesEarly { vehicle: usize },
    #[error("jobs {0} and {1} are a pair, but not in one route in this order")]
    Pair(usize, usize),
    #[error("the cost is {found}, not {stated}")]
    Cost { found: i64, stated: i64 },
}

/// Everything that is wrong with a solution; empty when it is right.
pub fn check(problem: &Problem, solution: &Solution) -> Vec<Violation> {
    let mut broken = Vec::new();
    let mut seen = vec![0_usize; problem.jobs.len()];
    let mut driven = vec![false; problem.vehicles.len()];
    let mut cost = 0;
    let listed = solution.routes.iter().flat_map(|route| &route.jobs).chain(&solution.unassigned);
    for &job in listed {
        match seen.get_mut(job) {
            Some(count) => *count += 1,
            None => broken.push(Violation::Coverage(job)),
        }
    }
    broken.extend((0..seen.len()).filter(|&job| seen[job] != 1).map(Violation::Coverage));
    if !broken.is_empty() {
        return broken;
    }
    for route in &solution.routes {
        match driven.get_mut(route.vehicle) {
            Some(used) if !*used => *used = true,
            _ => {
                broken.push(Violation::VehicleTwice(route.vehicle));
                continue;
            }
        }
        check_route(problem, route, &mut broken);
        cost += route_cost(problem, route);
    }
    check_pairs(problem, solution, &mut broken);
    cost += solution.unassigned.iter().filter_map(|&job| problem.jobs[job].prize).sum::<i64>();
    if cost != solution.cost {
        broken.push(Violation::Cost { found: cost, stated: solution.cost });
    }
    broken
}

pub(crate) fn stops(problem: &Problem, vehicle: usize, trip: &[usize]) -> Vec<usize> {
    let vehicle = &problem.vehicles[vehicle];
    let mut places = vec![vehicle.start];
    places.extend(trip.iter().map(|&job| problem.jobs[job].place));
    places.push(vehicle.end);
    places
}

/// What one vehicle's day costs: its fixed cost and its driving.
pub(crate) fn route_cost(problem: &Problem, route: &VehicleRoute) -> i64 {
    let vehicle = &problem.vehicles[route.vehicle];
    if route.jobs.is_empty() {
        return 0;
    }
    if problem.is_rich() {
        return crate::terms::route_terms(problem, route).total();
    }
    route.trips().filter(|trip| !trip.is_empty()).fold(vehicle.fixed_cost, |cost, trip| {
        let legs = stops(problem, route.vehicle, trip);
        legs.windows(2).fold(cost, |cost, leg| {
            cost + problem.distance(leg[0], leg[1]) * vehicle.cost_per_distance
                + problem.duration(leg[0], leg[1]) * vehicle.cost_per_duration
        })
    })
}

fn check_route(problem: &Problem, route: &VehicleRoute, broken: &mut Vec<Violation>) {
    let index = route.vehicle;
    let vehicle = &problem.vehicles[index];
    if route.jobs.is_empty() {
        return;
    }
    let forbidden = route.jobs.iter().filter(|&&job| !problem.may_do(index, job));
    broken.extend(forbidden.map(|&job| Violation::NotAllowed { vehicle: index, job }));
    if vehicle.max_stops.is_some_and(|most| route.jobs.len() > most) {
        broken.push(Violation::Limit { vehicle: index, what: "number of stops" });
    }
    if route.reloads.len() >= vehicle.trips_max {
        broken.push(Violation::Limit { vehicle: index, what: "number of trips" });
    }
    let sorted = route.reloads.windows(2).all(|pair| pair[0] <= pair[1]);
    if !sorted || route.reloads.last().is_some_and(|&last| last > route.jobs.len()) {
        broken.push(Violation::Limit { vehicle: index, what: "order of reloads" });
        return;
    }
    if problem.has_rich_times() {
        let trips = route.trips().filter(|trip| !trip.is_empty());
        trips.for_each(|trip| check_load(problem, index, trip, broken));
        check_distance(problem, route, broken);
        crate::check_drive::check_drive(problem, route, broken);
        return;
    }
    let mut begin = vehicle.shift.0;
    for trip in route.trips().filter(|trip| !trip.is_empty()) {
        check_load(problem, index, trip, broken);
        begin = check_time(problem, index, trip, begin, broken) + vehicle.reload_duration;
    }
    if route.reloads.is_empty() {
        check_day(problem, route, broken);
    }
}

fn check_distance(problem: &Problem, route: &VehicleRoute, broken: &mut Vec<Violation>) {
    let trips = route.trips().filter(|trip| !trip.is_empty());
    let places = trips.map(|trip| stops(problem, route.vehicle, trip));
    let long = |places: Vec<usize>| -> i64 {
        places.windows(2).map(|leg| problem.distance(leg[0], leg[1])).sum()
    };
    let distance: i64 = places.map(long).sum();
    let most = problem.vehicles[route.vehicle].max_distance;
    if most.is_some_and(|most| distance > most) {
        broken.push(Violation::Limit { vehicle: route.vehicle, what: "distance" });
    }
}

/// Limits on a day of one trip.
fn check_day(problem: &Problem, route: &VehicleRoute, broken: &mut Vec<Violation>) {
    let index = route.vehicle;
    let vehicle = &problem.vehicles[index];
    check_distance(problem, route, broken);
    let Some(most) = vehicle.max_duration else { return };
    let releases = route.jobs.iter().map(|&job| problem.jobs[job].release);
    let start = releases.fold(vehicle.shift.0, i64::max);
    // Whoever is late has been reported already.
    let Some(end) = end_when_leaving(problem, route, start) else { return };
    if end - latest_start(problem, route, start, end) > most {
        broken.push(Violation::Limit { vehicle: index, what: "duration" });
    }
}

fn check_load(problem: &Problem, vehicle: usize, trip: &[usize], broken: &mut Vec<Violation>) {
    for (kind, &capacity) in problem.vehicles[vehicle].capacity.iter().enumerate() {
        let of = |loads: &Vec<i64>| loads.get(kind).copied().unwrap_or(0);
        let paired = |job: usize| problem.pairs.iter().any(|&(a, b)| a == job || b == job);
        let mut load = 0;
        for &job in trip {
            if !paired(job) {
                load += of(&problem.jobs[job].delivery);
            }
        }
        let mut peak = load;
        for &job in trip {
            load -= of(&problem.jobs[job].delivery);
            load += of(&problem.jobs[job].pickup);
            peak = peak.max(load);
        }
        if peak > capacity {
            broken.push(Violation::Capacity { vehicle, kind, load: peak, capacity });
        }
    }
}

/// Drives a trip as early as it can be driven after `begin`; answers when it ends.
fn check_time(
    problem: &Problem,
    index: usize,
    trip: &[usize],
    begin: i64,
    broken: &mut Vec<Violation>,
) -> i64 {
    let vehicle = &problem.vehicles[index];
    let places = stops(problem, index, trip);
    let releases = trip.iter().map(|&job| problem.jobs[job].release);
    let mut now = releases.fold(begin, i64::max);
    for (position, leg) in places.windows(2).enumerate() {
        let drive = problem.duration(leg[0], leg[1]);
        if drive >= UNREACHABLE {
            broken.push(Violation::NoWay { vehicle: index, position });
            return now;
        }
        now += drive;
        let Some(&job) = trip.get(position) else { break };
        let details = &problem.jobs[job];
        if let Some(last) = details.windows.last() {
            match details.windows.iter().find(|window| now <= window.1) {
                Some(window) => now = now.max(window.0),
                None => {
                    let late = now - last.1;
                    broken.push(Violation::Late { vehicle: index, job, late });
                }
            }
        }
        now += details.service;
    }
    if now > vehicle.shift.1 {
        broken.push(Violation::ShiftEnd { vehicle: index, late: now - vehicle.shift.1 });
    }
    now
}

/// The latest departure that still ends at `end`, by bisection over whole routes.
fn latest_start(problem: &Problem, route: &VehicleRoute, start: i64, end: i64) -> i64 {
    let (mut low, mut high) = (start, end);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if end_when_leaving(problem, route, middle).is_some_and(|at| at <= end) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

fn end_when_leaving(problem: &Problem, route: &VehicleRoute, start: i64) -> Option<i64> {
    let vehicle = &problem.vehicles[route.vehicle];
    let (mut now, mut at) = (start, vehicle.start);
    for &job in &route.jobs {
        let details = &problem.jobs[job];
        now += problem.duration(at, details.place);
        if !details.windows.is_empty() {
            now = now.max(details.windows.iter().find(|window| now <= window.1)?.0);
        }
        now += details.service;
        at = details.place;
    }
    Some(now + problem.duration(at, vehicle.end))
}

fn check_pairs(problem: &Problem, solution: &Solution, broken: &mut Vec<Violation>) {
    let spot = |job: usize| {
        solution.routes.iter().enumerate().find_map(|(route, details)| {
            details.jobs.iter().position(|&other| other == job).map(|at| (route, at))
        })
    };
    for &(pickup, delivery) in &problem.pairs {
        let fine = match (spot(pickup), spot(delivery)) {
            (None, None) => true,
            (Some((one, first)), Some((two, second))) => {
                let between = |at: &usize| (first + 1..=second).contains(at);
                one == two && first < second && !solution.routes[one].reloads.iter().any(between)
            }
            _ => false,
        };
        if !fine {
            broken.push(Violation::Pair(pickup, delivery));
        }
    }
}
