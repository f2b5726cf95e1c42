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
}

impl Van {
    /// The location code under which goods on this van are counted.
    pub fn location(&self) -> String {
        format!("VAN-{}", self.id)
    }
}
