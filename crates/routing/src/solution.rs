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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VehicleRoute {
    pub vehicle: usize,
    pub jobs: Vec<usize>,
}
