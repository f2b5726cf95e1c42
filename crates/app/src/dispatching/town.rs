//! The road map beside the book: `town.roads`, and `town.json` with the depot and the scenery.

use crate::lang::Lang;
use crate::problem::Fault;
use domain::LonLat;
use roads::RoadGraph;
use serde::Deserialize;
use std::path::Path;

pub(crate) struct TownMap {
    pub graph: RoadGraph,
    pub depot: Place,
    pub water: Vec<Vec<[f64; 2]>>,
    pub green: Vec<Vec<[f64; 2]>>,
    pub source: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Place {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Scenery {
    depot: Option<Place>,
    water: Vec<Vec<[f64; 2]>>,
    green: Vec<Vec<[f64; 2]>>,
    source: String,
}

impl TownMap {
    pub fn load(dir: &Path, lang: Lang) -> Result<TownMap, Fault> {
        let bytes = std::fs::read(dir.join("town.roads")).map_err(|_| no_roads(lang))?;
        let graph =
            roads::file::decode(&bytes).map_err(|error| unreadable(lang, "town.roads", error))?;
        // A map without scenery is still a map.
        let scenery: Scenery = match std::fs::read(dir.join("town.json")) {
            Ok(text) => {
                serde_json::from_slice(&text).map_err(|e| unreadable(lang, "town.json", e))?
            }
            Err(_) => Scenery::default(),
        };
        let depot = match scenery.depot {
            Some(depot) => depot,
            None => middle(&graph).ok_or_else(|| no_roads(lang))?,
        };
        let Scenery { water, green, source, .. } = scenery;
        Ok(TownMap { graph, depot, water, green, source })
    }

    pub fn depot_place(&self) -> Result<LonLat, Fault> {
        LonLat::from_degrees(self.depot.lon, self.depot.lat).map_err(|e| Fault::invalid("depot", e))
    }
}

/// Until somebody says where the house stands, the street nearest to the map's middle.
fn middle(graph: &RoadGraph) -> Option<Place> {
    let (low, high) = graph.bounds()?;
    let half = |a: i32, b: i32| ((i64::from(a) + i64::from(b)) / 2) as i32;
    let center =
        LonLat { lon_e7: half(low.lon_e7, high.lon_e7), lat_e7: half(low.lat_e7, high.lat_e7) };
    let place = graph.snap(center).map_or(center, |snapped| snapped.point);
    Some(Place { name: "Depot".to_owned(), lon: place.lon(), lat: place.lat() })
}

fn no_roads(lang: Lang) -> Fault {
    Fault::said(
        "no_roads",
        lang.say("No road map yet.", "还没有道路地图。"),
        lang.say("Import one with quay roads build.", "请用 quay roads build 导入。"),
    )
}

fn unreadable(lang: Lang, file: &str, error: impl std::fmt::Display) -> Fault {
    Fault::said(
        "roads_unreadable",
        format!("{file}: {error}."),
        lang.say("Import it again with quay roads build.", "请用 quay roads build 重新导入。"),
    )
}
