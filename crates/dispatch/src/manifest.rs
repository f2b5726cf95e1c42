//! What the driver takes along: the stops in order, with what to load where.

use crate::input::PlanInput;
use crate::route_plan::PlannedRoute;
use domain::{Grams, Milliliters, Timestamp};
use serde::{Deserialize, Serialize};

/// One line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestRow {
    /// Order of the visit, from 1.
    pub sequence: usize,
    /// Order of loading, from 1: the last stop goes in first.
    pub load_order: usize,
    pub stop: String,
    pub name: String,
    pub address: String,
    pub arrive: Timestamp,
    /// The promised window that the arrival belongs to.
    pub window: Option<(Timestamp, Timestamp)>,
    pub pieces: i64,
    pub weight: Grams,
    pub volume: Milliliters,
}

/// The rows of a route; stops that the input no longer has are left out.
pub fn manifest(input: &PlanInput, route: &PlannedRoute) -> Vec<ManifestRow> {
    let count = route.stops.len();
    let rows = route.stops.iter().enumerate().filter_map(|(index, planned)| {
        let stop = input.stops.iter().find(|stop| stop.id == planned.request)?;
        Some(ManifestRow {
            sequence: index + 1,
            load_order: count - index,
            stop: stop.id.clone(),
            name: stop.name.clone(),
            address: stop.address.clone(),
            arrive: planned.arrive,
            window: stop.windows.iter().copied().find(|window| planned.arrive <= window.1),
            pieces: stop.pieces,
            weight: stop.weight,
            volume: stop.volume,
        })
    });
    rows.collect()
}
