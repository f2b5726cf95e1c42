//! Speeds by the time of day: how much longer streets take in the rush hour.

use crate::changes::Changes;
use crate::class::RoadClass;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Driving times in percent of the usual, by class of road and hour of the day. Hours without an
/// entry are as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayProfile {
    percent: BTreeMap<(u8, RoadClass), u32>,
}

impl DayProfile {
    /// Sets one hour, 0 to 23; others are taken modulo 24.
    pub fn set(&mut self, hour: u8, class: RoadClass, percent: u32) -> &mut DayProfile {
        self.percent.insert((hour % 24, class), percent);
        self
    }

    /// Morning and evening of a working day in a town, for those who have measured nothing: main
    /// roads take half as long again, others a quarter.
    pub fn rush_hours() -> DayProfile {
        let mut profile = DayProfile::default();
        for hour in [7, 8, 16, 17] {
            for class in RoadClass::ALL {
                let percent = if class <= RoadClass::Secondary { 150 } else { 125 };
                profile.set(hour, class, percent);
            }
        }
        profile
    }

    /// Brings the speeds of an hour into `changes`, which keep their closures. One metric for each
    /// hour that differs serves a day.
    pub fn apply(&self, hour: u8, changes: &Changes) -> Changes {
        let mut changes = changes.clone();
        for class in RoadClass::ALL {
            let percent = self.percent.get(&(hour % 24, class)).copied().unwrap_or(100);
            changes.set_class_time(class, percent);
        }
        changes
    }
}
