//! Who may go where, and which way.

use super::{Tags, Vehicle, measure};
use crate::class::{Profile, RoadClass};

/// The truck of [`Profile::Truck`]: what signs compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truck {
    pub height_cm: u32,
    pub width_cm: u32,
    pub length_cm: u32,
    /// Gross weight.
    pub weight_kg: u32,
    pub axle_kg: u32,
    /// Whether it carries dangerous goods.
    pub hazmat: bool,
}

impl Default for Truck {
    /// A two-axle truck of 12 t.
    fn default() -> Truck {
        Truck {
            height_cm: 380,
            width_cm: 255,
            length_cm: 1_000,
            weight_kg: 12_000,
            axle_kg: 8_000,
            hazmat: false,
        }
    }
}

/// Height and width of a van in centimeters, its gross weight in kilograms.
const VAN: (u32, u32, u32) = (270, 210, 3_500);

pub(super) fn class(tags: &Tags, profile: Profile) -> Option<RoadClass> {
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
        // Deliveries are often let into pedestrian streets and farm tracks, by name.
        "footway" | "pedestrian" | "track" | "path" if !bike && is_let_in(tags, profile) => {
            RoadClass::Path
        }
        _ => return None,
    };
    (!(bike && class == RoadClass::Motorway)).then_some(class)
}

fn is_let_in(tags: &Tags, profile: Profile) -> bool {
    let own = access_keys(profile).split_last().map_or(&[][..], |(_, own)| own);
    tags.first(own).is_some_and(|value| {
        matches!(value, "yes" | "permissive" | "designated" | "destination" | "delivery")
    })
}

/// Keys from the most specific to the most general.
pub(super) fn access_keys(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Van => &["goods", "motorcar", "motor_vehicle", "vehicle", "access"],
        Profile::Truck => &["hgv", "goods", "motor_vehicle", "vehicle", "access"],
        Profile::Bike => &["bicycle", "vehicle", "access"],
    }
}

/// Of a list like `agricultural;forestry`, whether nothing in it lets us in.
pub(super) fn is_closed(value: &str) -> bool {
    value.split(';').all(|one| is_closed_to_us(one.trim()))
}

fn is_closed_to_us(value: &str) -> bool {
    // `destination`, `delivery` and `customers` are open to us: we deliver.
    matches!(
        value,
        "no" | "private"
            | "agricultural"
            | "forestry"
            | "emergency"
            | "military"
            | "psv"
            | "bus"
            | "taxi"
            | "permit"
            | "dismount"
            | "use_sidepath"
    )
}

/// Whether one may go there only to stop there.
pub(super) fn is_stopping_only(tags: &Tags, profile: Profile) -> bool {
    let is_ours =
        |one: &str| matches!(one.trim(), "destination" | "delivery" | "customers" | "residents");
    let rule = tags.first(access_keys(profile));
    rule.is_some_and(|list| list.split(';').any(is_ours))
        || matches!(tags.get("service"), Some("driveway" | "parking_aisle" | "drive-through"))
}

pub(super) fn may_enter(tags: &Tags, vehicle: &Vehicle, is_ferry: bool) -> bool {
    let profile = vehicle.profile;
    let closed = tags.first(access_keys(profile)).is_some_and(is_closed);
    let foot_ferry = is_ferry
        && profile != Profile::Bike
        && tags.first(access_keys(profile)).is_none()
        && tags.get("foot").is_some();
    let impassable = matches!(tags.get("smoothness"), Some("impassable" | "very_horrible"))
        || tags.get("construction").is_some_and(|value| value != "minor" && value != "no");
    !(closed || foot_ferry || impassable || exceeds(tags, vehicle))
}

/// Whether the vehicle is too big for a sign, or carries what may not pass.
fn exceeds(tags: &Tags, vehicle: &Vehicle) -> bool {
    let too_big = |keys: &[&str], centimeters: u32| {
        let limit = tags.first(keys).and_then(measure::centimeters);
        limit.is_some_and(|limit| limit < centimeters)
    };
    let too_heavy = |keys: &[&str], kilograms: u32| {
        let limit = tags.first(keys).and_then(measure::kilograms);
        limit.is_some_and(|limit| limit < kilograms)
    };
    let truck = &vehicle.truck;
    match vehicle.profile {
        Profile::Bike => false,
        Profile::Van => {
            let (height, width, weight) = VAN;
            too_big(&["maxheight", "maxheight:physical"], height)
                || too_big(&["maxwidth:physical", "maxwidth"], width)
                || too_heavy(&["maxweight"], weight)
        }
        Profile::Truck => {
            too_big(&["maxheight", "maxheight:physical"], truck.height_cm)
                || too_big(&["maxwidth:physical", "maxwidth"], truck.width_cm)
                || too_big(&["maxlength:hgv", "maxlength"], truck.length_cm)
                || too_heavy(&["maxweight:hgv", "maxweight"], truck.weight_kg)
                || too_heavy(&["maxweightrating:hgv", "maxweightrating"], truck.weight_kg)
                || too_heavy(&["maxaxleload"], truck.axle_kg)
                || (truck.hazmat && tags.get("hazmat") == Some("no"))
        }
    }
}

/// Whether the way may be driven along its points, and against them.
pub(super) fn directions(tags: &Tags, profile: Profile, class: RoadClass) -> (bool, bool) {
    if profile == Profile::Bike {
        let contraflow = tags.get("oneway:bicycle") == Some("no")
            || tags.get("cycleway").is_some_and(|value| value.starts_with("opposite"));
        if contraflow {
            return (true, true);
        }
    }
    let (ahead, back) = one_ways(tags, profile, class);
    let may = |direction: &str| {
        let own =
            access_keys(profile).iter().find_map(|key| tags.get(&format!("{key}:{direction}")));
        !own.is_some_and(is_closed)
    };
    (ahead && may("forward"), back && may("backward"))
}

fn one_ways(tags: &Tags, profile: Profile, class: RoadClass) -> (bool, bool) {
    let roundabout = is_roundabout(tags);
    let own = match profile {
        Profile::Van => tags.first(&["oneway:goods", "oneway:motor_vehicle"]),
        Profile::Truck => tags.first(&["oneway:hgv", "oneway:motor_vehicle"]),
        Profile::Bike => tags.get("oneway:bicycle"),
    };
    match own.or(tags.get("oneway")) {
        Some("yes" | "true" | "1") => (true, false),
        Some("-1" | "reverse") => (false, true),
        Some("no" | "false" | "0") => (true, true),
        // The direction changes with the hour: neither can be relied on.
        Some("reversible" | "alternating") => (false, false),
        _ if roundabout || is_motorway(tags, class) => (true, false),
        _ => (true, true),
    }
}

pub(super) fn is_roundabout(tags: &Tags) -> bool {
    matches!(tags.get("junction"), Some("roundabout" | "circular"))
}

/// Whether nobody can be delivered to from there. A passage through a house is at the doors' height.
pub(super) fn has_no_stopping(tags: &Tags) -> bool {
    let is_tunnel =
        tags.get("tunnel").is_some_and(|kind| kind != "no" && kind != "building_passage");
    is_tunnel || matches!(tags.get("highway"), Some("motorway" | "motorway_link"))
}

fn is_motorway(tags: &Tags, class: RoadClass) -> bool {
    class == RoadClass::Motorway && tags.get("highway") == Some("motorway")
}
