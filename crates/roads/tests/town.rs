//! The invented town is a plausible one, always the same, and survives being written and read.

#![allow(clippy::unwrap_used)]

use domain::LonLat;
use roads::file::{FileError, decode, encode};
use roads::{RoadGraph, Unreachable, town};

const CENTER: LonLat = LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };

#[test]
fn the_same_seed_gives_the_same_town() {
    let (one, two) = (town::generate(7, CENTER), town::generate(7, CENTER));
    assert_eq!(encode(&one.graph), encode(&two.graph));
    assert_eq!(one.addresses, two.addresses);
    assert_ne!(encode(&one.graph), encode(&town::generate(8, CENTER).graph));
}

#[test]
fn every_town_has_streets_doors_and_ways_between_them() {
    for seed in 0..12 {
        let town = town::generate(seed, CENTER);
        let (nodes, main) = (town.graph.node_count(), town.graph.main_node_count());
        assert!((1_200..3_000).contains(&nodes), "seed {seed}: {nodes} junctions");
        assert!(main * 100 >= nodes * 93, "seed {seed}: {main} of {nodes} within reach");
        assert!(town.addresses.len() >= 5_000, "seed {seed}: {} doors", town.addresses.len());
        let mut places: Vec<LonLat> =
            town.addresses.iter().step_by(211).map(|address| address.place).collect();
        places.push(town.depot);
        let matrix = town.graph.matrix(&places);
        for from in 0..places.len() {
            for to in 0..places.len() {
                assert!(matrix.get(from, to).is_some(), "seed {seed}: {from} -> {to}");
            }
        }
    }
}

#[test]
fn doors_are_told_apart_by_street_and_number() {
    let town = town::generate(3, CENTER);
    let mut doors: Vec<_> = town.addresses.iter().map(|a| (&a.street, a.number)).collect();
    doors.sort_unstable();
    doors.dedup();
    assert_eq!(doors.len(), town.addresses.len());
}

#[test]
fn a_place_far_away_is_off_the_map() {
    let town = town::generate(3, CENTER);
    let beijing = LonLat { lon_e7: 1_163_970_000, lat_e7: 399_060_000 };
    assert_eq!(town.graph.snap(beijing), None);
    assert_eq!(town.graph.route(beijing, town.depot).unwrap_err(), Unreachable::StartOffMap);
    let matrix = town.graph.matrix(&[town.depot, beijing]);
    assert_eq!(matrix.why_unreachable(0, 1), Some(Unreachable::EndOffMap));
    assert_eq!(matrix.why_unreachable(0, 0), None);
}

#[test]
fn snapping_finds_the_same_street_as_looking_at_all_of_them() {
    let town = town::generate(5, CENTER);
    for address in town.addresses.iter().step_by(97) {
        let snapped = town.graph.snap(address.place).unwrap();
        // Doors stand 13 m from the middle of their street.
        assert!(snapped.meters.0 <= 14, "{address:?} {snapped:?}");
    }
}

fn same(one: &RoadGraph, two: &RoadGraph) -> bool {
    one.drawable() == two.drawable() && one.arc_count() == two.arc_count()
}

/// What is mapped answers as what was built, and is written again byte by byte.
#[test]
fn a_mapped_file_answers_like_the_town_it_came_from() {
    let town = town::generate(1, CENTER);
    let bytes = encode(&town.graph);
    let mapped = roads::file::open(bytes.clone()).unwrap();
    assert!(same(&town.graph, &mapped));
    assert_eq!(encode(&mapped), bytes);
    let places: Vec<LonLat> =
        town.addresses.iter().step_by(300).map(|address| address.place).collect();
    assert_eq!(mapped.matrix(&places), town.graph.matrix(&places));
    assert_eq!(mapped.route(CENTER, town.depot), town.graph.route(CENTER, town.depot));
    assert_eq!(mapped.hierarchy_summary(), town.graph.hierarchy_summary());
}

#[test]
fn a_file_reads_back_and_every_damage_is_seen() {
    let graph = town::generate(1, CENTER).graph;
    let bytes = encode(&graph);
    assert!(same(&graph, &decode(&bytes).unwrap()));
    assert_eq!(decode(b"PK\x03\x04").unwrap_err(), FileError::NotRoads);
    assert!(matches!(decode(&bytes[..bytes.len() - 1]).unwrap_err(), FileError::Truncated { .. }));
    let mut newer = bytes.clone();
    newer[8] = 9;
    assert_eq!(decode(&newer).unwrap_err(), FileError::Newer { found: 9 });
    for at in (0..bytes.len()).step_by(1_009) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(decode(&damaged).is_err(), "byte {at}");
    }
}
