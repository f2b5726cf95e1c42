//! Which SKUs to move nearer to the start of the walk, and which to swap out for them.
//!
//! A walk goes out along the picking path and turns at its farthest stop. What a line costs depends
//! on how often it is the farthest: see `walk.rs`. Moves are found greedily, the best first; each is
//! told against the layout after those before it.

mod search;
mod walk;

use serde::{Deserialize, Serialize};

/// A pick face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    pub location: String,
    /// From the start of the walk, along the picking path.
    pub meters: i64,
    pub capacity_ml: i64,
    /// Room taken by what is not in the list of SKUs.
    pub taken_ml: i64,
}

/// A SKU in its pick face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlottedSku {
    pub sku: String,
    pub location: String,
    /// Pick lines in a week, in thousandths.
    pub lines_milli_per_week: i64,
    /// Room it needs in any face: what is there now or what shall be there, whichever is more.
    pub cube_ml: i64,
}

/// Two SKUs that are asked for together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    pub one: String,
    pub other: String,
    /// Orders in a week that hold both, in thousandths.
    pub orders_milli_per_week: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SlottingInput {
    pub faces: Vec<Face>,
    pub skus: Vec<SlottedSku>,
    pub together: Vec<Together>,
}

/// What moving costs and what walking costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlottingTerms {
    /// Pick lines on one walk, 1 or more.
    pub lines_per_walk: u32,
    pub walk_meters_per_minute: i64,
    /// To empty a face, carry and label it, whatever its size.
    pub move_seconds_per_sku: i64,
    pub move_seconds_per_100_l: i64,
    /// A move must be earned back within so many weeks.
    pub payback_weeks: i64,
    /// Work there is time for.
    pub minutes_available: i64,
    pub moves_max: usize,
}

impl Default for SlottingTerms {
    /// A loaded cart goes at one meter a second (Tompkins et al., "Facilities Planning", 2010). Five
    /// minutes for a face and two more for each 100 liters are judgments, as is a season of use.
    fn default() -> SlottingTerms {
        SlottingTerms {
            lines_per_walk: 1,
            walk_meters_per_minute: 60,
            move_seconds_per_sku: 300,
            move_seconds_per_100_l: 120,
            payback_weeks: 12,
            minutes_available: 240,
            moves_max: 20,
        }
    }
}

/// One proposal: a SKU goes nearer, and where there is no room, another makes place for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotMove {
    pub sku: String,
    pub from: String,
    pub to: String,
    /// Goes from `to` to `from`.
    pub swapped_out: Option<String>,
    /// Of both, in thousandths a week.
    pub lines_milli_per_week: i64,
    pub swapped_lines_milli_per_week: i64,
    pub meters_nearer: i64,
    /// Part of the saving owed to SKUs that are asked for together; negative where a partner that
    /// stays behind spoils it.
    pub together_meters_per_week: i64,
    pub saved_meters_per_week: i64,
    /// Rounded up.
    pub move_minutes: i64,
    /// Weeks until the walks saved have paid for the move, rounded up.
    pub pays_after_weeks: i64,
}

/// Moves that pay, the best first. The same input in any order gives the same moves.
pub fn slotting(input: &SlottingInput, terms: &SlottingTerms) -> Vec<SlotMove> {
    search::Layout::of(input, terms).moves(terms)
}

/// Meters walked in a week as things stand, by the measure that moves are judged by.
pub fn walked_meters_per_week(input: &SlottingInput, terms: &SlottingTerms) -> i64 {
    search::Layout::of(input, terms).walked().round() as i64
}
