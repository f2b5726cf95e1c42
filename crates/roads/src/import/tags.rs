//! What the tags of a way or a node mean to a vehicle.
//!
//! Keys and values: wiki.openstreetmap.org, "Key:highway", "Key:access", "Key:maxspeed",
//! "Key:barrier", "Tag:route=ferry".

mod access;
mod measure;
mod node;
mod speed;

use crate::class::{Profile, RoadClass};

pub use access::Truck;
pub(super) use node::{NodeNote, node};

/// Who drives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Vehicle {
    pub profile: Profile,
    pub truck: Truck,
}

/// A way that the vehicle may use in at least one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Street {
    pub class: RoadClass,
    pub name: String,
    forward_kmh: Option<u32>,
    backward_kmh: Option<u32>,
    /// Open only to those who stop there.
    pub stopping_only: bool,
    pub is_roundabout: bool,
    pub has_no_stopping: bool,
    /// Of a ferry with a timetable: seconds from end to end.
    crossing_s: Option<u32>,
}

impl Street {
    /// Speed in km/h along and against the way, which is so many meters long.
    pub(super) fn speeds(&self, meters: f64) -> (Option<u32>, Option<u32>) {
        let Some(seconds) = self.crossing_s else { return (self.forward_kmh, self.backward_kmh) };
        let kmh = ((meters * 3.6 / f64::from(seconds.max(1))).round() as u32).clamp(1, 60);
        (self.forward_kmh.map(|_| kmh), self.backward_kmh.map(|_| kmh))
    }
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
    vehicle: &Vehicle,
) -> Option<Street> {
    let tags = Tags { pairs: pairs.collect() };
    let is_ferry = tags.get("highway").is_none() && tags.get("route") == Some("ferry");
    // Drawn like a service road until maps know ferries.
    let class = if is_ferry { RoadClass::Service } else { access::class(&tags, vehicle.profile)? };
    if !access::may_enter(&tags, vehicle, is_ferry) {
        return None;
    }
    let (forward, backward) = access::directions(&tags, vehicle.profile, class);
    let kmh = |forward| match is_ferry {
        true => speed::FERRY_KMH,
        false => speed::kmh(&tags, vehicle.profile, class, forward),
    };
    let crossing_s = is_ferry.then(|| tags.get("duration").and_then(measure::seconds)).flatten();
    Some(Street {
        class,
        name: tags.first(&["name", "ref"]).unwrap_or_default().to_owned(),
        forward_kmh: forward.then(|| kmh(true)),
        backward_kmh: backward.then(|| kmh(false)),
        crossing_s,
        is_roundabout: access::is_roundabout(&tags),
        has_no_stopping: access::has_no_stopping(&tags),
        stopping_only: access::is_stopping_only(&tags, vehicle.profile),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(vehicle: &Vehicle, text: &str) -> Option<(Option<u32>, Option<u32>)> {
        let pairs = text.split_whitespace().filter_map(|pair| pair.split_once('='));
        street(pairs, vehicle).map(|street| street.speeds(1000.0))
    }

    #[test]
    fn tags_decide_access_direction_and_speed() {
        use Profile::{Bike, Truck, Van};
        let both = |kmh| Some((Some(kmh), Some(kmh)));
        let rows = [
            (Van, "highway=residential", both(26)),
            (Van, "highway=residential maxspeed=30", both(27)),
            (Van, "highway=residential maxspeed=30 surface=gravel", both(25)),
            (Van, "highway=residential maxspeed:backward=20", Some((Some(26), Some(18)))),
            (Van, "highway=primary maxspeed=30mph", both(43)),
            (Van, "highway=primary maxspeed=DE:urban oneway=yes", Some((Some(45), None))),
            (Van, "highway=secondary maxspeed=FI:rural", both(72)),
            (Van, "highway=secondary source:maxspeed=DE:rural", both(90)),
            (Van, "highway=motorway maxspeed=none", Some((Some(117), None))),
            (Van, "highway=primary oneway=-1", Some((None, Some(50)))),
            (Van, "highway=tertiary junction=roundabout", Some((Some(38), None))),
            (Van, "highway=residential access=private", None),
            (Van, "highway=service motor_vehicle=agricultural;forestry", None),
            (Van, "highway=service motor_vehicle=agricultural;destination", both(14)),
            (Van, "highway=residential vehicle=no motor_vehicle=destination", both(26)),
            (Van, "highway=residential vehicle:backward=no", Some((Some(26), None))),
            (Van, "highway=service service=parking_aisle", both(8)),
            (Van, "highway=footway", None),
            (Van, "highway=footway motor_vehicle=destination", both(8)),
            (Van, "highway=track", None),
            (Van, "highway=residential maxheight=1.9", None),
            (Van, "waterway=river", None),
            (Van, "route=ferry duration=00:10", both(6)),
            (Van, "route=ferry motor_vehicle=no", None),
            (Truck, "highway=residential hgv=no", None),
            (Truck, "highway=residential maxweight=3.5", None),
            (Truck, "highway=residential maxweight=16", both(22)),
            (Truck, "highway=residential maxheight=3.7", None),
            (Truck, "highway=residential maxheight=12'6\"", both(22)),
            (Truck, "highway=residential maxlength=8", None),
            (Truck, "highway=primary hazmat=no", both(45)),
            (Bike, "highway=motorway", None),
            (Bike, "highway=footway bicycle=yes", both(14)),
            (Bike, "highway=residential oneway=yes oneway:bicycle=no", both(17)),
        ];
        for (profile, text, expected) in rows {
            let vehicle = Vehicle { profile, ..Vehicle::default() };
            assert_eq!(check(&vehicle, text), expected, "{profile:?} {text}");
        }
        let truck = access::Truck { hazmat: true, ..access::Truck::default() };
        let vehicle = Vehicle { profile: Truck, truck };
        assert_eq!(check(&vehicle, "highway=primary hazmat=no"), None);
    }
}
