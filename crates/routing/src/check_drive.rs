//! Drives a route for the judge: breaks, lateness and speeds by their definitions, one unit of time
//! after the other where speeds change, sharing nothing with the search.

use crate::check::{Violation, stops};
use crate::problem::{Problem, UNREACHABLE};
use crate::solution::VehicleRoute;

/// What a route comes to when it is driven as it says.
#[derive(Debug, Default)]
pub(crate) struct Driven {
    pub begin: i64,
    pub end: i64,
    pub driving: i64,
    pub late_cost: i64,
    broken: Vec<Violation>,
}

pub(crate) fn check_drive(problem: &Problem, route: &VehicleRoute, broken: &mut Vec<Violation>) {
    let (index, vehicle) = (route.vehicle, &problem.vehicles[route.vehicle]);
    let driven = driven(problem, route);
    if driven.begin < vehicle.shift.0.max(first_release(problem, route)) {
        broken.push(Violation::LeavesEarly { vehicle: index });
    }
    if driven.end > vehicle.shift.1 {
        let late = driven.end - vehicle.shift.1;
        broken.push(Violation::ShiftEnd { vehicle: index, late });
    }
    if vehicle.max_duration.is_some_and(|most| driven.end - driven.begin > most) {
        broken.push(Violation::Limit { vehicle: index, what: "duration" });
    }
    let owes = |pause: crate::Pause| {
        vehicle.shift.0 <= pause.window.1
            && driven.end > pause.window.1
            && route.pause_before.is_none()
    };
    if vehicle.pause.is_some_and(owes) {
        broken.push(Violation::Break { vehicle: index });
    }
    broken.extend(driven.broken);
}

pub(crate) fn driven(problem: &Problem, route: &VehicleRoute) -> Driven {
    let (index, vehicle) = (route.vehicle, &problem.vehicles[route.vehicle]);
    let begin = route.leaves.unwrap_or(vehicle.shift.0.max(first_release(problem, route)));
    let mut driven = Driven { begin, end: begin, ..Driven::default() };
    for (position, leg) in stops(problem, index, &route.jobs).windows(2).enumerate() {
        let mut pause = vehicle.pause.filter(|_| route.pause_before == Some(position));
        let reload = route.reloads.contains(&position);
        let ways = if reload {
            vec![(leg[0], vehicle.start), (vehicle.start, leg[1])]
        } else {
            vec![(leg[0], leg[1])]
        };
        for (number, (from, to)) in ways.into_iter().enumerate() {
            let way = problem.duration(from, to);
            if way >= UNREACHABLE {
                driven.broken.push(Violation::NoWay { vehicle: index, position });
                return driven;
            }
            drive(&mut driven, index, &vehicle.speeds, way, pause.take());
            if reload && number == 0 {
                let loaded = driven.end + vehicle.reload_duration;
                driven.end = loaded.max(release(problem, route, position));
            }
        }
        if let Some(&job) = route.jobs.get(position) {
            serve(problem, index, &mut driven, job);
        }
    }
    driven
}

fn first_release(problem: &Problem, route: &VehicleRoute) -> i64 {
    release(problem, route, 0)
}

/// When everything is there that the trip which begins with this position brings.
fn release(problem: &Problem, route: &VehicleRoute, from: usize) -> i64 {
    let mut first = 0;
    for trip in route.trips() {
        if first <= from && from < first + trip.len() {
            return trip.iter().map(|&job| problem.jobs[job].release).fold(i64::MIN, i64::max);
        }
        first += trip.len();
    }
    i64::MIN
}

/// Drives on until the break is due, takes it, and drives the rest; at the door it waits for it.
fn drive(
    driven: &mut Driven,
    vehicle: usize,
    speeds: &[(i64, i64)],
    way: i64,
    pause: Option<crate::Pause>,
) {
    let speed = |at: i64| speeds.iter().rev().find(|s| s.0 <= at).map_or(1000, |s| s.1);
    let mut left = way * 1000;
    let mut due = pause;
    loop {
        if let Some(pause) = due.filter(|p| driven.end >= p.window.0 || left <= 0) {
            let begin = driven.end.max(pause.window.0);
            if begin > pause.window.1 {
                driven.broken.push(Violation::Break { vehicle });
            }
            driven.end = begin + pause.length;
            due = None;
        }
        if left <= 0 {
            return;
        }
        // At once as far as nothing changes: to the next speed or the break.
        let borders = speeds.iter().map(|s| s.0).chain(due.map(|pause| pause.window.0));
        let until = borders.filter(|&border| border > driven.end).min().unwrap_or(i64::MAX);
        let rate = speed(driven.end);
        let whole = (left + rate - 1) / rate;
        let time = whole.min(until.saturating_sub(driven.end));
        left -= time * rate;
        driven.driving += time;
        driven.end += time;
    }
}

fn serve(problem: &Problem, vehicle: usize, driven: &mut Driven, job: usize) {
    let details = &problem.jobs[job];
    let arrival = driven.end;
    let is_open = |window: &&(i64, i64)| window.0 <= arrival && arrival <= window.1;
    let closed = details.windows.iter().filter(|window| window.1 < arrival).map(|w| w.1).max();
    let next = details.windows.iter().map(|window| window.0).find(|&open| open > arrival);
    let late = closed.map(|closed| arrival - closed);
    if details.windows.iter().find(is_open).is_none() && !details.windows.is_empty() {
        match (late.filter(|&late| late <= details.late_max), next) {
            (Some(late), _) => driven.late_cost += late * details.cost_per_late,
            (None, Some(open)) => driven.end = open,
            (None, None) => {
                let late = late.unwrap_or(0);
                driven.broken.push(Violation::Late { vehicle, job, late });
            }
        }
    }
    driven.end += details.service;
}
