//! What is to be planned.

use crate::rules::{DayRules, StopRules, VanNow, VanRules};
use domain::{Grams, LonLat, Milliliters, Seconds, Timestamp};
use serde::{Deserialize, Serialize};

/// Weight, volume and pieces, of a stop or of a van's room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    pub weight: Grams,
    pub volume: Milliliters,
    pub pieces: i64,
}

impl Load {
    /// Weight, volume and pieces in this order, as the solver counts them.
    pub(crate) fn kinds(self) -> [i64; 3] {
        [self.weight.0, self.volume.0, self.pieces]
    }
}

impl std::ops::Add for Load {
    type Output = Load;
    fn add(self, other: Load) -> Load {
        Load {
            weight: self.weight + other.weight,
            volume: self.volume + other.volume,
            pieces: self.pieces + other.pieces,
        }
    }
}

impl std::ops::Sub for Load {
    type Output = Load;
    fn sub(self, other: Load) -> Load {
        Load {
            weight: self.weight - other.weight,
            volume: self.volume - other.volume,
            pieces: self.pieces - other.pieces,
        }
    }
}

impl std::iter::Sum for Load {
    fn sum<I: Iterator<Item = Load>>(loads: I) -> Load {
        loads.fold(Load::default(), |total, load| total + load)
    }
}

/// Goods for one door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopRequest {
    pub id: String,
    /// Who is there.
    pub name: String,
    pub address: String,
    pub place: LonLat,
    pub weight: Grams,
    pub volume: Milliliters,
    pub pieces: i64,
    /// When unloading may begin, inclusive; empty is any time.
    pub windows: Vec<(Timestamp, Timestamp)>,
    /// Time at the door.
    pub service: Seconds,
    /// 0 is normal, 3 the highest: when not all fit, higher ones go first.
    pub priority: u8,
    /// Only this van may take it.
    pub locked_van: Option<String>,
    #[serde(default)]
    pub rules: StopRules,
}

impl StopRequest {
    pub fn load(&self) -> Load {
        Load { weight: self.weight, volume: self.volume, pieces: self.pieces }
    }
}

/// A van with its driver's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Van {
    pub id: String,
    pub name: String,
    pub plate: String,
    pub capacity: Load,
    /// Earliest departure from the depot and latest return.
    pub shift: (Timestamp, Timestamp),
    /// Cost of using the van for a day, in minor units of the site's currency.
    pub fixed_cost_minor: i64,
    /// In minor units.
    pub cost_per_km_minor: i64,
    /// Per hour of driving, in minor units.
    pub cost_per_hour_minor: i64,
    pub max_stops: Option<usize>,
    #[serde(default)]
    pub rules: VanRules,
    #[serde(default)]
    pub now: VanNow,
}

/// Where the vans start and end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depot {
    pub id: String,
    pub name: String,
    pub place: LonLat,
}

/// Everything that a plan is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanInput {
    pub depot: Depot,
    pub vans: Vec<Van>,
    pub stops: Vec<StopRequest>,
    #[serde(default)]
    pub rules: DayRules,
}

impl StopRequest {
    /// Whether the goods come from the depot.
    pub(crate) fn is_from_depot(&self) -> bool {
        !self.rules.collect && self.rules.fetched_at.is_none()
    }
}

impl Van {
    /// Whether its equipment and its zones allow a stop.
    pub(crate) fn is_equipped_for(&self, stop: &StopRequest) -> bool {
        let zones = &self.rules.zones;
        let near = stop.rules.zone.as_ref().is_none_or(|zone| zones.contains(zone));
        stop.rules.skills.iter().all(|skill| self.rules.skills.contains(skill))
            && (zones.is_empty() || near)
    }

    /// Whether the goods are on board, or can still come on board.
    pub(crate) fn can_have(&self, stop: &StopRequest) -> bool {
        self.now.left_at.is_none()
            || !stop.is_from_depot()
            || self.now.loaded.contains(&stop.id)
            || self.now.driven.contains(&stop.id)
    }
}

impl PlanInput {
    pub(crate) fn stop_index(&self, id: &str) -> Option<usize> {
        self.stops.iter().position(|stop| stop.id == id)
    }

    pub(crate) fn van_index(&self, id: &str) -> Option<usize> {
        self.vans.iter().position(|van| van.id == id)
    }
}
