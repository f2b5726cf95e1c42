//! The life of a plan, from a draft to the last van's return.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where a plan is in its life. Versions count publications, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum PlanState {
    Draft,
    Optimized,
    Locked,
    Published { version: u32 },
    Started { version: u32 },
    Completed { version: u32 },
}

/// What happens to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStep {
    /// The solver has run, again perhaps.
    Optimize,
    /// A person changed it by hand.
    Edit,
    Lock,
    Unlock,
    /// Drivers see it; again with changes, as the next version.
    Publish,
    /// The first van has left.
    Start,
    /// The last van is back.
    Complete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a plan that is {from:?} cannot take the step {step:?}")]
pub struct IllegalStep {
    pub from: PlanState,
    pub step: PlanStep,
}

impl PlanState {
    /// The state after `step`: the one table of what is legal.
    pub fn after(self, step: PlanStep) -> Result<PlanState, IllegalStep> {
        use PlanState::{Completed, Draft, Locked, Optimized, Published, Started};
        use PlanStep::{Complete, Edit, Lock, Optimize, Publish, Start, Unlock};
        match (self, step) {
            (Draft | Optimized, Optimize) => Ok(Optimized),
            (Draft | Optimized, Edit) => Ok(Draft),
            (Draft | Optimized, Lock) => Ok(Locked),
            (Locked, Unlock) => Ok(Draft),
            (Locked, Publish) => Ok(Published { version: 1 }),
            // Changes after publication make the next version; drivers get the difference.
            (Published { version }, Publish) => Ok(Published { version: version + 1 }),
            (Published { version }, Start) => Ok(Started { version }),
            (Started { version }, Publish) => Ok(Started { version: version + 1 }),
            (Started { version }, Complete) => Ok(Completed { version }),
            (Draft | Optimized, Unlock | Publish | Start | Complete)
            | (Locked, Optimize | Edit | Lock | Start | Complete)
            | (Published { .. }, Optimize | Edit | Lock | Unlock | Complete)
            | (Started { .. }, Optimize | Edit | Lock | Unlock | Start)
            | (Completed { .. }, _) => Err(IllegalStep { from: self, step }),
        }
    }
}
