//! What changed from one published plan to the next, stop by stop: what drivers are told.

use crate::route_plan::{PlannedStop, RoutePlan};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Positions from 1.
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
    let mut ids: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| change(id, before.get(id), after.get(id))).collect()
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

fn change(id: &str, before: Option<&Visit>, after: Option<&Visit>) -> Option<Change> {
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
    if before.position != after.position {
        let (from, to) = (before.position, after.position);
        return Some(Change::Resequenced { stop, van, from, to });
    }
    let (from, to) = (before.planned.arrive, after.planned.arrive);
    let retimed = from.0.abs_diff(to.0) >= RETIMED_MILLIS_MIN as u64;
    retimed.then_some(Change::Retimed { stop, van, from, to })
}
