//! Addresses from an extract and its roads, or from an invented town.

use super::spelling::{key, words};
use super::{Addresses, House, Street};
use crate::geo::meters_between;
use crate::graph::RoadGraph;
use crate::import::{ImportError, each_element};
use crate::town::Town;
use domain::LonLat;
use osmpbf::Element;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Places whose names stand in addresses.
const TOWNS: [&str; 5] = ["city", "town", "village", "hamlet", "suburb"];
/// The middle of a town may be so far from its last street.
const TOWN_METERS_MAX: f64 = 12_000.0;
/// Streets of one name nearer than this are one, whatever town each part was counted to.
const SAME_STREET_METERS: f64 = 1_500.0;

/// A numbered house as the map has it.
struct Raw {
    street: String,
    number: String,
    town: String,
    postcode: String,
    place: Option<LonLat>,
    /// Of an outline, its first node.
    corner: i64,
}

#[derive(Default)]
struct Gathered {
    houses: Vec<Raw>,
    towns: Vec<(String, LonLat)>,
}

impl Addresses {
    /// The numbered houses of the extract, and the named streets of its roads.
    pub fn read(bytes: &[u8], roads: &RoadGraph) -> Result<Addresses, ImportError> {
        // The PBF library adds deltas unchecked, so a hostile file could make it panic.
        let found = catch_unwind(AssertUnwindSafe(|| gather(bytes))).unwrap_or_else(|_| {
            Err(ImportError::Damaged { at: 0, what: "a number is out of range".to_owned() })
        })?;
        Ok(found.finish(roads))
    }

    /// Streets alone, where there is no extract any more.
    pub fn of_roads(roads: &RoadGraph) -> Addresses {
        Gathered::default().finish(roads)
    }

    pub fn of_town(town: &Town) -> Addresses {
        let house = |address: &crate::town::Address| Raw {
            street: address.street.clone(),
            number: address.number.to_string(),
            town: String::new(),
            postcode: String::new(),
            place: Some(address.place),
            corner: 0,
        };
        let houses = town.addresses.iter().map(house).collect();
        Gathered { houses, towns: Vec::new() }.finish(&town.graph)
    }
}

fn gather(bytes: &[u8]) -> Result<Gathered, ImportError> {
    let mut found = Gathered::default();
    let place = |nano_lon: i64, nano_lat: i64| {
        LonLat::from_degrees(nano_lon as f64 / 1e9, nano_lat as f64 / 1e9).ok()
    };
    each_element(bytes, &mut |_| true, |element| match element {
        Element::Node(node) => {
            found.note(node.tags(), place(node.nano_lon(), node.nano_lat()), 0);
        }
        Element::DenseNode(node) => {
            found.note(node.tags(), place(node.nano_lon(), node.nano_lat()), 0);
        }
        Element::Way(way) => found.note(way.tags(), None, way.refs().next().unwrap_or(0)),
        Element::Relation(_) => {}
    })?;
    let mut corners: BTreeMap<i64, Option<LonLat>> = found
        .houses
        .iter()
        .filter(|raw| raw.place.is_none())
        .map(|raw| (raw.corner, None))
        .collect();
    let mut put = |id: i64, nano_lon: i64, nano_lat: i64| {
        if let Some(corner) = corners.get_mut(&id) {
            *corner = place(nano_lon, nano_lat);
        }
    };
    each_element(bytes, &mut |_| true, |element| match element {
        Element::Node(node) => put(node.id(), node.nano_lon(), node.nano_lat()),
        Element::DenseNode(node) => put(node.id(), node.nano_lon(), node.nano_lat()),
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    for raw in &mut found.houses {
        raw.place = raw.place.or_else(|| corners.get(&raw.corner).copied().flatten());
    }
    Ok(found)
}

impl Gathered {
    fn note<'a>(
        &mut self,
        tags: impl Iterator<Item = (&'a str, &'a str)>,
        place: Option<LonLat>,
        corner: i64,
    ) {
        let [mut number, mut street, mut square, mut town, mut postcode] = [""; 5];
        let [mut kind, mut name] = [""; 2];
        for (tag, value) in tags {
            match tag {
                "addr:housenumber" => number = value,
                "addr:street" => street = value,
                "addr:place" => square = value,
                "addr:city" => town = value,
                "addr:postcode" => postcode = value,
                "place" => kind = value,
                "name" => name = value,
                _ => {}
            }
        }
        let street = if street.is_empty() { square } else { street };
        if !number.is_empty() && !street.is_empty() {
            self.houses.push(Raw {
                street: street.to_owned(),
                number: number.to_owned(),
                town: town.to_owned(),
                postcode: postcode.to_owned(),
                place,
                corner,
            });
        }
        if let (true, false, Some(place)) = (TOWNS.contains(&kind), name.is_empty(), place) {
            self.towns.push((name.to_owned(), place));
        }
    }

    fn finish(self, roads: &RoadGraph) -> Addresses {
        let (mut towns, mut postcodes) = (Pool::new(), Pool::new());
        let nearest = |place: LonLat| {
            let far = |town: &(String, LonLat)| meters_between(town.1, place);
            let near = self.towns.iter().filter(|town| far(town) <= TOWN_METERS_MAX);
            near.min_by(|a, b| far(a).total_cmp(&far(b))).map_or("", |town| town.0.as_str())
        };
        let mut streets: BTreeMap<(String, u32), Street> = BTreeMap::new();
        for raw in &self.houses {
            let Some(place) = raw.place else { continue };
            let town = if raw.town.is_empty() { nearest(place) } else { &raw.town };
            let (town, postcode) = (towns.index(town), postcodes.index(&raw.postcode));
            let house = House { number: raw.number.clone(), postcode, place };
            streets
                .entry((key(&words(&raw.street)), town))
                .or_insert_with(|| Street::new(&raw.street, town, place))
                .houses
                .push(house);
        }
        for street in streets.values_mut() {
            street.settle();
        }
        for (name, places) in drawn(roads) {
            let mut parts: BTreeMap<u32, Vec<LonLat>> = BTreeMap::new();
            for place in places {
                parts.entry(towns.index(nearest(place))).or_default().push(place);
            }
            let spelled = key(&words(&name));
            for (town, places) in parts {
                let middle = places[places.len() / 2];
                let known = streets.range((spelled.clone(), 0)..=(spelled.clone(), u32::MAX));
                let is_known = known.map(|(_, street)| street).any(|street| {
                    street.town == town
                        || meters_between(street.middle, middle) < SAME_STREET_METERS
                });
                if !is_known {
                    streets.insert((spelled.clone(), town), Street::new(&name, town, middle));
                }
            }
        }
        Addresses::new(streets.into_values().collect(), towns.names, postcodes.names)
    }
}

/// Names of streets with a place on each of their stretches, as one drives along the map's list.
fn drawn(roads: &RoadGraph) -> BTreeMap<String, Vec<LonLat>> {
    let mut streets: BTreeMap<String, Vec<LonLat>> = BTreeMap::new();
    for (index, edge) in roads.edges.iter().enumerate() {
        let name = roads.names.get(edge.name);
        let shape = roads.shape(index);
        if !name.is_empty() && shape.len() > 0 {
            streets.entry(name.to_owned()).or_default().push(shape.at(shape.len() / 2));
        }
    }
    streets
}

impl Street {
    fn new(name: &str, town: u32, middle: LonLat) -> Street {
        Street { name: name.to_owned(), town, middle, houses: Vec::new() }
    }

    /// Houses in the order of their numbers, each once, and the middle one as the street's place.
    fn settle(&mut self) {
        self.houses.sort_by_cached_key(|house| {
            (super::find::first_number(&house.number), house.number.clone(), house.place)
        });
        self.houses
            .dedup_by(|a, b| a.number == b.number && meters_between(a.place, b.place) < 50.0);
        if let Some(house) = self.houses.get(self.houses.len() / 2) {
            self.middle = house.place;
        }
    }
}

/// Names, each once; 0 is the empty one.
struct Pool {
    names: Vec<String>,
    known: BTreeMap<String, u32>,
}

impl Pool {
    fn new() -> Pool {
        Pool { names: vec![String::new()], known: BTreeMap::from([(String::new(), 0)]) }
    }

    fn index(&mut self, name: &str) -> u32 {
        if let Some(&index) = self.known.get(name) {
            return index;
        }
        let index = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), index);
        index
    }
}
