//! Works out a route's times and loads, and names every rule it breaks.

use crate::input::{Load, PlanInput, Van};
use crate::route_plan::{PlannedRoute, PlannedStop, RouteLock};
use domain::{Meters, Seconds, Timestamp};
use roads::Matrix;
use serde::{Deserialize, Serialize};

/// The solver counts cost in 1/18,000 of a minor unit: then a price per kilometer is a whole number
/// per meter (x 18), and a price per hour a whole number per second (x 5).
pub(crate) const COST_PER_MINOR: i64 = 18_000;
pub(crate) const COST_PER_METER: i64 = 18;
pub(crate) const COST_PER_SECOND: i64 = 5;

/// A rule that a route breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    pub constraint: Constraint,
    /// Where it shows, if at a stop.
    pub stop: Option<String>,
    /// By how much: grams, milliliters, pieces, seconds or stops, by the constraint.
    pub by: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    Weight,
    Volume,
    Pieces,
    /// Seconds after the last window.
    TimeWindow,
    /// Seconds after the shift.
    ShiftEnd,
    MaxStops,
    /// No road; the leg counts as no time at all.
    Unreachable,
    /// The stop is locked to another van, or its route's order is locked.
    Locked,
}

pub(crate) struct Timed {
    pub route: PlannedRoute,
    pub broken: Vec<Broken>,
}

/// The route of `van` through `stops` (indices into the input). Row and column 0 of the matrix are
/// the depot, `i + 1` is stop `i`.
pub(crate) fn timed(input: &PlanInput, matrix: &Matrix, van: usize, stops: &[usize]) -> Timed {
    let details = &input.vans[van];
    let earliest = walk(input, matrix, details, stops, details.shift.0);
    let is_late = |walk: &Walk| walk.broken.iter().any(|b| b.constraint == Constraint::TimeWindow);
    let mut best = earliest;
    if !is_late(&best) {
        // Waiting at doors is time better spent in the yard.
        let leave = latest_departure(input, matrix, details, stops, best.returns);
        best = walk(input, matrix, details, stops, leave.max(details.shift.0));
    }
    let mut broken = load_limits(details, stops.iter().map(|&stop| input.stops[stop].load()).sum());
    if let Some(most) = details.max_stops
        && stops.len() > most
    {
        let by = (stops.len() - most) as i64;
        broken.push(Broken { constraint: Constraint::MaxStops, stop: None, by });
    }
    let locked_elsewhere = stops
        .iter()
        .map(|&stop| &input.stops[stop])
        .filter(|stop| stop.locked_van.as_ref().is_some_and(|van| *van != details.id));
    broken.extend(locked_elsewhere.map(|stop| Broken {
        constraint: Constraint::Locked,
        stop: Some(stop.id.clone()),
        by: 1,
    }));
    broken.append(&mut best.broken);
    let late = seconds_up(best.returns.0 - details.shift.1.0);
    if late > 0 && !stops.is_empty() {
        broken.push(Broken { constraint: Constraint::ShiftEnd, stop: None, by: late });
    }
    Timed { route: best.into_route(details, stops, input), broken }
}

struct Walk {
    leaves: Timestamp,
    returns: Timestamp,
    stops: Vec<PlannedStop>,
    meters: Meters,
    driving: Seconds,
    broken: Vec<Broken>,
}

fn walk(input: &PlanInput, matrix: &Matrix, van: &Van, stops: &[usize], leaves: Timestamp) -> Walk {
    let mut load: Load = stops.iter().map(|&stop| input.stops[stop].load()).sum();
    let mut walk = Walk {
        leaves,
        returns: leaves,
        stops: Vec::new(),
        meters: Meters::ZERO,
        driving: Seconds::ZERO,
        broken: Vec::new(),
    };
    let (mut now, mut at) = (leaves, 0);
    for &index in stops {
        let stop = &input.stops[index];
        let meters = walk.leg(matrix, at, index + 1, &mut now, Some(&stop.id));
        let arrive = now;
        let begin = match window_for(&stop.windows, arrive) {
            Window::Open(begin) => begin,
            Window::Missed { by_millis } => {
                walk.broken.push(Broken {
                    constraint: Constraint::TimeWindow,
                    stop: Some(stop.id.clone()),
                    by: seconds_up(by_millis),
                });
                arrive
            }
        };
        load = load - stop.load();
        now = begin.plus_seconds(stop.service.0);
        walk.stops.push(PlannedStop {
            request: stop.id.clone(),
            arrive,
            wait: Seconds((begin.0 - arrive.0) / 1000),
            depart: now,
            load_after: load,
            meters,
            locked: stop.locked_van.as_ref() == Some(&van.id),
        });
        at = index + 1;
    }
    if !stops.is_empty() {
        walk.leg(matrix, at, 0, &mut now, None);
    }
    walk.returns = now;
    walk
}

impl Walk {
    fn leg(
        &mut self,
        matrix: &Matrix,
        from: usize,
        to: usize,
        now: &mut Timestamp,
        stop: Option<&String>,
    ) -> Meters {
        let Some((seconds, meters)) = leg(matrix, from, to) else {
            let stop = stop.cloned();
            self.broken.push(Broken { constraint: Constraint::Unreachable, stop, by: 1 });
            return Meters::ZERO;
        };
        *now = now.plus_seconds(seconds.0);
        self.driving += seconds;
        self.meters += meters;
        meters
    }

    fn into_route(self, van: &Van, stops: &[usize], input: &PlanInput) -> PlannedRoute {
        let cost = van.fixed_cost_minor * COST_PER_MINOR
            + self.meters.0 * van.cost_per_km_minor * COST_PER_METER
            + self.driving.0 * van.cost_per_hour_minor * COST_PER_SECOND;
        PlannedRoute {
            van: van.id.clone(),
            lock: RouteLock::Open,
            leaves: self.leaves,
            returns: self.returns,
            stops: self.stops,
            meters: self.meters,
            seconds: Seconds((self.returns.0 - self.leaves.0) / 1000),
            driving: self.driving,
            load: stops.iter().map(|&stop| input.stops[stop].load()).sum(),
            cost_minor: (cost + COST_PER_MINOR / 2) / COST_PER_MINOR,
        }
    }
}

/// Time and length of a leg; a place is always at itself, even off the map.
pub(crate) fn leg(matrix: &Matrix, from: usize, to: usize) -> Option<(Seconds, Meters)> {
    if from == to { Some((Seconds::ZERO, Meters::ZERO)) } else { matrix.get(from, to) }
}

enum Window {
    Open(Timestamp),
    Missed { by_millis: i64 },
}

fn window_for(windows: &[(Timestamp, Timestamp)], arrive: Timestamp) -> Window {
    let Some(last) = windows.iter().map(|window| window.1).max() else {
        return Window::Open(arrive);
    };
    let next = windows.iter().filter(|window| arrive <= window.1).map(|window| window.0).min();
    match next {
        Some(open) => Window::Open(arrive.max(open)),
        None => Window::Missed { by_millis: arrive.0 - last.0 },
    }
}

/// The latest departure from the depot that still returns at `returns` and is late nowhere.
fn latest_departure(
    input: &PlanInput,
    matrix: &Matrix,
    van: &Van,
    stops: &[usize],
    returns: Timestamp,
) -> Timestamp {
    let (mut bound, mut next) = (returns, 0);
    for &index in stops.iter().rev() {
        let stop = &input.stops[index];
        let drive = leg(matrix, index + 1, next).map_or(0, |(seconds, _)| seconds.0);
        bound = bound.plus_seconds(-drive - stop.service.0);
        let usable = stop.windows.iter().filter(|window| window.0 <= bound);
        match usable.map(|window| window.1.min(bound)).max() {
            Some(latest) => bound = latest,
            None if stop.windows.is_empty() => {}
            None => return van.shift.0,
        }
        next = index + 1;
    }
    let drive = leg(matrix, 0, next).map_or(0, |(seconds, _)| seconds.0);
    bound.plus_seconds(-drive)
}

fn load_limits(van: &Van, load: Load) -> Vec<Broken> {
    let constraints = [Constraint::Weight, Constraint::Volume, Constraint::Pieces];
    let over = (load - van.capacity).kinds();
    constraints
        .into_iter()
        .zip(over)
        .filter(|&(_, by)| by > 0)
        .map(|(constraint, by)| Broken { constraint, stop: None, by })
        .collect()
}

/// Whole seconds, rounded up: a second late is late.
fn seconds_up(millis: i64) -> i64 {
    -(-millis).div_euclid(1000)
}
