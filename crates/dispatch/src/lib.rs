//! Dispatch: which van takes which stop, in the trade's words.
//!
//! Architecture Invariant: reads no clock and no files, and changes no plan in place: each edit
//! answers with a new one. What a person has locked, planning never moves.
//!
//! Data in -> data out: stops, vans, a depot and travel times -> [`plan()`] -> [`RoutePlan`] ->
//! [`check_move`], [`apply_move`], [`manifest()`], [`diff()`]; something happens -> [`replan_after`];
//! a question about a stop -> [`relaxations`], [`best_slots`], [`what_if`].

mod rules;
mod input;
mod route_plan;
mod timing;
mod walk;
mod limits;
mod task;
mod kept;
mod plan;
mod edit;
mod retime;
mod advise;
mod scope;
mod disrupt;
mod trial;
mod lifecycle;
mod manifest;
mod diff;
mod eta;

pub use advise::{Relaxation, Slot, best_slots, relaxations};
pub use diff::{Change, diff};
pub use disrupt::{Disruption, ReplanError, Replanned, Why, replan_after};
pub use edit::{EditRefusal, MoveCheck, apply_move, check_move, set_stop_lock, unplan};
pub use eta::etas;
pub use input::{Depot, Load, PlanInput, StopRequest, Van};
pub use lifecycle::{IllegalStep, PlanState, PlanStep};
pub use manifest::{ManifestRow, manifest};
pub use plan::{PlanError, PlanParams, plan, replan, travel};
pub use retime::{Retimed, RouteChange, broken, retime};
pub use route_plan::{
    CostTerms, PlannedRoute, PlannedStop, Reason, RouteLock, RoutePlan, Unplanned, VanReason,
    fair_share, geometry,
};
pub use routing::Progress;
pub use rules::{DayRules, Pause, StopRules, VanNow, VanRules};
pub use timing::{Broken, Constraint};
pub use trial::{Answer, Question, what_if};
