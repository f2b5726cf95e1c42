//! Routes, stops and the map.

use crate::dispatching::document::RouteState;
use crate::dispatching::job::CurvePoint;
use crate::dispatching::map_job::MapStage;
use crate::problem::Problem;
use crate::view::{Chip, MoneyView};
use serde::Serialize;
use ts_rs::TS;

/// Longitude first, in degrees.
pub type Point = [f64; 2];

#[derive(Debug, Clone, Serialize, TS)]
pub struct DepotView {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
    /// Nobody has said where the warehouse stands: it is drawn in the middle of the map.
    pub guessed: bool,
}

/// An order that no van can be sent to: no place on the map is known for its address.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnplacedView {
    pub order_id: String,
    pub number: String,
    pub customer: String,
    pub address: String,
}

/// A place on the map for an address in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddressView {
    /// As the map writes it.
    pub label: String,
    pub lon: f64,
    pub lat: f64,
    /// In words: this house, between its neighbors, or only the street.
    pub precision: String,
    /// Nothing else fits as well.
    pub sure: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct VanView {
    pub id: String,
    pub name: String,
    pub driver: String,
    pub plate: String,
    /// Index into the palette of routes.
    pub color: usize,
    pub cap_weight_g: i64,
    pub cap_volume_ml: i64,
    pub cap_pieces: i64,
    pub shift_start: i64,
    pub shift_end: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StopState {
    Unplanned,
    Planned,
    OnTheWay,
    Delivered,
    Failed,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct StopView {
    pub id: String,
    pub order_id: String,
    pub number: String,
    pub customer: String,
    pub address: String,
    pub lon: f64,
    pub lat: f64,
    pub window_start: i64,
    pub window_end: i64,
    pub arrive: Option<i64>,
    pub depart: Option<i64>,
    pub wait_s: i64,
    pub late_s: i64,
    pub weight_g: i64,
    pub volume_ml: i64,
    pub pieces: i64,
    pub locked: bool,
    pub state: StopState,
    pub chip: Chip,
    pub why: Vec<String>,
    /// From where the van was last heard of; `None` while it is not on the way or says nothing.
    pub eta: Option<i64>,
    /// A code, a signature or a photo is kept.
    pub proof: bool,
}

/// Where a van was last heard of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SeenView {
    pub lon: f64,
    pub lat: f64,
    pub at: i64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct RouteView {
    pub van_id: String,
    pub locked: bool,
    pub state: RouteState,
    pub stops: Vec<StopView>,
    pub meters: i64,
    pub seconds: i64,
    pub weight_g: i64,
    pub volume_ml: i64,
    pub pieces: i64,
    pub start: i64,
    pub end: i64,
    pub geometry: Vec<Point>,
    /// Every rule that the route breaks as it stands.
    pub warnings: Vec<String>,
    /// Only while it is on the way.
    pub seen: Option<SeenView>,
    /// The driver's break, from and to.
    pub pause: Option<(i64, i64)>,
}

/// A street that nobody drives for now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosureView {
    pub id: String,
    /// Empty when the street has none.
    pub name: String,
    pub until: i64,
    pub reason: String,
    pub points: Vec<Point>,
}

/// A street that somebody pointed at, and what closing it would change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StreetView {
    pub name: String,
    pub meters: i64,
    pub oneway: bool,
    pub points: Vec<Point>,
    /// The closure, if it is closed already.
    pub closed: Option<String>,
    /// One line for each route that would change.
    pub changes: Vec<String>,
}

/// The state of the day's plan; `none` before there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum DayPlanState {
    None,
    Draft,
    Optimised,
    Locked,
    Published,
    Started,
    Completed,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct DispatchView {
    pub day: String,
    pub plan_id: Option<String>,
    pub state: DayPlanState,
    pub version: i64,
    pub depot: DepotView,
    pub vans: Vec<VanView>,
    pub routes: Vec<RouteView>,
    pub unplanned: Vec<StopView>,
    pub unplaced: Vec<UnplacedView>,
    /// Stops that are too many for one plan.
    pub left_out: usize,
    pub meters: i64,
    pub seconds: i64,
    pub stops: usize,
    pub vans_used: usize,
    pub cost: MoneyView,
    pub closures: Vec<ClosureView>,
    pub undo_title: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundView {
    pub meters: i64,
    pub seconds: i64,
    pub vans: usize,
    pub unplanned: usize,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanProgress {
    pub running: bool,
    pub elapsed_ms: i64,
    pub iterations: u64,
    pub curve: Vec<CurvePoint>,
    pub found: Option<FoundView>,
    pub offer: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "MoveCheck")]
pub struct MoveCheckView {
    pub ok: bool,
    pub added_s: i64,
    pub added_m: i64,
    pub weight_after_g: i64,
    pub volume_after_ml: i64,
    pub pieces_after: i64,
    pub broken: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MapView {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
    pub depot: Point,
    /// Without tiles there are routes on plain land.
    pub tiles: bool,
    /// Another name is another map.
    pub name: String,
    pub source: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MapProgress {
    pub running: bool,
    pub stage: MapStage,
    /// Of the stage.
    pub per_mille: u32,
    pub failed: Option<Problem>,
}

/// A plan made anew around something that happened, to take or to drop.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OfferView {
    pub changes: Vec<OfferChange>,
    pub reasons: Vec<String>,
    pub cost_before: MoneyView,
    pub cost_after: MoneyView,
    pub meters_before: i64,
    pub meters_after: i64,
    pub unplanned_before: usize,
    pub unplanned_after: usize,
    /// Only the terms that change.
    pub terms: Vec<CostLine>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OfferChange {
    pub stop_id: String,
    pub name: String,
    pub text: String,
    /// Only the arrival is another; the driver does nothing new.
    pub retimed: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CostLine {
    pub name: String,
    pub before: MoneyView,
    pub after: MoneyView,
}

/// A place for a stop that breaks no rule.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SlotView {
    pub van_id: String,
    pub van: String,
    /// From 0.
    pub position: usize,
    pub arrive: i64,
    pub added: MoneyView,
}

/// What a rule costs, in words and money.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhatIfView {
    pub text: String,
    /// Positive is what the rule costs, or the van saves.
    pub saved: MoneyView,
}
