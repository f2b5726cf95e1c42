//! What importing makes of small maps, of whole extracts, and of damaged ones.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

#[path = "support/pbf.rs"]
mod pbf;
mod support;

use domain::LonLat;
use proptest::prelude::*;
use roads::import::{ImportError, Options, Report, read_bytes, read_with};
use roads::{Profile, RoadGraph};
use support::{Dice, extract};

/// A crossing of four named streets, and a ring around it over the corners.
///
/// ```text
/// 6 ---- 4 ---- 7
/// |      |      |
/// 2 ---- 1 ---- 3
/// |      |      |
/// 8 ---- 5 ---- 9
/// ```
const CROSSING: &str = "
    n 1 8.680,49.410
    n 2 8.675,49.410
    n 3 8.685,49.410
    n 4 8.680,49.413
    n 5 8.680,49.407
    n 6 8.675,49.413
    n 7 8.685,49.413
    n 8 8.675,49.407
    n 9 8.685,49.407
    w 10 2,1 highway=residential name=West
    w 11 1,3 highway=residential name=East
    w 12 1,4 highway=residential name=North
    w 13 5,1 highway=residential name=South
    w 14 2,6,4,7,3,9,5,8,2 highway=residential name=Ring
";

fn options(profile: Profile) -> Options {
    Options { profile, ..Options::default() }
}

fn import(text: &str) -> (RoadGraph, Report) {
    read_with(&pbf::write(text), &options(Profile::Van), &mut |_| true).unwrap()
}

/// Streets driven from the middle of one street to the middle of another.
fn streets(graph: &RoadGraph, from: &str, to: &str) -> String {
    let middle = |name: &str| match name {
        "West" => LonLat { lon_e7: 86_775_000, lat_e7: 494_100_000 },
        "East" => LonLat { lon_e7: 86_825_000, lat_e7: 494_100_000 },
        "North" => LonLat { lon_e7: 86_800_000, lat_e7: 494_115_000 },
        _ => LonLat { lon_e7: 86_800_000, lat_e7: 494_085_000 },
    };
    let route = graph.route(middle(from), middle(to)).unwrap();
    route.streets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn restrictions_change_the_streets_that_are_driven() {
    let rows = [
        ("", "West", "North", "West North"),
        (
            "r 1 from=w10 via=n1 to=w12 type=restriction restriction=no_left_turn",
            "West",
            "North",
            "West Ring North",
        ),
        (
            "r 1 from=w10 via=n1 to=w12 type=restriction restriction=no_left_turn",
            "West",
            "East",
            "West East",
        ),
        (
            "r 1 from=w10 via=n1 to=w13 type=restriction restriction=only_right_turn",
            "West",
            "East",
            "West Ring North East",
        ),
        (
            "r 1 from=w10 via=n1 to=w13 type=restriction restriction=only_right_turn",
            "West",
            "South",
            "West South",
        ),
        (
            "r 1 from=w10 via=n1 to=w12 type=restriction restriction:hgv=no_left_turn",
            "West",
            "North",
            "West North",
        ),
        (
            "r 1 from=w10 via=n1 to=w12 type=restriction restriction=no_left_turn except=motorcar",
            "West",
            "North",
            "West North",
        ),
        (
            "r 1 from=w10 via=n1 to=w12 type=restriction restriction:conditional=no_left_turn@(07:00-09:00)",
            "West",
            "North",
            "West North",
        ),
    ];
    for (relation, from, to, expected) in rows {
        let (graph, _) = import(&format!("{CROSSING}{relation}"));
        assert_eq!(streets(&graph, from, to), expected, "{relation}");
    }
}

#[test]
fn a_restriction_over_a_way_counts_only_for_those_who_came_by_its_first() {
    let map = "
        n 1 8.680,49.410
        n 2 8.681,49.410
        n 3 8.670,49.410
        n 4 8.690,49.410
        n 5 8.681,49.420
        n 6 8.680,49.420
        n 7 8.680,49.400
        w 10 3,1 highway=residential name=West
        w 11 1,2 highway=residential name=Bridge
        w 12 2,5 highway=residential name=North
        w 13 2,4 highway=residential name=East
        w 14 7,1 highway=residential name=South
        w 15 4,5 highway=residential name=Detour
    ";
    let over = "r 1 from=w10 via=w11 to=w12 type=restriction restriction=no_left_turn";
    let at = |lon_e7, lat_e7| LonLat { lon_e7, lat_e7 };
    let (west, south, north) =
        (at(86_750_000, 494_100_000), at(86_800_000, 494_050_000), at(86_810_000, 494_140_000));
    let names = |graph: &RoadGraph, from| {
        let route = graph.route(from, north).unwrap();
        route.streets.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>().join(" ")
    };
    let (free, _) = import(map);
    let (bound, report) = import(&format!("{map}{over}"));
    assert_eq!(report.restrictions, 1);
    assert_eq!(names(&free, west), "West Bridge North");
    assert_eq!(names(&bound, west), "West Bridge East Detour North");
    assert_eq!(names(&bound, south), "South Bridge North");
}

#[test]
fn streets_for_residents_are_entered_only_to_stop_there() {
    let map = CROSSING.replace("name=North", "name=North motor_vehicle=destination");
    let (free, bound) = (import(CROSSING).0, import(&map).0);
    let at = |lon_e7, lat_e7| LonLat { lon_e7, lat_e7 };
    let (south, top) = (at(86_800_000, 494_085_000), at(86_802_000, 494_130_000));
    let names = |graph: &RoadGraph, to| {
        let route = graph.route(south, to).unwrap();
        route.streets.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&free, top), "South North Ring");
    assert!(!names(&bound, top).contains("North"), "{}", names(&bound, top));
    let door = at(86_800_000, 494_115_000);
    assert_eq!(names(&bound, door), "South North");
    assert_eq!(bound.route(south, door), free.route(south, door));
}

#[test]
fn roundabouts_tell_on_which_side_one_drives() {
    let ring = |refs: &str| {
        import(&format!(
            "{CROSSING}
            n 30 8.6850,49.4200
            n 31 8.6852,49.4202
            n 32 8.6854,49.4200
            w 30 {refs} highway=residential junction=roundabout
            w 31 30,7 highway=residential"
        ))
    };
    let counterclockwise = ring("30,32,31,30").0;
    let clockwise = ring("30,31,32,30").0;
    assert!(!counterclockwise.left_hand() && clockwise.left_hand());
    assert!(!import(CROSSING).0.left_hand());
    let asked = Options { left_hand: Some(true), ..Options::default() };
    let (graph, _) = read_with(&pbf::write(CROSSING), &asked, &mut |_| true).unwrap();
    assert!(graph.left_hand());
}

#[test]
fn the_report_counts_what_was_not_applied() {
    let (_, report) = import(&format!(
        "{CROSSING}
        w 15 9,999 highway=residential
        r 1 from=w10 via=n1 to=w12 type=restriction restriction=no_left_turn
        r 2 from=w10 via=n1 to=w11 type=restriction restriction:conditional=no_straight_on@(Mo-Fr)
        r 3 from=w10 to=w11 type=restriction restriction=no_left_turn
        r 4 from=w10 via=n4 to=w12 type=restriction restriction=no_left_turn
        r 5 from=w77 via=n1 to=w12 type=restriction restriction=no_left_turn"
    ));
    let expected = Report {
        ways: 6,
        cut_ways: 1,
        restrictions: 1,
        conditional_restrictions: 1,
        timed_restrictions: 1,
        broken_restrictions: 2,
    };
    assert_eq!(report, expected);
    assert_eq!(
        report.to_string(),
        "6 streets, 1 of them cut at the border of the map; 1 turn restrictions, 1 more at certain \
         hours; left out: 0 under other conditions, 2 that are damaged in the map"
    );
}

#[test]
fn left_turns_and_lights_cost_time() {
    let (plain, _) = import(CROSSING);
    let (lights, _) =
        import(&CROSSING.replace("n 1 8.680,49.410", "n 1 8.680,49.410 highway=traffic_signals"));
    let at = |lon_e7, lat_e7| LonLat { lon_e7, lat_e7 };
    let (west, north, south) =
        (at(86_775_000, 494_100_000), at(86_800_000, 494_115_000), at(86_800_000, 494_085_000));
    let seconds = |graph: &RoadGraph, to| graph.route(west, to).unwrap().seconds.0;
    assert!(seconds(&plain, north) > seconds(&plain, south), "left is slower than right");
    assert_eq!(seconds(&lights, north), seconds(&plain, north) + 2);
}

#[test]
fn an_import_can_be_canceled_and_tells_how_far_it_is() {
    let bytes = pbf::write(CROSSING);
    let mut told = Vec::new();
    read_with(&bytes, &options(Profile::Van), &mut |progress| {
        told.push(progress.done);
        assert!(progress.done <= progress.total && progress.total == bytes.len() as u64 * 3);
        true
    })
    .unwrap();
    assert!(told.is_sorted() && told.len() >= 8, "{told:?}");
    let canceled = read_with(&bytes, &options(Profile::Van), &mut |progress| progress.done == 0);
    assert!(matches!(canceled, Err(ImportError::Canceled)));
}

#[test]
fn ordering_a_real_map_is_told_and_can_be_canceled_too() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    let size = bytes.len() as u64;
    let mut last = 0;
    let result = read_with(&bytes, &options(Profile::Van), &mut |progress| {
        assert!(progress.done >= last && progress.done <= progress.total);
        last = progress.done;
        progress.done <= size * 2
    });
    assert!(matches!(result, Err(ImportError::Canceled)) && last > size * 2);
}

#[test]
fn a_cut_file_names_the_place() {
    let bytes = pbf::write(CROSSING);
    let cut = read_bytes(&bytes[..bytes.len() - 9], Profile::Van).unwrap_err();
    let ImportError::Damaged { at, .. } = cut else { panic!("{cut}") };
    assert!(at > 0 && at < bytes.len() as u64, "{cut}");
}

/// A map with everything in it that importing looks at.
fn rich() -> Vec<u8> {
    pbf::write(&format!(
        "{CROSSING}
        n 20 8.690,49.410 barrier=bollard
        n 21 8.695,49.410 barrier=lift_gate
        w 20 3,20,21 highway=service surface=gravel maxheight=3.5 maxspeed=DE:urban
        w 21 21,9 route=ferry duration=00:10
        r 1 from=w10 via=n1 to=w12 type=restriction restriction=no_left_turn
        r 2 from=w13 via=w10 to=w14 type=restriction restriction=only_straight_on"
    ))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_maps_never_panic(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = rich();
        for (at, value) in hits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // Damage inside a name can go unseen; what comes back must still be usable.
        if let Ok(graph) = read_bytes(&bytes, Profile::Van) {
            let places: Vec<LonLat> =
                (0..graph.node_count()).filter_map(|node| graph.node_place(node)).collect();
            let _ = graph.matrix(&places);
            let again = roads::file::decode(&roads::file::encode(&graph));
            prop_assert!(again.is_ok(), "{:?}", again.err());
        }
    }

    /// As above for the file that importing writes, its checksum made right again.
    #[test]
    fn forged_road_files_never_panic(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = roads::file::encode(&read_bytes(&rich(), Profile::Van).unwrap());
        for (at, value) in hits {
            let at = 32 + at.index(bytes.len() - 32);
            bytes[at] = value;
        }
        roads::file::seal(&mut bytes);
        if let Ok(graph) = roads::file::decode(&bytes) {
            let places: Vec<LonLat> =
                (0..graph.node_count()).filter_map(|node| graph.node_place(node)).collect();
            let matrix = graph.matrix(&places);
            prop_assert_eq!(matrix.size(), places.len());
            for &place in &places {
                let _ = graph.route(place, places[0]);
            }
            graph.drawable();
            let mut metric = graph.metric().clone();
            let mut changes = roads::Changes::none();
            (0..graph.edge_count().min(9) as u32).for_each(|edge| _ = changes.close(edge));
            metric.apply(&graph, &changes);
        }
    }
}

#[test]
fn a_damaged_extract_is_an_error_and_never_a_panic() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    let cut = &bytes[..bytes.len() / 2 - 7];
    assert!(read_bytes(cut, Profile::Van).is_err());
    assert!(read_bytes(b"", Profile::Van).is_err());
    assert!(read_bytes(b"hello, this is not a map", Profile::Van).is_err());
    let mut dice = Dice(1);
    for _ in 0..12 {
        let mut damaged = bytes[..200_000].to_vec();
        for _ in 0..20 {
            let at = dice.below(damaged.len() as u64) as usize;
            damaged[at] ^= 1 << dice.below(8);
        }
        let _ = read_bytes(&damaged, Profile::Van);
    }
}
