//! The map beside the book: `town.json` names the roads and the tiles and says where the depot is.
//! Replacing that one small file puts a whole new map in place, or none of it.

use crate::lang::Lang;
use crate::problem::Fault;
use domain::LonLat;
use roads::RoadGraph;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use store::Db;

const ABOUT: &str = "town.json";

pub(crate) struct TownMap {
    pub graph: RoadGraph,
    pub depot: Place,
    pub source: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Place {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
    /// Nobody said so: it is the middle of the map.
    #[serde(default)]
    pub guessed: bool,
}

impl Place {
    pub fn place(&self) -> Result<LonLat, Fault> {
        LonLat::from_degrees(self.lon, self.lat).map_err(|e| Fault::invalid("depot", e))
    }
}

/// Where the warehouse stands as somebody has set it, for every desktop of the site.
pub(crate) const DEPOT_SETTING: &str = "depot";

/// What `town.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MapFiles {
    pub depot: Option<Place>,
    pub source: String,
    /// File names in the data folder.
    pub roads: String,
    pub tiles: String,
    pub addresses: String,
}

impl Default for MapFiles {
    fn default() -> MapFiles {
        MapFiles {
            depot: None,
            source: String::new(),
            roads: "town.roads".to_owned(),
            tiles: "town.pmtiles".to_owned(),
            addresses: "town.addresses".to_owned(),
        }
    }
}

impl MapFiles {
    /// A folder without `town.json` may still have roads and tiles under their usual names.
    pub fn read(dir: &Path, lang: Lang) -> Result<MapFiles, Fault> {
        match std::fs::read(dir.join(ABOUT)) {
            Ok(text) => serde_json::from_slice(&text).map_err(|e| unreadable(lang, ABOUT, e)),
            Err(_) => Ok(MapFiles::default()),
        }
    }

    /// The moment in which this map becomes the map.
    pub fn put_in_place(&self, dir: &Path) -> std::io::Result<()> {
        let fresh = dir.join("town.json.new");
        std::fs::write(&fresh, serde_json::to_vec(self)?)?;
        std::fs::rename(fresh, dir.join(ABOUT))
    }

    pub fn roads_path(&self, dir: &Path) -> PathBuf {
        in_folder(dir, &self.roads)
    }

    pub fn addresses_path(&self, dir: &Path) -> PathBuf {
        in_folder(dir, &self.addresses)
    }

    pub fn tiles_path(&self, dir: &Path) -> PathBuf {
        in_folder(dir, &self.tiles)
    }
}

/// Only ever a file of the data folder itself, whatever the text says.
fn in_folder(dir: &Path, name: &str) -> PathBuf {
    dir.join(Path::new(name).file_name().unwrap_or_default())
}

impl TownMap {
    pub fn load(dir: &Path, lang: Lang) -> Result<TownMap, Fault> {
        let files = MapFiles::read(dir, lang)?;
        let file = mapped::open(&files.roads_path(dir)).map_err(|_| no_roads(lang))?;
        let graph =
            roads::file::open(file).map_err(|error| unreadable(lang, &files.roads, error))?;
        let depot = match files.depot {
            Some(depot) => depot,
            None => middle(&graph).ok_or_else(|| no_roads(lang))?,
        };
        Ok(TownMap { graph, depot, source: files.source })
    }

    /// The warehouse where somebody has set it, unless that is not on this map.
    pub fn depot_of(&self, db: &Db<'_>) -> Result<Place, Fault> {
        let set = db.setting(DEPOT_SETTING)?;
        let set = set.and_then(|text| serde_json::from_str::<Place>(&text).ok());
        let on_map = |place: &Place| place.place().is_ok_and(|at| self.graph.snap(at).is_some());
        Ok(set.filter(on_map).unwrap_or_else(|| self.depot.clone()))
    }
}

/// Until somebody says where the house stands: the street nearest to where half of all junctions
/// lie on either side, which is in the city even if a long road leaves it.
pub(crate) fn middle(graph: &RoadGraph) -> Option<Place> {
    let places: Vec<LonLat> =
        (0..graph.node_count()).filter_map(|node| graph.node_place(node)).collect();
    let half = |mut values: Vec<i32>| {
        values.sort_unstable();
        values.get(values.len() / 2).copied()
    };
    let lon_e7 = half(places.iter().map(|place| place.lon_e7).collect())?;
    let lat_e7 = half(places.iter().map(|place| place.lat_e7).collect())?;
    let center = LonLat { lon_e7, lat_e7 };
    let place = graph.snap(center).map_or(center, |snapped| snapped.point);
    let (lon, lat) = (place.lon(), place.lat());
    Some(Place { name: "Depot".to_owned(), lon, lat, guessed: true })
}

fn no_roads(lang: Lang) -> Fault {
    Fault::said(
        "no_roads",
        lang.say("No road map yet.", "还没有道路地图。"),
        lang.say(
            "Import an OpenStreetMap file under Settings, Data.",
            "请在“设置 › 数据”中导入 OpenStreetMap 文件。",
        ),
    )
}

pub(crate) fn unreadable(lang: Lang, file: &str, error: impl std::fmt::Display) -> Fault {
    Fault::said(
        "roads_unreadable",
        format!("{file}: {error}."),
        lang.say("Import the map again under Settings, Data.", "请在“设置 › 数据”中重新导入地图。"),
    )
}
