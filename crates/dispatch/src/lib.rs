//! Dispatch: which van takes which stop, in the trade's words.
//!
//! Architecture Invariant: reads no clock and no files, and changes no plan in place: each edit
//! answers with a new one. What a person has locked, planning never moves.
//!
//! Data in -> data out: stops, vans, a depot and travel times -> [`plan()`] -> [`RoutePlan`] ->
//! [`check_move`], [`apply_move`], [`manifest()`], [`diff()`].

mod input;
mod route_plan;
mod timing;
mod task;
mod plan;
mod edit;
mod retime;
mod lifecycle;
mod manifest;
mod diff;

pub use diff::{Change, diff};
pub use edit::{EditRefusal, MoveCheck, apply_move, check_move, set_stop_lock, unplan};
pub use input::{Depot, Load, PlanInput, StopRequest, Van};
pub use lifecycle::{IllegalStep, PlanState, PlanStep};
pub use manifest::{ManifestRow, manifest};
pub use plan::{PlanError, PlanParams, plan, replan, travel};
pub use retime::{Retimed, RouteChange, broken, retime};
pub use route_plan::{
    PlannedRoute, PlannedStop, Reason, RouteLock, RoutePlan, Unplanned, VanReason, geometry,
};
pub use routing::Progress;
pub use timing::{Broken, Constraint};
