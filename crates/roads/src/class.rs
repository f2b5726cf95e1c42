//! Classes of road and the vehicles that use them.

use serde::{Deserialize, Serialize};

/// How important a road is, the most important first. Maps draw by it, profiles take speeds by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadClass {
    Motorway,
    Trunk,
    Primary,
    Secondary,
    Tertiary,
    Residential,
    Service,
    /// Cycleways, tracks and paths: bikes only.
    Path,
}

impl RoadClass {
    pub const ALL: [RoadClass; 8] = [
        RoadClass::Motorway,
        RoadClass::Trunk,
        RoadClass::Primary,
        RoadClass::Secondary,
        RoadClass::Tertiary,
        RoadClass::Residential,
        RoadClass::Service,
        RoadClass::Path,
    ];

    pub(crate) fn code(self) -> u8 {
        self as u8
    }

    pub(crate) fn from_code(code: u8) -> Option<RoadClass> {
        RoadClass::ALL.get(usize::from(code)).copied()
    }
}

/// What drives: decides access, direction and speed at import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Up to 3.5 t: the rules of a car.
    #[default]
    Van,
    /// 12 t and 3.8 m high: the rules of a goods vehicle.
    Truck,
    /// A cargo bike.
    Bike,
}

impl Profile {
    pub const ALL: [Profile; 3] = [Profile::Van, Profile::Truck, Profile::Bike];

    pub(crate) fn code(self) -> u8 {
        self as u8
    }

    pub(crate) fn from_code(code: u8) -> Option<Profile> {
        Profile::ALL.get(usize::from(code)).copied()
    }

    /// Typical driving speed in km/h, below the legal limit because of junctions and traffic.
    pub(crate) fn class_kmh(self, class: RoadClass) -> u32 {
        let [motorway, trunk, primary, secondary, tertiary, residential, service, path] = match self
        {
            Profile::Van => [100, 75, 50, 45, 38, 26, 14, 8],
            Profile::Truck => [80, 65, 45, 40, 33, 22, 11, 6],
            Profile::Bike => [18, 18, 18, 18, 18, 17, 14, 14],
        };
        match class {
            RoadClass::Motorway => motorway,
            RoadClass::Trunk => trunk,
            RoadClass::Primary => primary,
            RoadClass::Secondary => secondary,
            RoadClass::Tertiary => tertiary,
            RoadClass::Residential => residential,
            RoadClass::Service => service,
            RoadClass::Path => path,
        }
    }

    /// The speed in km/h on a road of `class` with a posted limit in km/h, if there is one.
    pub(crate) fn kmh(self, class: RoadClass, limit_kmh: Option<u32>) -> u32 {
        let typical = self.class_kmh(class);
        let Some(limit) = limit_kmh else { return typical };
        match self {
            Profile::Bike => typical.min(limit),
            // A posted limit says more than the class. Nine tenths of it is driven between
            // junctions; a truck keeps its own ceiling of 80 km/h.
            Profile::Van => (limit * 9 / 10).clamp(5, 130),
            Profile::Truck => (limit * 8 / 10).clamp(5, 80),
        }
    }
}
