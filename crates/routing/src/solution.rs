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
