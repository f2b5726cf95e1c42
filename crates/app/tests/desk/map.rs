//! The map under the routes: its tiles, and putting another in its place.

use crate::house::House;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn imported(house: &House, path: &Path) -> Value {
    house.call("import_map", json!({ "path": path }));
    finished(house)
}

fn finished(house: &House) -> Value {
    let begin = Instant::now();
    loop {
        let progress = house.call("map_progress", json!({}));
        if progress["running"] == false {
            return progress;
        }
        assert!(begin.elapsed() < Duration::from_secs(120), "{progress}");
        std::thread::yield_now();
    }
}

#[test]
fn a_folder_with_roads_alone_has_no_tiles() {
    let house = House::new();
    assert_eq!(house.call("map_view", json!({}))["tiles"], false);
    let tile = house.call("map_tile", json!({"z": 14, "x": 8586, "y": 5600}));
    assert_eq!(tile["mvt"], Value::Null);
}

#[test]
fn the_demo_town_has_tiles_where_its_depot_is() {
    let house = House::new();
    app::demo::put_town(house.dir.path(), 7).unwrap();
    let map = house.call("map_view", json!({}));
    assert_eq!(map["tiles"], true);
    let (lon, lat) = (map["depot"][0].as_f64().unwrap(), map["depot"][1].as_f64().unwrap());
    let side = f64::from(1 << 14);
    let down = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    let (x, y) = (((lon + 180.0) / 360.0 * side) as u32, (down * side) as u32);
    let tile = house.call("map_tile", json!({"z": 14, "x": x, "y": y}));
    assert!(tile["mvt"].as_str().unwrap().len() > 100);
}

#[test]
fn a_file_that_is_no_map_changes_nothing() {
    let house = House::new();
    assert_eq!(house.refused("import_map", json!({"path": "/nowhere.osm.pbf"})), "no_such_file");
    let before = house.call("map_view", json!({}));
    let path = house.dir.path().join("letter.osm.pbf");
    std::fs::write(&path, "Dear harbor master").unwrap();
    let progress = imported(&house, &path);
    assert_eq!(
        (&progress["stage"], &progress["failed"]["code"]),
        (&json!("failed"), &json!("map_damaged"))
    );
    assert_eq!(house.call("map_view", json!({})), before);
    let left: Vec<PathBuf> = std::fs::read_dir(house.dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Real extracts are not part of the repository; where they are at hand they are tested.
#[test]
fn a_real_city_gives_roads_and_map_at_once() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/osm");
    let path = shared.join("monaco.osm.pbf");
    if !path.is_file() {
        return;
    }
    let house = House::new();
    let progress = imported(&house, &path);
    assert_eq!(progress["stage"], "done", "{progress}");
    let map = house.call("map_view", json!({}));
    assert_eq!(map["tiles"], true);
    assert_eq!(map["source"], "© OpenStreetMap contributors");
    let tile = house.call("map_tile", json!({"z": 14, "x": 8529, "y": 5974}));
    assert!(tile["mvt"].as_str().unwrap().len() > 1000);
    // The house had no place on this map, so it stands on a street in the middle of it.
    let lon = map["depot"][0].as_f64().unwrap();
    assert!((7.35..7.50).contains(&lon), "{lon}");
}

#[test]
fn an_import_that_is_stopped_leaves_the_map_as_it_was() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/osm");
    let path = shared.join("andorra.osm.pbf");
    if !path.is_file() {
        return;
    }
    let house = House::new();
    let before = house.call("map_view", json!({}));
    house.call("import_map", json!({ "path": path }));
    house.call("map_cancel", json!({}));
    let progress = finished(&house);
    assert_eq!((&progress["stage"], &progress["failed"]), (&json!("stopped"), &Value::Null));
    assert_eq!(house.call("map_view", json!({})), before);
}
