//! Instructions, curbs, reach, closures and hours on small maps and on the invented town.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/pbf.rs"]
mod pbf;

use domain::{LonLat, Seconds};
use roads::import::read_bytes;
use roads::{
    Changes, DayProfile, Directions, Language, Metric, Profile, RoadClass, RoadGraph, Unreachable,
    town,
};

/// Main Street from west to east, Station Road going north from its middle.
const TEE: &str = "
    n 1 8.670,49.410
    n 2 8.680,49.410
    n 3 8.690,49.410
    n 4 8.680,49.420
    w 10 1,2,3 highway=primary name=Main_Street
    w 11 2,4 highway=residential name=站前路
";

const WEST: LonLat = LonLat { lon_e7: 86_750_000, lat_e7: 494_100_000 };
const EAST: LonLat = LonLat { lon_e7: 86_850_000, lat_e7: 494_100_000 };
const NORTH: LonLat = LonLat { lon_e7: 86_800_000, lat_e7: 494_150_000 };

fn tee() -> RoadGraph {
    read_bytes(&pbf::write(TEE), Profile::Van).unwrap()
}

fn moved(at: LonLat, lon: i32, lat: i32) -> LonLat {
    LonLat { lon_e7: at.lon_e7 + lon, lat_e7: at.lat_e7 + lat }
}

#[test]
fn instructions_name_turns_and_streets_in_two_languages() {
    let graph = tee();
    let rows = [
        (WEST, NORTH, "Head east on Main Street; Turn left onto 站前路; Arrive"),
        (EAST, NORTH, "Head west on Main Street; Turn right onto 站前路; Arrive"),
        (NORTH, WEST, "Head south on 站前路; Turn right onto Main Street; Arrive"),
        (WEST, EAST, "Head east on Main Street; Arrive"),
    ];
    let steps = |from, to| {
        let snap = |at| graph.snap(at).unwrap();
        graph.steps(graph.metric(), &snap(from), &snap(to)).unwrap()
    };
    for (from, to, expected) in rows {
        let words: Vec<String> =
            steps(from, to).iter().map(|step| step.words(Language::English)).collect();
        assert_eq!(words.join("; "), expected);
    }
    let words: Vec<String> =
        steps(WEST, NORTH).iter().map(|step| step.words(Language::Chinese)).collect();
    assert_eq!(words.join(";"), "沿Main Street向东出发;左转,进入站前路;到达");
}

#[test]
fn steps_add_up_to_the_route() {
    let town = town::generate(5, WEST);
    let graph = &town.graph;
    for pair in town.addresses.chunks(2).step_by(41).filter(|pair| pair.len() == 2) {
        let route = graph.route(town.depot, pair[0].place).unwrap();
        let snap = |at| graph.snap(at).unwrap();
        let steps = graph.steps(graph.metric(), &snap(town.depot), &snap(pair[0].place)).unwrap();
        let count = steps.len() as i64;
        let (seconds, meters) =
            steps.iter().fold((0, 0), |(s, m), step| (s + step.seconds.0, m + step.meters.0));
        assert!((seconds - route.seconds.0).abs() <= count, "{seconds} {:?}", route.seconds);
        assert!((meters - route.meters.0).abs() <= count, "{meters} {:?}", route.meters);
    }
}

#[test]
fn a_door_is_reached_on_its_own_side_of_the_street() {
    let graph = tee();
    // One drives on the right: eastbound has the southern curb.
    let south = graph.snap_curb(moved(EAST, 0, -1_000)).unwrap();
    let north = graph.snap_curb(moved(EAST, 0, 1_000)).unwrap();
    assert_ne!(south.directions, north.directions);
    assert_eq!(graph.snap(moved(EAST, 0, -1_000)).unwrap().directions, Directions::Both);
    let from = graph.snap(WEST).unwrap();
    let to = |end| graph.route_between(graph.metric(), &from, end).unwrap();
    let (near, far) = (to(&south), to(&north));
    assert!(far.meters.0 > near.meters.0 + 300, "turns at the dead end: {near:?} {far:?}");
    let ends = [Some(south), Some(north)];
    let matrix = graph.matrix_between(graph.metric(), &[Some(from)], &ends);
    assert_eq!(matrix.get(0, 0), Some((near.seconds, near.meters)));
    assert_eq!(matrix.get(0, 1), Some((far.seconds, far.meters)));
}

#[test]
fn a_closed_street_is_driven_around_or_said_to_have_no_way() {
    let graph = tee();
    let mut changes = Changes::none();
    changes.close(graph.snap(NORTH).unwrap().edge);
    let mut metric = graph.metric().clone();
    metric.apply(&graph, &changes);
    assert_eq!(graph.route_with(&metric, WEST, NORTH).unwrap_err(), Unreachable::EndClosed);
    assert_eq!(graph.route_with(&metric, NORTH, WEST).unwrap_err(), Unreachable::StartClosed);
    let matrix = graph.matrix_with(&metric, &[WEST, NORTH], None);
    assert_eq!(matrix.why_unreachable(0, 1), Some(Unreachable::EndClosed));
    assert!(graph.route_with(&metric, WEST, EAST).is_ok());
    metric.apply(&graph, &Changes::none());
    assert_eq!(graph.route_with(&metric, WEST, NORTH), graph.route(WEST, NORTH));
}

#[test]
fn an_avoided_area_is_entered_only_when_needed() {
    let town = town::generate(2, WEST);
    let graph = &town.graph;
    let (from, to) = (town.depot, town.addresses[town.addresses.len() / 2].place);
    let usual = graph.route(from, to).unwrap();
    let middle = usual.geometry[usual.geometry.len() / 2];
    let outline = [(-9_000, -6_000), (9_000, -6_000), (9_000, 6_000), (-9_000, 6_000)]
        .map(|(lon, lat)| moved(middle, lon, lat));
    let mut closed = Changes::none();
    closed.close_area(graph, &outline);
    let around = graph.route_with(&Metric::new(graph, &closed), from, to).unwrap();
    assert!(around.seconds >= usual.seconds);
    let within = |at: &LonLat| {
        (at.lon_e7 - middle.lon_e7).abs() < 9_000 && (at.lat_e7 - middle.lat_e7).abs() < 6_000
    };
    assert!(usual.geometry.iter().any(within) && !around.geometry.iter().any(within));
    let mut avoided = Changes::none();
    avoided.avoid_area(graph, &outline, 1_000);
    let detour = graph.route_with(&Metric::new(graph, &avoided), from, to).unwrap();
    assert!(detour.seconds >= usual.seconds);
}

#[test]
fn the_rush_hour_makes_main_roads_slower() {
    let graph = tee();
    let hours = DayProfile::rush_hours();
    let at = |hour| {
        let metric = Metric::new(&graph, &hours.apply(hour, &Changes::none()));
        graph.duration_with(&metric, WEST, EAST).unwrap().0.0
    };
    assert_eq!(at(3), graph.route(WEST, EAST).unwrap().seconds.0);
    assert!(at(8) * 10 > at(3) * 14, "{} {}", at(8), at(3));
    let mut slow = DayProfile::default();
    slow.set(3, RoadClass::Primary, 200);
    assert_ne!(slow, hours);
}

#[test]
fn reach_ends_where_the_time_is_up() {
    let town = town::generate(3, WEST);
    let graph = &town.graph;
    let from = graph.snap(town.depot).unwrap();
    let within = Seconds(240);
    let reach = graph.reach(graph.metric(), &from, within);
    assert!(reach.lines.len() > 50, "{}", reach.lines.len());
    for line in reach.lines.iter().step_by(7) {
        // Ends lie on junctions, where other streets are as near.
        let between = |a: i32, b: i32| a + (b - a) / 2;
        let middle = LonLat {
            lon_e7: between(line[0].lon_e7, line[1].lon_e7),
            lat_e7: between(line[0].lat_e7, line[1].lat_e7),
        };
        let there = graph.duration_with(graph.metric(), town.depot, middle).unwrap().0;
        assert!(there.0 <= within.0, "{middle:?} takes {there}");
    }
    let further = graph.reach(graph.metric(), &from, Seconds(480));
    assert!(further.lines.len() > reach.lines.len());
}

#[test]
fn a_noisy_trace_is_laid_onto_the_streets_that_were_driven() {
    let town = town::generate(6, WEST);
    let graph = &town.graph;
    let goal = town.addresses[town.addresses.len() / 3].place;
    let route = graph.route(town.depot, goal).unwrap();
    let mut noise = 12_345_u32;
    let mut shake = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 16) as i32 % 1_600 - 800
    };
    let trace: Vec<LonLat> =
        route.geometry.iter().map(|&at| moved(at, shake(), shake() / 2)).collect();
    let matched = graph.match_trace(graph.metric(), &trace);
    assert_eq!(matched.lines.len(), 1);
    let driven: std::collections::BTreeSet<LonLat> = route.geometry.iter().copied().collect();
    let found = matched.lines[0].iter().filter(|at| driven.contains(at)).count();
    assert!(found * 10 >= driven.len() * 8, "{found} of {}", driven.len());
    let far = moved(WEST, 90_000_000, 0);
    assert_eq!(graph.match_trace(graph.metric(), &[far]).places, [None]);
}

#[test]
fn the_nearest_street_is_the_one_found_by_looking_at_all() {
    let town = town::generate(9, WEST);
    let graph = &town.graph;
    let lines: Vec<_> = graph.drawable().into_iter().map(|drawn| drawn.points).collect();
    let (low, high) = graph.bounds().unwrap();
    for step in 0..400_i64 {
        let across =
            |a: i32, b: i32, k: i64| a + (i64::from(b - a) * (step * k % 401) / 401) as i32;
        let place = LonLat {
            lon_e7: across(low.lon_e7, high.lon_e7, 37),
            lat_e7: across(low.lat_e7, high.lat_e7, 151),
        };
        let cosine = place.lat().to_radians().cos();
        let offset = |at: &LonLat| {
            (f64::from(at.lon_e7 - place.lon_e7) * cosine, f64::from(at.lat_e7 - place.lat_e7))
        };
        let from_segment = |pair: &[LonLat]| {
            let ((ax, ay), (bx, by)) = (offset(&pair[0]), offset(&pair[1]));
            let (dx, dy) = (bx - ax, by - ay);
            let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy).max(1.0)).clamp(0.0, 1.0);
            (ax + share * dx).hypot(ay + share * dy)
        };
        let all = lines.iter().flat_map(|line| line.windows(2)).map(from_segment);
        let nearest = all.fold(f64::INFINITY, f64::min) * 0.011_119_5;
        let found = graph.snap(place).map(|snapped| snapped.meters.0 as f64);
        // Streets that lead nowhere are not snapped to: a little farther is allowed.
        match found {
            Some(found) => assert!(found > nearest - 1.0 && found < nearest + 120.0),
            None => assert!(nearest > 1_800.0, "{place:?} {nearest}"),
        }
    }
}
