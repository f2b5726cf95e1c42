//! What changed from one published plan to the next, stop by stop: what drivers are told.

use crate::route_plan::{PlannedStop, RoutePlan};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Arrivals that differ by less are the same to everyone concerned: 2 minutes.
const RETIMED_MILLIS_MIN: i64 = 120_000;

/// What changed for one stop; the weightiest change only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    Added {
        stop: String,
        van: String,
    },
    Removed {
        stop: String,
        van: String,
    },
    Moved {
        stop: String,
        from: String,
        to: String,
    },
    /// Served before or after others than it was. Positions from 1.
    Resequenced {
        stop: String,
        van: String,
        from: usize,
        to: usize,
    },
    Retimed {
        stop: String,
        van: String,
        from: Timestamp,
        to: Timestamp,
    },
}

/// Changes in the order of stop ids.
pub fn diff(old: &RoutePlan, new: &RoutePlan) -> Vec<Change> {
    let (before, after) = (by_stop(old), by_stop(new));
    let passed = passed(&before, new);
    let mut ids: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let both = |id: &str| (before.get(id), after.get(id), passed.contains(id));
    ids.into_iter().filter_map(|id| change(id, both(id))).collect()
}

/// Stops that changed their place among those that stayed on their van. A stop that joins or leaves
/// shifts all behind it, and they are driven as before.
fn passed<'p>(before: &BTreeMap<&str, Visit<'_>>, new: &'p RoutePlan) -> BTreeSet<&'p str> {
    let mut passed = BTreeSet::new();
    for route in &new.routes {
        let stayed: Vec<(&str, usize)> = route
            .stops
            .iter()
            .filter_map(|stop| {
                let known = before.get(stop.request.as_str()).filter(|v| v.van == route.van)?;
                Some((stop.request.as_str(), known.position))
            })
            .collect();
        let kept = longest_rising(&stayed);
        passed.extend(stayed.iter().enumerate().filter(|(i, _)| !kept[*i]).map(|(_, s)| s.0));
    }
    passed
}

/// Marks a longest run of stops that are still in their old order.
fn longest_rising(stops: &[(&str, usize)]) -> Vec<bool> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(stops.len());
    for (at, (_, position)) in stops.iter().enumerate() {
        let lower = (0..at).filter(|&earlier| stops[earlier].1 < *position);
        let longest = lower.max_by_key(|&earlier| (best[earlier].0, earlier));
        best.push((longest.map_or(1, |earlier| best[earlier].0 + 1), longest));
    }
    let mut marked = vec![false; stops.len()];
    let mut next = (0..stops.len()).max_by_key(|&at| (best[at].0, at));
    while let Some(at) = next {
        marked[at] = true;
        next = best[at].1;
    }
    marked
}

struct Visit<'p> {
    van: &'p str,
    /// From 1, as drivers count doors.
    position: usize,
    planned: &'p PlannedStop,
}

fn by_stop(plan: &RoutePlan) -> BTreeMap<&str, Visit<'_>> {
    let mut visits = BTreeMap::new();
    for route in &plan.routes {
        for (index, planned) in route.stops.iter().enumerate() {
            let visit = Visit { van: route.van.as_str(), position: index + 1, planned };
            visits.insert(planned.request.as_str(), visit);
        }
    }
    visits
}

fn change(
    id: &str,
    (before, after, passed): (Option<&Visit>, Option<&Visit>, bool),
) -> Option<Change> {
    let stop = id.to_owned();
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(after)) => return Some(Change::Added { stop, van: after.van.to_owned() }),
        (Some(before), None) => {
            return Some(Change::Removed { stop, van: before.van.to_owned() });
        }
        (Some(before), Some(after)) => (before, after),
    };
    let van = after.van.to_owned();
    if before.van != after.van {
        return Some(Change::Moved { stop, from: before.van.to_owned(), to: van });
    }
    if passed {
        let (from, to) = (before.position, after.position);
        return Some(Change::Resequenced { stop, van, from, to });
    }
    let (from, to) = (before.planned.arrive, after.planned.arrive);
    let retimed = from.0.abs_diff(to.0) >= RETIMED_MILLIS_MIN as u64;
    retimed.then_some(Change::Retimed { stop, van, from, to })
}
