//! What the tags of a way, an outline or a place mean for the map.

use super::feature::{Layer, Look, Names};

pub(crate) struct Tags<'a>(pub Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == key).map(|&(_, value)| value)
    }

    fn is(&self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }

    fn is_yes(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value != "no")
    }

    pub fn is_coast(&self) -> bool {
        self.is("natural", &["coastline"])
    }

    /// Outlines that are drawn as areas although they are roads: market places.
    pub fn is_plaza(&self) -> bool {
        self.is("area", &["yes"])
    }

    pub fn is_multipolygon(&self) -> bool {
        self.is("type", &["multipolygon"])
    }
}

/// A name longer than this is not a name.
const NAME_CHARS_MAX: usize = 120;

fn names(tags: &Tags) -> Names {
    let text = |key| tags.get(key).filter(|t| !t.is_empty() && t.chars().count() <= NAME_CHARS_MAX);
    let local = text("name");
    let zh = ["name:zh-Hans", "name:zh", "name:zh-Hant"].into_iter().find_map(text);
    Names {
        local: local.map(Box::from),
        en: text("name:en").filter(|en| Some(*en) != local).map(Box::from),
        zh: zh.filter(|zh| Some(*zh) != local).map(Box::from),
    }
}

/// A line to draw, and the zoom from which it is drawn.
pub(crate) fn line(tags: &Tags) -> Option<(Look, u8)> {
    road(tags).or_else(|| rail(tags)).or_else(|| waterway(tags))
}

fn road(tags: &Tags) -> Option<(Look, u8)> {
    let highway = tags.get("highway")?;
    let (class, zoom) = match highway.trim_end_matches("_link") {
        "motorway" => ("motorway", 8),
        "trunk" => ("trunk", 8),
        "primary" => ("primary", 9),
        "secondary" => ("secondary", 10),
        "tertiary" => ("tertiary", 11),
        "residential" | "unclassified" | "living_street" | "road" => ("minor", 12),
        "pedestrian" => ("pedestrian", 13),
        // Aisles of car parks and drives to single houses fill a town without helping anybody.
        "service" if tags.is("service", &["parking_aisle", "driveway", "drive-through"]) => {
            ("service", 15)
        }
        "service" | "busway" => ("service", 13),
        "track" => ("path", 14),
        "cycleway" | "path" | "bridleway" | "footway" if is_walk_beside(tags) => ("path", 15),
        "cycleway" | "path" | "bridleway" | "footway" | "steps" => ("path", 14),
        _ => return None,
    };
    let mut look = Look::new(Layer::Roads, class);
    look.link = highway.ends_with("_link");
    look.level = level(tags);
    look.names = names(tags);
    let number = tags.get("ref").and_then(|text| text.split(';').next()).map(str::trim);
    look.reference = number.filter(|t| (1..=8).contains(&t.chars().count())).map(Box::from);
    Some((look, zoom))
}

/// A sidewalk drawn on its own repeats its street.
fn is_walk_beside(tags: &Tags) -> bool {
    tags.is("footway", &["sidewalk", "crossing"]) || tags.is("cycleway", &["crossing"])
}

fn level(tags: &Tags) -> &'static str {
    if tags.is_yes("tunnel") {
        "tunnel"
    } else if tags.is_yes("bridge") {
        "bridge"
    } else {
        ""
    }
}

fn rail(tags: &Tags) -> Option<(Look, u8)> {
    let siding = tags.get("service").is_some();
    let (class, zoom) = match tags.get("railway")? {
        "rail" if siding => ("rail", 14),
        "rail" => ("rail", 10),
        "narrow_gauge" | "funicular" => ("rail", 12),
        "light_rail" | "subway" | "tram" if siding => ("tram", 15),
        "light_rail" | "subway" | "tram" => ("tram", 13),
        _ => return None,
    };
    let level = level(tags);
    // Below the ground nobody on the road sees it.
    if level == "tunnel" && class == "tram" {
        return None;
    }
    let mut look = Look::new(Layer::Rail, class);
    look.level = level;
    Some((look, zoom))
}

fn waterway(tags: &Tags) -> Option<(Look, u8)> {
    let (class, zoom) = match tags.get("waterway")? {
        "river" => ("river", 9),
        "canal" => ("canal", 11),
        "stream" => ("stream", 13),
        "ditch" | "drain" => ("ditch", 15),
        _ => return None,
    };
    if tags.is_yes("tunnel") {
        return None;
    }
    let mut look = Look::new(Layer::Waterway, class);
    look.names = names(tags);
    Some((look, zoom))
}

/// An area to draw. Its zoom follows from its size, but never below the one given here.
pub(crate) fn area(tags: &Tags) -> Option<(Look, u8)> {
    let (layer, class, zoom) =
        water(tags).or_else(|| green(tags)).or_else(|| building(tags)).or_else(|| land(tags))?;
    Some((Look::new(layer, class), zoom))
}

type Area = (Layer, &'static str, u8);

fn water(tags: &Tags) -> Option<Area> {
    let is_water = tags.is("natural", &["water"])
        || tags.is("waterway", &["riverbank", "dock"])
        || tags.is("landuse", &["reservoir", "basin"]);
    if !is_water || tags.is_yes("tunnel") {
        return None;
    }
    let class = if tags.is("water", &["river", "canal", "stream"]) { "river" } else { "lake" };
    Some((Layer::Water, class, 8))
}

fn green(tags: &Tags) -> Option<Area> {
    let (class, zoom) = match tags.get("leisure") {
        Some("park" | "nature_reserve") => ("park", 9),
        Some("garden" | "dog_park") => ("park", 13),
        Some("golf_course") => ("grass", 11),
        Some("pitch" | "playground" | "track") => ("pitch", 14),
        _ => match (tags.get("landuse"), tags.get("natural")) {
            (Some("forest"), _) | (_, Some("wood")) => ("wood", 8),
            (_, Some("scrub" | "heath" | "wetland")) => ("scrub", 11),
            (Some("grass" | "meadow" | "village_green"), _) | (_, Some("grassland")) => {
                ("grass", 12)
            }
            (Some("cemetery"), _) => ("cemetery", 12),
            (Some("allotments" | "orchard" | "vineyard" | "recreation_ground"), _) => ("grass", 11),
            (Some("farmland"), _) => ("field", 11),
            (_, Some("beach" | "sand")) => ("sand", 12),
            _ => return None,
        },
    };
    // A nature reserve may cover half a country, towns included.
    if tags.is("leisure", &["nature_reserve"]) && tags.get("boundary").is_some() {
        return None;
    }
    Some((Layer::Green, class, zoom))
}

fn building(tags: &Tags) -> Option<Area> {
    let stands = tags.is_yes("building") && !tags.is("location", &["underground"]);
    stands.then_some((Layer::Buildings, "building", 14))
}

fn land(tags: &Tags) -> Option<Area> {
    let class = match tags.get("landuse") {
        Some("residential") => "built",
        Some("commercial" | "retail") => "trade",
        Some("industrial" | "railway" | "port") => "industry",
        _ if tags.is("highway", &["pedestrian", "footway", "service"]) && tags.is_plaza() => {
            return Some((Layer::Land, "plaza", 14));
        }
        _ if tags.is("man_made", &["pier", "quay"]) => return Some((Layer::Land, "pier", 13)),
        _ if tags.is("aeroway", &["apron", "runway"]) => "apron",
        _ if tags.is("amenity", &["hospital", "university", "school", "college"]) => "campus",
        _ if tags.is("amenity", &["parking"]) => return Some((Layer::Land, "parking", 15)),
        _ => return None,
    };
    Some((Layer::Land, class, 10))
}

/// The label in the middle of a park or a lake.
pub(crate) fn area_label(tags: &Tags, drawn: &Look) -> Option<Look> {
    let class = match (drawn.layer, drawn.class) {
        (Layer::Water, "lake") => "lake",
        (Layer::Green, "park" | "cemetery") => "park",
        (Layer::Green, "wood") => "wood",
        (Layer::Land, "campus") => "campus",
        _ => return None,
    };
    let mut look = Look::new(Layer::Places, class);
    look.names = names(tags);
    look.names.local.is_some().then_some(look)
}

/// A settlement, and the zooms at which its name stands on the map.
pub(crate) fn place(tags: &Tags) -> Option<(Look, (u8, u8))> {
    let (class, people, zooms) = match tags.get("place")? {
        "city" => ("city", 200_000, (8, 15)),
        "town" => ("town", 20_000, (9, 15)),
        "village" => ("village", 2_000, (11, 15)),
        "suburb" => ("suburb", 10_000, (11, 15)),
        "quarter" | "neighbourhood" => ("quarter", 2_000, (13, 15)),
        "hamlet" => ("hamlet", 100, (13, 15)),
        "island" | "islet" => ("island", 100, (12, 15)),
        _ => return None,
    };
    let mut look = Look::new(Layer::Places, class);
    look.names = names(tags);
    look.names.local.as_ref()?;
    let counted = tags.get("population").and_then(|text| text.parse::<u32>().ok());
    // Doublings: enough to say who is placed first.
    look.rank = counted.unwrap_or(people).max(1).ilog2() as u8;
    Some((look, zooms))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Tags<'_> {
        Tags(text.split_whitespace().filter_map(|pair| pair.split_once('=')).collect())
    }

    #[test]
    fn lines_have_a_class_and_a_first_zoom() {
        let rows = [
            ("highway=motorway_link", Some(("motorway", 8))),
            ("highway=living_street", Some(("minor", 12))),
            ("highway=service service=driveway", Some(("service", 15))),
            ("highway=proposed", None),
            ("railway=subway tunnel=yes", None),
            ("railway=rail", Some(("rail", 10))),
            ("waterway=river", Some(("river", 9))),
            ("waterway=river tunnel=culvert", None),
        ];
        for (text, expected) in rows {
            let found = line(&tags(text)).map(|(look, zoom)| (look.class, zoom));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn areas_have_a_layer() {
        let rows = [
            ("natural=water water=river", Some((Layer::Water, "river"))),
            ("landuse=forest", Some((Layer::Green, "wood"))),
            ("building=no", None),
            ("building=house", Some((Layer::Buildings, "building"))),
            ("landuse=residential", Some((Layer::Land, "built"))),
            ("boundary=administrative", None),
        ];
        for (text, expected) in rows {
            let found = area(&tags(text)).map(|(look, _)| (look.layer, look.class));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_place_has_its_chinese_name() {
        let (look, _) = place(&tags("place=city name=Heidelberg name:zh=海德堡")).unwrap();
        assert_eq!(look.names.zh.as_deref(), Some("海德堡"));
    }
}
