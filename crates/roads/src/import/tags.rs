//! What the tags of a way mean to a vehicle.
//!
//! Keys and values: wiki.openstreetmap.org, "Key:highway", "Key:access", "Key:maxspeed".

use crate::class::{Profile, RoadClass};

/// Gross weight in kilograms and height in centimeters of the truck of [`Profile::Truck`].
const TRUCK_KG: u32 = 12_000;
const TRUCK_CM: u32 = 380;

/// A way that the vehicle may use in at least one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Street {
    pub class: RoadClass,
    pub name: String,
    pub forward_kmh: Option<u32>,
    pub backward_kmh: Option<u32>,
}

#[derive(Default)]
struct Tags<'a> {
    pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> Tags<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.pairs.iter().find(|(k, _)| *k == key).map(|&(_, value)| value)
    }

    /// The value of the first of `keys` that is present: the most specific rule wins.
    fn first(&self, keys: &[&str]) -> Option<&'a str> {
        keys.iter().find_map(|key| self.get(key))
    }
}

pub(super) fn street<'a>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    profile: Profile,
) -> Option<Street> {
    let tags = Tags { pairs: pairs.collect() };
    let class = class(&tags, profile)?;
    if !may_enter(&tags, profile) || too_heavy_or_high(&tags, profile) {
        return None;
    }
    let kmh = profile.kmh(class, tags.get("maxspeed").and_then(limit_kmh));
    let (forward, backward) = directions(&tags, profile, class);
    Some(Street {
        class,
        name: tags.first(&["name", "ref"]).unwrap_or_default().to_owned(),
        forward_kmh: forward.then_some(kmh),
        backward_kmh: backward.then_some(kmh),
    })
}

fn class(tags: &Tags, profile: Profile) -> Option<RoadClass> {
    if tags.get("area") == Some("yes") {
        return None;
    }
    let bike = profile == Profile::Bike;
    let rides = matches!(tags.get("bicycle"), Some("yes" | "designated" | "permissive"));
    let class = match tags.get("highway")? {
        "motorway" | "motorway_link" => RoadClass::Motorway,
        "trunk" | "trunk_link" => RoadClass::Trunk,
        "primary" | "primary_link" => RoadClass::Primary,
        "secondary" | "secondary_link" => RoadClass::Secondary,
        "tertiary" | "tertiary_link" => RoadClass::Tertiary,
        "residential" | "unclassified" | "road" => RoadClass::Residential,
        "living_street" | "service" => RoadClass::Service,
        "cycleway" | "track" if bike => RoadClass::Path,
        "path" | "footway" | "pedestrian" | "bridleway" if bike && rides => RoadClass::Path,
        _ => return None,
    };
    (!(bike && class == RoadClass::Motorway)).then_some(class)
}

fn access_keys(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Van => &["goods", "motorcar", "motor_vehicle", "vehicle", "access"],
        Profile::Truck => &["hgv", "motor_vehicle", "vehicle", "access"],
        Profile::Bike => &["bicycle", "vehicle", "access"],
    }
}

fn is_closed(value: &str) -> bool {
    // `destination`, `delivery` and `customers` are open to us: we deliver.
    matches!(
        value,
        "no" | "private"
            | "agricultural"
            | "forestry"
            | "emergency"
            | "military"
            | "psv"
            | "dismount"
    )
}

fn may_enter(tags: &Tags, profile: Profile) -> bool {
    !tags.first(access_keys(profile)).is_some_and(is_closed)
}

fn too_heavy_or_high(tags: &Tags, profile: Profile) -> bool {
    let below = |key, needed: u32| {
        tags.get(key).and_then(thousandths).is_some_and(|limit| limit < u64::from(needed))
    };
    profile == Profile::Truck && (below("maxweight", TRUCK_KG) || below("maxheight", TRUCK_CM * 10))
}

/// `3.5` or `3.5 t` as 3500; `None` for anything else, feet and inches included.
fn thousandths(value: &str) -> Option<u64> {
    let number = value.trim_end_matches(['t', 'm']).trim();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let whole: u32 = whole.parse().ok()?;
    Some(u64::from(whole) * 1000 + fraction.parse::<u64>().ok()?)
}

/// A posted limit in km/h, or `None` where it says nothing usable.
fn limit_kmh(value: &str) -> Option<u32> {
    let value = value.split(';').next().unwrap_or(value).trim();
    if let Some(miles) = value.strip_suffix("mph") {
        let mph: u32 = miles.trim().parse().ok()?;
        return Some(mph.min(200) * 1609 / 1000);
    }
    match value {
        "walk" | "DE:living_street" | "DE:walk" => return Some(7),
        _ if value.ends_with(":urban") => return Some(50),
        _ if value.ends_with(":rural") => return Some(90),
        _ => {}
    }
    value.parse().ok().filter(|&kmh: &u32| kmh > 0).map(|kmh| kmh.min(300))
}

/// Whether the way may be driven along its points, and against them.
fn directions(tags: &Tags, profile: Profile, class: RoadClass) -> (bool, bool) {
    if profile == Profile::Bike {
        let contraflow = tags.get("oneway:bicycle") == Some("no")
            || tags.get("cycleway").is_some_and(|value| value.starts_with("opposite"));
        if contraflow {
            return (true, true);
        }
    }
    let roundabout = matches!(tags.get("junction"), Some("roundabout" | "circular"));
    match tags.get("oneway") {
        Some("yes" | "true" | "1") => (true, false),
        Some("-1" | "reverse") => (false, true),
        Some("no" | "false" | "0") => (true, true),
        _ if roundabout || class == RoadClass::Motorway => (true, false),
        _ => (true, true),
    }
}

/// Whether a node stops the vehicle: a bollard, a locked gate.
pub(super) fn bars<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, profile: Profile) -> bool {
    let tags = Tags { pairs: pairs.collect() };
    let Some(barrier) = tags.get("barrier") else { return false };
    if let Some(rule) = tags.first(access_keys(profile)) {
        return is_closed(rule);
    }
    let stops_motors = matches!(
        barrier,
        "bollard"
            | "block"
            | "chain"
            | "cycle_barrier"
            | "jersey_barrier"
            | "log"
            | "debris"
            | "motorcycle_barrier"
            | "planter"
            | "stile"
            | "turnstile"
            | "kissing_gate"
            | "fence"
            | "wall"
            | "bus_trap"
    );
    let stops_bikes = matches!(barrier, "stile" | "turnstile" | "kissing_gate" | "fence" | "wall");
    if profile == Profile::Bike { stops_bikes } else { stops_motors }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(profile: Profile, text: &str) -> Option<(Option<u32>, Option<u32>)> {
        let pairs = text.split_whitespace().filter_map(|pair| pair.split_once('='));
        street(pairs, profile).map(|street| (street.forward_kmh, street.backward_kmh))
    }

    #[test]
    fn tags_decide_access_direction_and_speed() {
        use Profile::{Bike, Truck, Van};
        let both = |kmh| Some((Some(kmh), Some(kmh)));
        let rows = [
            (Van, "highway=residential", both(26)),
            (Van, "highway=residential maxspeed=30", both(27)),
            (Van, "highway=primary maxspeed=30mph", both(43)),
            (Van, "highway=primary maxspeed=DE:urban oneway=yes", Some((Some(45), None))),
            (Van, "highway=primary oneway=-1", Some((None, Some(50)))),
            (Van, "highway=tertiary junction=roundabout", Some((Some(38), None))),
            (Van, "highway=residential access=private", None),
            (Van, "highway=residential vehicle=no motor_vehicle=destination", both(26)),
            (Van, "highway=footway", None),
            (Van, "waterway=river", None),
            (Truck, "highway=residential hgv=no", None),
            (Truck, "highway=residential maxweight=3.5", None),
            (Truck, "highway=residential maxweight=16", both(22)),
            (Truck, "highway=residential maxheight=3.7", None),
            (Bike, "highway=motorway", None),
            (Bike, "highway=footway bicycle=yes", both(14)),
            (Bike, "highway=residential oneway=yes oneway:bicycle=no", both(17)),
        ];
        for (profile, text, expected) in rows {
            assert_eq!(check(profile, text), expected, "{profile:?} {text}");
        }
    }
}
