//! Tiles of the invented town and of real extracts, read back with a small reader of the format.

// Real extracts are files, and tests may read them.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

#[path = "tiles/decode.rs"]
mod decode;

use decode::{Decoded, decode};
use domain::LonLat;
use roads::tiles::{Made, Stage, TileError, Tiles, from_osm, from_town};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

const CENTER: LonLat = LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };

fn town() -> (Made, Tiles<Cursor<Vec<u8>>>) {
    let town = roads::town::generate(7, CENTER);
    let mut file = Cursor::new(Vec::new());
    let made = from_town(&town, &mut file).unwrap();
    (made, Tiles::open(file).unwrap())
}

/// The tile that holds a place.
fn at(z: u8, lon: f64, lat: f64) -> (u8, u32, u32) {
    let side = f64::from(1_u32 << z);
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    (z, ((lon + 180.0) / 360.0 * side) as u32, (y * side) as u32)
}

#[test]
fn a_town_is_written_and_read_back() {
    let (made, mut tiles) = town();
    assert!(made.tiles > 50, "{made:?}");
    assert!((tiles.zoom_min, tiles.zoom_max) == (8, 15));
    assert!(tiles.bounds.west < CENTER.lon() && CENTER.lon() < tiles.bounds.east);
    let (z, x, y) = at(14, CENTER.lon(), CENTER.lat());
    let tile = decode(&tiles.tile(z, x, y).unwrap().unwrap());
    assert!(tile.iter().any(|one| one.layer == "roads" && one.tag("name").is_some()));
    assert!(tile.iter().any(|one| one.layer == "roads" && one.tag("name_zh").is_some()));
    assert_eq!(tiles.tile(14, 0, 0).unwrap(), None);
    assert_eq!(tiles.tile(20, 0, 0).unwrap(), None);
    assert_eq!(tiles.tile(255, u32::MAX, u32::MAX).unwrap(), None);
}

#[test]
fn the_same_town_gives_the_same_bytes() {
    let bytes = || {
        let mut file = Cursor::new(Vec::new());
        from_town(&roads::town::generate(7, CENTER), &mut file).unwrap();
        file.into_inner()
    };
    assert!(bytes() == bytes());
}

#[test]
fn polygons_are_closed_wound_and_within_their_margin() {
    let (_, mut tiles) = town();
    for z in 10..=15 {
        let (_, x0, y0) = at(z, tiles.bounds.west, tiles.bounds.north);
        let (_, x1, y1) = at(z, tiles.bounds.east, tiles.bounds.south);
        for (x, y) in (x0..=x1).flat_map(|x| (y0..=y1).map(move |y| (x, y))) {
            for one in tiles.tile(z, x, y).unwrap().map(|t| decode(&t)).unwrap_or_default() {
                check_shape(&one);
            }
        }
    }
}

fn check_shape(one: &Decoded) {
    let margin = 4096 / 32 + 2;
    for &(x, y) in one.paths.iter().flatten() {
        let inside =
            (-margin..=4096 + margin).contains(&x) && (-margin..=4096 + margin).contains(&y);
        assert!(inside, "{x},{y} in {}", one.layer);
    }
    if one.kind == 3 {
        assert!(one.closed, "{}", one.layer);
        assert!(decode::area2(&one.paths[0]) > 0, "the first ring is an outline");
        assert!(one.paths.iter().all(|ring| ring.len() >= 3 && decode::area2(ring) != 0));
    }
}

#[test]
fn work_can_be_stopped_and_tells_how_far_it_is() {
    let Some(path) = extract("monaco") else { return };
    let bytes = std::fs::read(path).unwrap();
    let mut heard = Vec::new();
    let stopped = from_osm(&bytes, Cursor::new(Vec::new()), &mut |progress| {
        heard.push(progress);
        if progress.stage == Stage::Tiles {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(matches!(stopped, Err(TileError::Stopped)));
    assert!(heard.len() > 3);
    assert!(
        heard.windows(2).all(|pair| {
            pair[0].stage != pair[1].stage || pair[0].per_mille <= pair[1].per_mille
        })
    );
}

#[test]
fn what_is_no_map_is_refused() {
    let go =
        |bytes: &[u8]| from_osm(bytes, Cursor::new(Vec::new()), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(go(b""), Err(TileError::Nothing)));
    assert!(matches!(go(b"\0\0\0\x0dnot a map at all"), Err(TileError::Damaged(_))));
    assert!(Tiles::open(Cursor::new(b"PMTiles".to_vec())).is_err());
    let (_, tiles) = town();
    drop(tiles);
    let mut file = Cursor::new(Vec::new());
    from_town(&roads::town::generate(7, CENTER), &mut file).unwrap();
    let mut bytes = file.into_inner();
    for at in (0..400).step_by(3) {
        let kept = bytes[at];
        bytes[at] ^= 0x5a;
        // An answer or an error, never a panic.
        if let Ok(mut tiles) = Tiles::open(Cursor::new(bytes.as_slice())) {
            let _ = tiles.tile(14, 8586, 5600);
        }
        bytes[at] = kept;
    }
}

#[test]
fn real_cities_show_what_their_extract_holds() {
    let everything: &[&str] = &["roads", "rail", "water", "green", "buildings", "places"];
    let rows = [
        ("helsinki", 24.9450, 60.1720, everything),
        ("monaco", 7.4230, 43.7350, everything),
        // This extract was made for routing: no water, no woods, hardly a building.
        ("heidelberg", 8.6940, 49.4120, &["roads", "rail", "green"]),
    ];
    for (name, lon, lat, expected) in rows {
        let Some(path) = extract(name) else { continue };
        let bytes = std::fs::read(path).unwrap();
        let mut file = Cursor::new(Vec::new());
        from_osm(&bytes, &mut file, &mut |_| ControlFlow::Continue(())).unwrap();
        let mut tiles = Tiles::open(file).unwrap();
        let (z, x, y) = at(14, lon, lat);
        let mut layers = Vec::new();
        for (x, y) in (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y))) {
            for one in tiles.tile(z, x, y).unwrap().map(|t| decode(&t)).unwrap_or_default() {
                check_shape(&one);
                layers.push(one.layer);
            }
        }
        for layer in expected {
            assert!(layers.iter().any(|one| one == layer), "{name} has {layer}");
        }
    }
}

/// Real extracts are not part of the repository; where they are at hand they are tested.
fn extract(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("QUAYSIDE_OSM_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/osm"),
        PathBuf::from,
    );
    let path = folder.join(format!("{name}.osm.pbf"));
    path.is_file().then_some(path)
}
