//! Rules that a route keeps or breaks as a whole.

use crate::input::Load;
use crate::timing::{Broken, Constraint};
use crate::walk::{Trip, Walk};

/// Everything but the times at stops.
pub(crate) fn limits(trip: &Trip<'_>, walk: &Walk) -> Vec<Broken> {
    let mut broken = load_limits(trip);
    let rules = &trip.van.rules;
    let over = [
        (
            Constraint::MaxStops,
            trip.van.max_stops.map(|most| trip.stops.len() as i64 - most as i64),
        ),
        (Constraint::MaxDistance, rules.max_distance.map(|most| walk.meters.0 - most.0)),
        (
            Constraint::MaxDuration,
            rules.max_duration.map(|most| (walk.returns.0 - walk.leaves.0) / 1000 - most.0),
        ),
    ];
    let over = over.into_iter().filter_map(|(constraint, by)| Some((constraint, by?)));
    let over = over.filter(|(_, by)| *by > 0 && !trip.stops.is_empty());
    broken.extend(over.map(|(constraint, by)| Broken { constraint, stop: None, by }));
    broken.extend((0..trip.stops.len()).flat_map(|position| stop_limits(trip, position)));
    broken
}

fn stop_limits(trip: &Trip<'_>, position: usize) -> Vec<Broken> {
    let stop = trip.stop(position);
    let van = trip.van;
    let fetched_late = stop.rules.fetched_at.as_ref().is_some_and(|fetch| {
        let known = trip.input.stops.iter().any(|stop| stop.id == *fetch);
        known && !(0..position).any(|before| trip.stop(before).id == *fetch)
    });
    let driven = van.now.driven.get(position).is_some_and(|id| *id != stop.id);
    let rules = [
        (Constraint::Locked, stop.locked_van.as_ref().is_some_and(|only| *only != van.id)),
        (Constraint::Skill, !van.is_equipped_for(stop)),
        (Constraint::NotOnBoard, !van.can_have(stop) || trip.is_with_another(&stop.id)),
        (Constraint::Order, fetched_late),
        (Constraint::Driven, driven),
    ];
    let broken = rules.into_iter().filter(|(_, is_broken)| *is_broken);
    let stop = || Some(stop.id.clone());
    broken.map(|(constraint, _)| Broken { constraint, stop: stop(), by: 1 }).collect()
}

/// The most on board at any time against the van's room.
fn load_limits(trip: &Trip<'_>) -> Vec<Broken> {
    let constraints = [Constraint::Weight, Constraint::Volume, Constraint::Pieces];
    let mut load = trip.load_at_start();
    let mut peak = load.kinds();
    for position in 0..trip.stops.len() {
        load = trip.load_after(load, position);
        peak.iter_mut().zip(load.kinds()).for_each(|(peak, now)| *peak = now.max(*peak));
    }
    let room: Load = trip.van.capacity;
    let over = constraints.into_iter().zip(peak.into_iter().zip(room.kinds()));
    over.filter(|(_, (peak, room))| peak > room)
        .map(|(constraint, (peak, room))| Broken { constraint, stop: None, by: peak - room })
        .collect()
}
