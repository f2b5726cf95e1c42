//! How fast one drives.

use super::Tags;
use crate::class::{Profile, RoadClass};

/// Ferries without a timetable.
pub(super) const FERRY_KMH: u32 = 12;

/// Speed in km/h along (`forward`) or against a way.
pub(super) fn kmh(tags: &Tags, profile: Profile, class: RoadClass, forward: bool) -> u32 {
    let own = if forward { "maxspeed:forward" } else { "maxspeed:backward" };
    let keys: &[&str] = match profile {
        Profile::Truck => &["maxspeed:hgv", own, "maxspeed"],
        Profile::Van | Profile::Bike => &[own, "maxspeed"],
    };
    let posted = tags.first(keys).and_then(limit_kmh).or_else(|| {
        // The sign's kind, where only that was mapped.
        tags.first(&["maxspeed:type", "source:maxspeed", "zone:maxspeed"]).and_then(by_country)
    });
    let driven = profile.kmh(class, posted);
    let ceiling =
        [surface_kmh(tags), service_kmh(tags), ramp_kmh(tags)].into_iter().flatten().min();
    match profile {
        Profile::Bike => driven,
        Profile::Van | Profile::Truck => ceiling.map_or(driven, |ceiling| driven.min(ceiling)),
    }
}

/// A posted limit in km/h, or `None` where it says nothing usable.
fn limit_kmh(value: &str) -> Option<u32> {
    let value = value.split([';', '|']).next().unwrap_or(value).trim();
    if let Some(miles) = value.strip_suffix("mph") {
        let mph: u32 = miles.trim().parse().ok()?;
        return Some(mph.min(200) * 1609 / 1000);
    }
    match value {
        "walk" => Some(7),
        "none" => Some(130),
        _ => {
            let number = value.trim_end_matches("km/h").trim();
            let plain = number.parse().ok().filter(|&kmh: &u32| kmh > 0).map(|kmh| kmh.min(300));
            plain.or_else(|| by_country(value))
        }
    }
}

/// Limits in km/h of a van: in towns, outside, on motorways. From "Default speed limits" of the
/// OpenStreetMap wiki; elsewhere 50, 90 and 120.
const COUNTRIES: &[(&str, [u32; 3])] = &[
    ("AD", [50, 90, 90]),
    ("AT", [50, 100, 130]),
    ("AU", [50, 100, 110]),
    ("BE", [50, 70, 120]),
    ("CH", [50, 80, 120]),
    ("CN", [50, 70, 120]),
    ("CZ", [50, 90, 130]),
    ("DE", [50, 100, 130]),
    ("DK", [50, 80, 130]),
    ("ES", [50, 90, 120]),
    ("FI", [50, 80, 120]),
    ("FR", [50, 80, 130]),
    ("GB", [48, 96, 112]),
    ("IE", [50, 80, 120]),
    ("IT", [50, 90, 130]),
    ("JP", [60, 60, 100]),
    ("NL", [50, 80, 100]),
    ("NO", [50, 80, 110]),
    ("PL", [50, 90, 140]),
    ("PT", [50, 90, 120]),
    ("RU", [60, 90, 110]),
    ("SE", [50, 70, 110]),
    ("UA", [50, 90, 130]),
    ("UK", [48, 96, 112]),
];

/// `DE:urban`, `FR:zone30`: what the sign at the town's entrance says.
fn by_country(value: &str) -> Option<u32> {
    let (country, kind) = value.split_once(':')?;
    let known = COUNTRIES.iter().find(|(code, _)| *code == country);
    let [town, outside, motorway] = known.map_or([50, 90, 120], |&(_, limits)| limits);
    match kind {
        "urban" | "nsl_restricted" => Some(town),
        "rural" | "trunk" | "nsl_single" => Some(outside),
        "motorway" | "nsl_dual" => Some(motorway),
        "living_street" | "walk" => Some(7),
        "bicycle_road" => Some(30),
        _ => {
            let zone = kind.trim_start_matches("zone").trim_start_matches([':', '_']);
            zone.parse().ok().filter(|&kmh: &u32| (5..=130).contains(&kmh))
        }
    }
}

fn surface_kmh(tags: &Tags) -> Option<u32> {
    let by_surface = tags.get("surface").and_then(|surface| match surface {
        "cobblestone" | "unhewn_cobblestone" | "sett" | "grass_paver" => Some(35),
        "compacted" | "fine_gravel" | "unpaved" => Some(40),
        "gravel" | "pebblestone" => Some(25),
        "dirt" | "earth" | "ground" | "grass" | "wood" => Some(18),
        "sand" | "mud" => Some(10),
        _ => None,
    });
    let by_feel = tags.get("smoothness").and_then(|smoothness| match smoothness {
        "bad" => Some(35),
        "very_bad" => Some(20),
        "horrible" => Some(10),
        _ => None,
    });
    by_surface.into_iter().chain(by_feel).min()
}

fn service_kmh(tags: &Tags) -> Option<u32> {
    match tags.get("service")? {
        "parking_aisle" | "drive-through" => Some(8),
        "driveway" | "alley" | "emergency_access" => Some(10),
        _ => None,
    }
}

/// Ramps are bent: nobody takes them at the speed of the motorway they leave.
fn ramp_kmh(tags: &Tags) -> Option<u32> {
    match tags.get("highway")? {
        "motorway_link" => Some(60),
        "trunk_link" => Some(50),
        "primary_link" => Some(40),
        "secondary_link" | "tertiary_link" => Some(35),
        _ => None,
    }
}
