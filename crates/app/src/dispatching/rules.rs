//! The house's own rules for routes, kept as one setting: what lateness, long days and strange
//! doors cost, how slow the streets are by hour, and what a van costs.

use crate::dispatching::document::saved;
use crate::problem::Fault;
use dispatch::{DayRules, StopRules};
use domain::{Day, LonLat, Seconds, Zone};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::Db;
use ts_rs::TS;

pub(crate) const SETTING: &str = "route_rules";
/// Drivers remember a door for two weeks of planned days.
const FAMILIAR_DAYS: i32 = 14;

/// Money in minor units of the site's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RouteRules {
    /// Time at a door.
    pub service_s: i64,
    pub van_day_minor: i64,
    pub km_minor: i64,
    pub hour_minor: i64,
    /// How long after its window a stop may still be served, and what each minute costs.
    /// Zero minutes: windows are hard.
    pub late_max_min: i64,
    pub late_minute_minor: i64,
    /// Per hour of a route beyond the fair day.
    pub uneven_hour_minor: i64,
    pub fair_day_min: i64,
    /// For a stop whose door another driver knows from the last two weeks.
    pub unfamiliar_minor: i64,
    /// Speeds by hour, ascending.
    pub speeds: Vec<SpeedFrom>,
}

/// From then on streets are driven at this share of their usual speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpeedFrom {
    /// Minutes after midnight.
    pub from_min: i64,
    pub percent: i64,
}

impl Default for RouteRules {
    fn default() -> RouteRules {
        RouteRules {
            // Unloading and a signature.
            service_s: 180,
            van_day_minor: 6_000,
            km_minor: 45,
            hour_minor: 2_400,
            late_max_min: 0,
            late_minute_minor: 100,
            uneven_hour_minor: 0,
            fair_day_min: 8 * 60,
            unfamiliar_minor: 0,
            speeds: Vec::new(),
        }
    }
}

impl RouteRules {
    pub fn load(db: &Db<'_>) -> Result<RouteRules, Fault> {
        let text = db.setting(SETTING)?;
        // Rules of a newer program that cannot be read are as good as none: planning goes on.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    pub fn day(&self, zone: &Zone, today: Day) -> DayRules {
        let at = |minutes: i64| zone.at(today, minutes);
        DayRules {
            unfamiliar_cost_minor: self.unfamiliar_minor,
            uneven_cost_per_hour_minor: self.uneven_hour_minor,
            fair_share: Seconds(self.fair_day_min * 60),
            speeds: self.speeds.iter().map(|s| (at(s.from_min), s.percent * 10)).collect(),
        }
    }

    pub fn stop(&self, familiar: Vec<String>) -> StopRules {
        StopRules {
            late_max: Seconds(self.late_max_min * 60),
            late_cost_per_minute_minor: self.late_minute_minor,
            familiar,
            ..StopRules::default()
        }
    }
}

/// Doors and the vans that were planned there in the days before.
pub(crate) type Familiar = HashMap<LonLat, Vec<String>>;

pub(crate) fn familiar(db: &Db<'_>, today: Day) -> Result<Familiar, Fault> {
    let mut doors = Familiar::new();
    for back in 1..=FAMILIAR_DAYS {
        let Some(doc) = saved(db, today.plus(-back))? else { continue };
        let places: HashMap<&str, LonLat> =
            doc.input.stops.iter().map(|stop| (stop.id.as_str(), stop.place)).collect();
        for route in &doc.plan.routes {
            for stop in &route.stops {
                let Some(place) = places.get(stop.request.as_str()) else { continue };
                let vans = doors.entry(*place).or_default();
                if !vans.contains(&route.van) {
                    vans.push(route.van.clone());
                }
            }
        }
    }
    Ok(doors)
}
