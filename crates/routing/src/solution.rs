//! What is answered.

use serde::{Deserialize, Serialize};

/// Routes and what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Solution {
    /// Only vehicles that drive, in their order.
    pub routes: Vec<VehicleRoute>,
    /// Jobs in no route, ascending. [`crate::explain_unassigned`] says why.
    pub unassigned: Vec<usize>,
    /// Fixed costs, driving, and the prizes of jobs left out. Jobs without a prize add nothing
    /// here; the search itself never prefers leaving them out.
    pub cost: i64,
    pub iterations: u64,
}

/// The jobs of one vehicle in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VehicleRoute {
    pub vehicle: usize,
    pub jobs: Vec<usize>,
    /// Positions in `jobs`, ascending, before which the vehicle returns to its start for a new load.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reloads: Vec<usize>,
    /// When the vehicle leaves, where that decides what the route costs; otherwise as early as it
    /// may, or as late as its duration allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<i64>,
    /// The driver's break is taken on the leg before the job at this position, or on the way to the
    /// end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_before: Option<usize>,
}

impl VehicleRoute {
    /// The jobs trip by trip.
    pub fn trips(&self) -> impl Iterator<Item = &[usize]> {
        let ends = self.reloads.iter().copied().chain(std::iter::once(self.jobs.len()));
        ends.scan(0, |from, to| {
            let trip = self.jobs.get(*from..to).unwrap_or(&[]);
            *from = to;
            Some(trip)
        })
    }
}
