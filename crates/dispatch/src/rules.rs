//! What a day asks beyond loads, windows and shifts. Everything here may be left out: a plan saved
//! without it reads as one that has none of it.

use domain::{Meters, Seconds, Timestamp};
use serde::{Deserialize, Serialize};

/// What one stop asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StopRules {
    /// How long after a window unloading may still begin, and what each minute of it costs, in
    /// minor units. Zero is a hard window.
    pub late_max: Seconds,
    pub late_cost_per_minute_minor: i64,
    /// The goods are not on the dock before this.
    pub ready_at: Option<Timestamp>,
    /// The goods are taken along, not brought: a return or a pickup.
    pub collect: bool,
    /// The stop, on the same route before this one, where the goods are collected. One delivery
    /// for each such stop.
    pub fetched_at: Option<String>,
    /// What the van must have, such as a tail lift.
    pub skills: Vec<String>,
    pub zone: Option<String>,
    /// Vans whose drivers know the door or its street: they were there before.
    pub familiar: Vec<String>,
}

/// What one van and its driver may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VanRules {
    pub pause: Option<Pause>,
    /// From departure to return.
    pub max_duration: Option<Seconds>,
    pub max_distance: Option<Meters>,
    pub skills: Vec<String>,
    /// Where it may deliver; empty is everywhere.
    pub zones: Vec<String>,
}

/// A driver's break; it is not owed on a route that is over before the window ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Earliest and latest begin, inclusive.
    pub window: (Timestamp, Timestamp),
    pub length: Seconds,
}

/// What holds for the whole day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayRules {
    /// For each stop served by a driver who does not know it, where somebody does.
    pub unfamiliar_cost_minor: i64,
    /// For each hour of a route beyond the fair share: see [`crate::fair_share`].
    pub uneven_cost_per_hour_minor: i64,
    pub fair_share: Seconds,
    /// From each moment on, the speed in per mille of the matrix's, ascending; before the first it
    /// is the matrix's own.
    pub speeds: Vec<(Timestamp, i64)>,
}

/// How far a van is, for planning again during the day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VanNow {
    /// It has left; from then on only what is on board can be delivered.
    pub left_at: Option<Timestamp>,
    /// Stops done or under way, in their order. They stay as they are.
    pub driven: Vec<String>,
    /// Stops whose goods are on board. They stay on this van.
    pub loaded: Vec<String>,
    /// It does not leave, or go on from its last driven stop, before this.
    pub ready_at: Option<Timestamp>,
    /// The driver has had the break.
    pub had_pause: bool,
    /// Broken down: it drives no more today.
    pub out: bool,
}
