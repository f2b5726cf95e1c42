//! Streets pointed at, closed, remembered, and the legs that drive there.

#![allow(clippy::unwrap_used)]

#[path = "support/pbf.rs"]
mod pbf;

use domain::LonLat;
use roads::import::read_bytes;
use roads::{
    Changes, Language, Metric, Obstacles, Profile, RoadGraph, StreetId, Unreachable, town,
};

/// Two ways from west to east, the upper one with separate carriageways in its middle.
const TWO_WAYS: &str = "
    n 1 8.670,49.410
    n 2 8.680,49.410
    n 3 8.690,49.410
    n 4 8.700,49.410
    n 5 8.680,49.4102
    n 6 8.690,49.4102
    n 7 8.670,49.405
    n 8 8.700,49.405
    w 10 1,2 highway=primary name=West
    w 11 2,3 highway=primary name=Twin oneway=yes
    w 12 6,5 highway=primary name=Twin oneway=yes
    w 13 3,4 highway=primary name=East
    w 14 5,2 highway=primary name=Link oneway=yes
    w 15 3,6 highway=primary name=Link
    w 16 1,7,8,4 highway=residential name=Around
";

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::from_degrees(lon, lat).unwrap()
}

fn graph() -> RoadGraph {
    read_bytes(&pbf::write(TWO_WAYS), Profile::Van).unwrap()
}

#[test]
fn a_click_names_the_street_and_its_other_carriageway() {
    let graph = graph();
    let twin = graph.street_at(at(8.685, 49.4099)).unwrap();
    assert_eq!((twin.name.as_str(), twin.oneway, twin.points.len()), ("Twin", true, 2));
    assert_eq!(twin.meters.0, 724);
    let [other] = twin.opposite.as_slice() else { panic!("{twin:?}") };
    assert_eq!(graph.street(*other).unwrap().opposite, [twin.id]);
    let west = graph.street_at(at(8.675, 49.4101)).unwrap();
    assert_eq!((west.name.as_str(), west.oneway, west.opposite), ("West", false, vec![]));
    assert!(graph.street_at(at(9.5, 49.4)).is_none());
}

#[test]
fn an_id_is_stored_as_text_and_is_of_one_map() {
    let graph = graph();
    let id = graph.street_at(at(8.685, 49.41)).unwrap().id;
    let again: StreetId = id.to_string().parse().unwrap();
    assert_eq!((again, graph.street(again).unwrap().id), (id, id));
    let reopened = roads::file::decode(&roads::file::encode(&graph)).unwrap();
    assert_eq!(reopened.street(id).unwrap(), graph.street(id).unwrap());
    let other = read_bytes(&pbf::write(&TWO_WAYS.replace("8.670", "8.671")), Profile::Van).unwrap();
    assert!(other.street(id).is_err());
    let obstacles = Obstacles { streets: vec![id], ..Obstacles::default() };
    assert_eq!(other.changes(&obstacles), (Changes::none(), vec![id]));
    for wrong in ["", "12", "x-1", "1-x", "-"] {
        assert!(wrong.parse::<StreetId>().is_err(), "{wrong}");
    }
}

#[test]
fn the_legs_that_drive_over_an_obstacle_are_named() {
    let graph = graph();
    let (west, east, south) = (at(8.672, 49.41), at(8.698, 49.41), at(8.685, 49.405));
    let places = [west, east, south, west];
    let twin = graph.street_at(at(8.685, 49.4099)).unwrap().id;
    let square = |lon: f64, lat: f64| {
        vec![at(lon, lat), at(lon + 0.002, lat), at(lon + 0.002, lat + 0.002), at(lon, lat + 0.002)]
    };
    let rows = [
        (Obstacles { streets: vec![twin], ..Obstacles::default() }, vec![(0, true)]),
        (
            Obstacles { closed_areas: vec![square(8.689, 49.404)], ..Obstacles::default() },
            vec![(1, true), (2, true)],
        ),
        (
            Obstacles { avoided_areas: vec![square(8.671, 49.409)], ..Obstacles::default() },
            vec![(0, false), (2, false)],
        ),
        (Obstacles::default(), vec![]),
    ];
    for (obstacles, expected) in rows {
        let (changes, unknown) = graph.changes(&obstacles);
        assert!(unknown.is_empty());
        let legs = graph.legs_over(graph.metric(), &places, &changes);
        let found: Vec<_> = legs.iter().map(|leg| (leg.leg, leg.is_closed)).collect();
        assert_eq!(found, expected, "{obstacles:?}");
    }
}

#[test]
fn a_turn_is_forbidden_at_its_hours_only() {
    let rule = "r 1 from=w10 via=n2 to=w11 type=restriction \
                restriction:conditional=no_straight_on@(07:00-09:00)";
    let map = pbf::write(&format!("{TWO_WAYS}{rule}"));
    let options = roads::import::Options::default();
    let (graph, report) = roads::import::read_with(&map, &options, &mut |_| true).unwrap();
    assert_eq!((report.conditional_restrictions, report.timed_restrictions), (1, 1));
    assert_eq!((report.restrictions, graph.timed_turn_count()), (0, 1));
    let graph = roads::file::decode(&roads::file::encode(&graph)).unwrap();
    let mut metric = graph.metric().clone();
    let mut meters = |minute: u32| {
        let mut changes = Changes::none();
        changes.set_hour(&graph, 2, minute);
        metric.apply(&graph, &changes);
        let (from, to) = (at(8.672, 49.41), at(8.698, 49.41));
        let route = graph.route_with(&metric, from, to).unwrap();
        assert_eq!(graph.route_with(&Metric::new(&graph, &changes), from, to).unwrap(), route);
        let table = graph.matrix_with(&metric, &[from], Some(&[to]));
        assert_eq!(table.get(0, 0), Some((route.seconds, route.meters)));
        route.meters.0
    };
    let usual = meters(6 * 60);
    assert!(meters(8 * 60) > usual + 500);
    assert_eq!(meters(9 * 60), usual);
}

/// A roundabout with four arms, entered from the west.
const ROUNDABOUT: &str = "
    n 1 8.6800,49.4100
    n 2 8.6803,49.4098
    n 3 8.6806,49.4100
    n 4 8.6803,49.4102
    n 5 8.6700,49.4100
    n 6 8.6803,49.4050
    n 7 8.6900,49.4100
    n 8 8.6803,49.4150
    w 9 1,2,3,4,1 highway=primary junction=roundabout
    w 10 5,1 highway=primary name=West
    w 11 2,6 highway=primary name=South
    w 12 3,7 highway=primary name=East
    w 13 4,8 highway=primary name=North
";

#[test]
fn exits_of_a_roundabout_are_counted() {
    let graph = read_bytes(&pbf::write(ROUNDABOUT), Profile::Van).unwrap();
    let from = graph.snap(at(8.675, 49.41)).unwrap();
    let rows = [
        (at(8.6803, 49.407), "At the roundabout take the 1st exit onto South", "1", "South"),
        (at(8.685, 49.41), "At the roundabout take the 2nd exit onto East", "2", "East"),
        (at(8.6803, 49.413), "At the roundabout take the 3rd exit onto North", "3", "North"),
    ];
    for (to, english, number, street) in rows {
        let to = graph.snap(to).unwrap();
        let steps = graph.steps(graph.metric(), &from, &to).unwrap();
        let words: Vec<String> = steps.iter().map(|step| step.words(Language::English)).collect();
        assert_eq!(words, ["Head east on West", english, "Arrive"]);
        let chinese = format!("进入环岛,从第{number}个出口驶出,进入{street}");
        assert_eq!(steps[1].words(Language::Chinese), chinese);
        let meters: i64 = steps.iter().map(|step| step.meters.0).sum();
        let route = graph.route_between(graph.metric(), &from, &to).unwrap();
        assert!((meters - route.meters.0).abs() <= 3);
    }
}

#[test]
fn a_closed_dead_end_is_said_to_be_closed() {
    let town = town::generate(4, at(8.68, 49.41));
    let street = town.graph.street_at(town.addresses[5].place).unwrap();
    let (changes, _) =
        town.graph.changes(&Obstacles { streets: vec![street.id], ..Obstacles::default() });
    let metric = Metric::new(&town.graph, &changes);
    let route = town.graph.route_with(&metric, town.depot, town.addresses[5].place);
    assert_eq!(route.unwrap_err(), Unreachable::EndClosed);
    assert!(town.graph.legs_over(&metric, &[town.depot, town.depot], &changes).is_empty());
}

/// A two-way lane that can be entered from the east only, its western end being one-way.
#[test]
fn a_lane_is_left_on_the_side_on_which_nobody_enters() {
    let map = "
        n 1 8.6700,49.4100
        n 2 8.6720,49.4100
        n 3 8.6800,49.4100
        n 4 8.6800,49.4200
        n 5 8.6700,49.4200
        w 10 3,2 highway=residential name=Lane
        w 11 2,1 highway=residential name=Exit oneway=yes
        w 12 3,4,5,1 highway=residential name=Ring
    ";
    let graph = read_bytes(&pbf::write(map), Profile::Van).unwrap();
    let (lane, east) = (at(8.6790, 49.41), at(8.68, 49.4105));
    let route = graph.route(lane, east).unwrap();
    assert_eq!(route.streets[0].0, "Lane");
    assert!(route.meters.0 < 200, "{route:?}");
    let table = graph.matrix(&[lane, east]);
    assert_eq!(table.get(0, 1), Some((route.seconds, route.meters)));
}

/// A two-way lane off the ring; at its end a one-way street leads off the map.
#[test]
fn a_lane_whose_far_end_leaves_the_map_is_snapped_to() {
    let map = "
        n 1 8.6700,49.4100
        n 3 8.6800,49.4100
        n 4 8.6800,49.4200
        n 5 8.6700,49.4200
        n 6 8.6750,49.4050
        n 7 8.6750,49.4000
        n 8 8.6750,49.4100
        w 11 8,6 highway=residential name=Lane
        w 12 1,8,3,4,5,1 highway=residential name=Ring
        w 13 6,7 highway=residential name=Away oneway=yes
    ";
    let graph = read_bytes(&pbf::write(map), Profile::Van).unwrap();
    let (lane, east) = (at(8.6750, 49.4060), at(8.68, 49.4105));
    assert_eq!(graph.street_at(lane).unwrap().name, "Lane");
    assert_eq!(graph.street_at(at(8.6750, 49.402)).unwrap().name, "Lane", "nobody gets away");
    let table = graph.matrix(&[lane, east]);
    assert!(table.get(0, 1).is_some() && table.get(1, 0).is_some());
}

#[test]
fn a_door_above_a_tunnel_is_on_the_street_beside_it() {
    let map = TWO_WAYS.replace("name=Around", "name=Around tunnel=yes");
    let graph = read_bytes(&pbf::write(&map), Profile::Van).unwrap();
    let (door, far) = (at(8.685, 49.4051), at(8.685, 49.40));
    assert_eq!(graph.street_at(door).unwrap().name, "Around", "to be closed it can be pointed at");
    let snapped = graph.snap(door).unwrap();
    assert_eq!(graph.street(graph.street_id(snapped.edge)).unwrap().name, "Twin");
    assert!(graph.snap(far).unwrap().meters.0 > 1_000);
    // A passage through a house has doors.
    let passage = TWO_WAYS.replace("name=Around", "name=Around tunnel=building_passage");
    let graph = read_bytes(&pbf::write(&passage), Profile::Van).unwrap();
    let snapped = graph.snap(door).unwrap();
    assert_eq!(graph.street(graph.street_id(snapped.edge)).unwrap().name, "Around");
}
