//! Works out a route's times and loads, and names every rule it breaks.

use crate::input::{PlanInput, StopRequest, Van};
use crate::limits::limits;
use crate::route_plan::PlannedRoute;
use crate::walk::{Trip, Walk};
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
    /// No break can begin within its window.
    Break,
    /// Seconds beyond the van's longest route.
    MaxDuration,
    /// Meters beyond the van's longest route.
    MaxDistance,
    /// The van lacks the equipment, or does not deliver in this zone.
    Skill,
    /// The goods are delivered before they are collected, or on another van.
    Order,
    /// The van has left without the goods.
    NotOnBoard,
    /// What is driven cannot be changed.
    Driven,
}

pub(crate) struct Timed {
    pub route: PlannedRoute,
    pub broken: Vec<Broken>,
}

/// The route of `van` through `stops` (indices into the input). Row and column 0 of the matrix are
/// the depot, `i + 1` is stop `i`.
pub(crate) fn timed(input: &PlanInput, matrix: &Matrix, van: usize, stops: &[usize]) -> Timed {
    let trip = Trip { input, matrix, van: &input.vans[van], stops };
    let mut best = trip.best();
    let mut broken = limits(&trip, &best);
    broken.append(&mut best.broken);
    let late = seconds_up(best.returns.0 - trip.van.shift.1.0);
    if late > 0 && !stops.is_empty() {
        broken.push(Broken { constraint: Constraint::ShiftEnd, stop: None, by: late });
    }
    Timed { route: best.into_route(&trip), broken }
}

/// Where a van is after what it has driven, and what that has used up.
pub(crate) struct Driven {
    /// Row of the matrix.
    pub place: usize,
    pub leaves: Timestamp,
    pub seconds: Seconds,
    pub meters: Meters,
}

/// `None` for a van that is still in the yard.
pub(crate) fn driven(input: &PlanInput, matrix: &Matrix, van: usize) -> Option<Driven> {
    let van = &input.vans[van];
    let known = van.now.driven.iter().filter_map(|id| input.stop_index(id));
    let stops: Vec<usize> = known.collect();
    let trip = Trip { input, matrix, van, stops: &stops };
    let (begin, last) = (trip.begin(), *stops.last()?);
    let mut walk = Walk::new(begin);
    (0..stops.len()).for_each(|position| trip.visit(&mut walk, position, None));
    let seconds = Seconds((walk.now.0 - begin.0) / 1000);
    Some(Driven { place: last + 1, leaves: walk.now, seconds, meters: walk.meters })
}

/// Time and length of a leg; a place is always at itself, even off the map.
pub(crate) fn leg(matrix: &Matrix, from: usize, to: usize) -> Option<(Seconds, Meters)> {
    if from == to { Some((Seconds::ZERO, Meters::ZERO)) } else { matrix.get(from, to) }
}

pub(crate) enum Window {
    Open(Timestamp),
    /// Too late for the window, but not for the customer.
    Late {
        by_millis: i64,
    },
    Missed {
        by_millis: i64,
    },
}

pub(crate) fn window_for(stop: &StopRequest, arrive: Timestamp) -> Window {
    let windows = &stop.windows;
    let Some(last) = windows.iter().map(|window| window.1).max() else {
        return Window::Open(arrive);
    };
    let next = windows.iter().filter(|window| arrive <= window.1).map(|window| window.0).min();
    let closed = windows.iter().map(|window| window.1).filter(|close| *close < arrive).max();
    let late = closed.map(|close| arrive.0 - close.0);
    let late_max = stop.rules.late_max.0 * 1000;
    match (next, late.filter(|late| *late <= late_max)) {
        (Some(open), _) if open <= arrive => Window::Open(arrive),
        (_, Some(by_millis)) => Window::Late { by_millis },
        (Some(open), None) => Window::Open(open),
        (None, None) => Window::Missed { by_millis: arrive.0 - last.0 },
    }
}

/// The latest departure from the depot that still returns at `returns` and is late nowhere.
pub(crate) fn latest_departure(
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

/// Whole seconds, rounded up: a second late is late.
pub(crate) fn seconds_up(millis: i64) -> i64 {
    -(-millis).div_euclid(1000)
}
