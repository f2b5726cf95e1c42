//! Vans.

use crate::measure::{Grams, Milliliters};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Van {
    pub id: String,
    pub name: String,
    pub driver: String,
    pub plate: String,
    pub max_weight: Grams,
    pub max_volume: Milliliters,
    pub max_pieces: i64,
    /// Shift as minutes after local midnight.
    pub shift_start_min: i64,
    pub shift_end_min: i64,
    #[serde(default, skip_serializing_if = "Duty::is_plain")]
    pub duty: Duty,
}

/// What the van and its driver may do, beyond load and shift. Everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Duty {
    pub pause: Option<Pause>,
    pub stops_max: Option<i64>,
    /// From departure to return.
    pub minutes_max: Option<i64>,
    pub meters_max: Option<i64>,
}

/// The driver's break: it begins within the window, in minutes after local midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub earliest_min: i64,
    pub latest_min: i64,
    pub length_min: i64,
}

impl Duty {
    pub fn is_plain(&self) -> bool {
        *self == Duty::default()
    }
}

impl Van {
    /// The location code under which goods on this van are counted.
    pub fn location(&self) -> String {
        format!("VAN-{}", self.id)
    }
}
