//! Every figure of the roads engine in one run: `bench-roads MAP.osm.pbf... [--pairs N]
//! [--tiled] [--profile van|truck|bike]`.
//!
//! `--tiled` also measures a city of six copies, to see how things grow. All on one thread unless
//! said otherwise. With `--pairs N`, N random pairs are also compared with petgraph's Dijkstra. Where
//! `OSRM_PYTHON` names a Python 3.12 with `osrm-bindings`, OSRM is measured in the same run on the
//! same places (`osrm_beside.py`); `--worst N` tells of the N pairs that differ most where each
//! engine drives alone (that wants `osmium`, too). `--open FILE.roads POINTS.csv` measures the memory
//! of one mapped file in a process of its own.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/support/mod.rs"]
mod support;

use domain::LonLat;
use roads::import::Options;
use roads::{
    Changes, Drawn, GraphBuilder, Metric, NewEdge, Profile, RoadClass, RoadGraph, Snapped,
};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use support::{Dice, Reference, whole};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    if let Some(at) = arguments.iter().position(|word| word == "--open") {
        single.install(|| memory(&arguments[at + 1], &arguments[at + 2]));
        return;
    }
    let worst = arguments.iter().skip_while(|word| *word != "--worst").nth(1);
    let pairs = arguments.iter().position(|word| word == "--pairs");
    let pairs: usize = pairs.map_or(0, |at| arguments[at + 1].parse().unwrap());
    let profile = match arguments.iter().skip_while(|word| *word != "--profile").nth(1) {
        Some(name) if name == "truck" => Profile::Truck,
        Some(name) if name == "bike" => Profile::Bike,
        _ => Profile::Van,
    };
    for map in arguments.iter().filter(|word| word.ends_with(".pbf")) {
        println!("== {map}");
        let bytes = std::fs::read(map).unwrap();
        let (graph, places) = single.install(|| one_map(&bytes, profile, pairs));
        beside(map, &graph, &places, worst.map(String::as_str));
        if arguments.iter().any(|word| word == "--tiled") {
            println!("== {map}, three by two times, joined at the seams");
            single.install(|| {
                let city = tiled(&graph);
                measure(&city, 0);
                reopen(&city, &std::env::temp_dir().join("bench-roads-tiled"), &places);
            });
        }
    }
}

/// A larger city out of six copies of a small one, with streets between neighbors.
fn tiled(graph: &RoadGraph) -> RoadGraph {
    let (low, high) = graph.bounds().unwrap();
    let (width, height) = (high.lon_e7 - low.lon_e7, high.lat_e7 - low.lat_e7);
    let mut builder = GraphBuilder::new();
    let mut nodes = std::collections::BTreeMap::new();
    let street = |builder: &mut GraphBuilder, from: u32, to: u32, drawn: &Drawn, at: &[LonLat]| {
        builder.add_edge(&NewEdge {
            from,
            to,
            class: drawn.class,
            name: &drawn.name,
            between: at,
            forward_kmh: Some(30 + 10 * u32::from(drawn.class <= RoadClass::Secondary)),
            backward_kmh: (!drawn.oneway).then_some(30),
            wait_ms: [0, 0],
            stopping_only: false,
            roundabout: false,
            no_stopping: false,
        });
    };
    let drawable = graph.drawable();
    for tile in 0..6 {
        let moved = |at: &LonLat| LonLat {
            lon_e7: at.lon_e7 + tile % 3 * width,
            lat_e7: at.lat_e7 + tile / 3 * height,
        };
        for drawn in &drawable {
            let points: Vec<LonLat> = drawn.points.iter().map(moved).collect();
            let (first, last) = (points[0], points[points.len() - 1]);
            let mut node = |at| *nodes.entry(at).or_insert_with(|| builder.add_node(at));
            let (from, to) = (node(first), node(last));
            street(&mut builder, from, to, drawn, &points[1..points.len() - 1]);
        }
    }
    // Sixty streets over each seam, from the outermost well-connected junctions of two copies.
    let tile_of = |at: &LonLat| {
        let column = (at.lon_e7 - low.lon_e7) / (width + 1);
        let row = (at.lat_e7 - low.lat_e7) / (height + 1);
        row * 3 + column
    };
    let places: Vec<(LonLat, u32)> = nodes.iter().map(|(&at, &node)| (at, node)).collect();
    let outermost = |tile: i32, key: &dyn Fn(&LonLat) -> i32, across: &dyn Fn(&LonLat) -> i32| {
        let mut found: Vec<_> = places.iter().filter(|(at, _)| tile_of(at) == tile).collect();
        found.sort_by_key(|(at, _)| key(at));
        found.truncate(600);
        found.sort_by_key(|(at, _)| across(at));
        found.into_iter().step_by(10).map(|&(_, node)| node).collect::<Vec<u32>>()
    };
    let (x, y) = (|at: &LonLat| at.lon_e7, |at: &LonLat| at.lat_e7);
    let (east, north) = (|at: &LonLat| -at.lon_e7, |at: &LonLat| -at.lat_e7);
    let mut join = |from: Vec<u32>, to: Vec<u32>| {
        for (from, to) in from.into_iter().zip(to) {
            let drawn = Drawn { oneway: false, ..drawable[0].clone() };
            street(&mut builder, from, to, &drawn, &[]);
        }
    };
    for (left, right) in [(0, 1), (1, 2), (3, 4), (4, 5)] {
        join(outermost(left, &east, &y), outermost(right, &x, &y));
    }
    for (low, high) in [(0, 3), (1, 4), (2, 5)] {
        join(outermost(low, &north, &x), outermost(high, &y, &x));
    }
    builder.finish()
}

fn one_map(bytes: &[u8], profile: Profile, pairs: usize) -> (RoadGraph, Vec<LonLat>) {
    let graph = import(bytes, profile);
    let places = measure(&graph, pairs);
    (graph, places)
}

fn measure(graph: &RoadGraph, pairs: usize) -> Vec<LonLat> {
    let start = Instant::now();
    graph.prepare();
    println!("hierarchy          {:>10.1?}", start.elapsed());
    println!("{}", graph.hierarchy_summary());
    println!("{} junctions, {} within reach", graph.node_count(), graph.main_node_count());
    let mut dice = Dice(42);
    let places = street_places(graph, &mut dice, 2000);
    snap(graph, &places);
    queries(graph, &places);
    closures(graph, &places);
    tables(graph, &places);
    petgraph_beside(graph, &places);
    if pairs > 0 {
        compare(graph, &mut dice, pairs);
    }
    places
}

/// What needs files: the mapped map in its own process, and OSRM.
fn beside(map: &str, graph: &RoadGraph, places: &[LonLat], worst: Option<&str>) {
    // OSRM cuts paths at dots.
    let file = Path::new(map).file_name().unwrap().to_string_lossy();
    let folder =
        std::env::temp_dir().join("bench-roads-osrm").join(file.split('.').next().unwrap());
    reopen(graph, &folder, places);
    let Ok(python) = std::env::var("OSRM_PYTHON") else { return };
    let ends: Vec<(Snapped, Snapped)> = places
        .chunks(2)
        .map(|pair| (graph.snap(pair[0]).unwrap(), graph.snap(pair[1]).unwrap()))
        .collect();
    let (mut pairs, mut lines) = (String::new(), String::new());
    for (from, to) in &ends {
        let route = graph.route_between(graph.metric(), from, to).unwrap();
        let (a, b) = (from.point, to.point);
        let ends = [a.lon(), a.lat(), b.lon(), b.lat()].map(|degrees| format!("{degrees:.7}"));
        writeln!(pairs, "{},{},{}", route.seconds.0, route.meters.0, ends.join(",")).unwrap();
        let line = route.geometry.iter().map(|at| format!("{} {}", at.lon_e7, at.lat_e7));
        writeln!(lines, "{}", line.collect::<Vec<_>>().join(",")).unwrap();
    }
    std::fs::write(folder.join("pairs.csv"), pairs).unwrap();
    std::fs::write(folder.join("lines.csv"), lines).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/osrm_beside.py");
    let run = Command::new(python).args([script, map]).arg(&folder).args(worst).status();
    println!("osrm: {}", run.unwrap());
}

/// Writes the map and opens it again, in this process for time, in another for memory.
fn reopen(graph: &RoadGraph, folder: &Path, places: &[LonLat]) {
    std::fs::create_dir_all(folder).unwrap();
    let file = folder.join("map.roads");
    std::fs::write(&file, roads::file::encode(graph)).unwrap();
    let took = repeat(7, || drop(roads::file::open(mapped::open(&file).unwrap()).unwrap()));
    println!("open .roads        {took:>10}");
    let points = folder.join("points.csv");
    let lines = places.iter().map(|at| format!("{:.7},{:.7}\n", at.lon(), at.lat()));
    std::fs::write(&points, lines.collect::<String>()).unwrap();
    let this = std::env::current_exe().unwrap();
    let run = Command::new(this).arg("--open").args([file, points]).status().unwrap();
    assert!(run.success(), "{run}");
}

/// What a process holds that opens one map, asks for 500 routes and a table of 1000 x 1000.
fn memory(file: &str, points: &str) {
    let resident = |what: &str| println!("memory, {what:<12} {}", held());
    resident("before");
    let start = Instant::now();
    let graph = roads::file::open(mapped::open(Path::new(file)).unwrap()).unwrap();
    let opened = start.elapsed();
    resident("opened");
    let text = std::fs::read_to_string(points).unwrap();
    let places: Vec<LonLat> = text.lines().map(|line| LonLat::parse(line).unwrap()).collect();
    graph.route(places[0], places[1]).ok();
    println!("first route after  {:>10.1?} (opened after {opened:.1?})", start.elapsed());
    places.chunks(2).take(500).for_each(|pair| _ = graph.route(pair[0], pair[1]));
    resident("500 routes");
    std::hint::black_box(graph.matrix(&places[..1000]));
    resident("1000 x 1000");
}

/// Resident memory of this process as Linux counts it: its own, and pages of files.
fn held() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let mb = |key: &str| value(key).map_or(0.0, |kb| kb as f64 / 1024.0);
    format!(
        "{:>6.1} MB own, {:>5.1} MB of files, {:>6.1} MB at most",
        mb("RssAnon:"),
        mb("RssFile:"),
        mb("VmHWM:")
    )
}

fn import(bytes: &[u8], profile: Profile) -> RoadGraph {
    let start = Instant::now();
    let options = Options { profile, ..Options::default() };
    let (graph, report) = roads::import::read_with(bytes, &options, &mut |_| true).unwrap();
    let parsed = start.elapsed();
    graph.prepare();
    println!("file to ready      {:>10.1?} (file to graph {parsed:.1?})", start.elapsed());
    println!(".roads file        {:>8} KiB", roads::file::encode(&graph).len() / 1024);
    println!(
        "{} junctions ({} main), {} arcs, {} turns, {} restrictions",
        graph.node_count(),
        graph.main_node_count(),
        graph.arc_count(),
        graph.turn_count(),
        graph.restriction_count()
    );
    println!("{report:?}");
    graph
}

/// Places up to some 30 m beside random streets, like addresses.
fn street_places(graph: &RoadGraph, dice: &mut Dice, count: usize) -> Vec<LonLat> {
    let mut places = Vec::with_capacity(count);
    while places.len() < count {
        let node = dice.below(graph.node_count() as u64) as usize;
        let at = graph.node_place(node).unwrap();
        let mut near = |e7: i32| e7 + dice.below(6_000) as i32 - 3_000;
        let place = LonLat { lon_e7: near(at.lon_e7), lat_e7: near(at.lat_e7) };
        if graph.snap(place).is_some() {
            places.push(place);
        }
    }
    places
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// Median and best: where others use the machine too, the best says more.
fn repeat(times: usize, mut work: impl FnMut()) -> String {
    let mut times: Vec<Duration> = (0..times).map(|_| time(&mut work)).collect();
    times.sort_unstable();
    format!("{:.1?} (best {:.1?})", times[times.len() / 2], times[0])
}

fn snap(graph: &RoadGraph, places: &[LonLat]) {
    let times = places.iter().map(|&place| time(|| graph.snap(place))).collect();
    println!("snap               {:>10.1?} median", median(times));
}

fn queries(graph: &RoadGraph, places: &[LonLat]) {
    let pairs: Vec<(LonLat, LonLat)> = places.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let metric = graph.metric();
    let values = |&(from, to): &(LonLat, LonLat)| time(|| graph.duration_with(metric, from, to));
    for pair in &pairs {
        values(pair);
    }
    println!(
        "route, value       {:>10.1?} median, snapped",
        median(pairs.iter().map(values).collect())
    );
    let lines = |&(from, to): &(LonLat, LonLat)| time(|| graph.route(from, to));
    println!(
        "route, geometry    {:>10.1?} median, snapped",
        median(pairs.iter().map(lines).collect())
    );
}

fn closures(graph: &RoadGraph, places: &[LonLat]) {
    let mut dice = Dice(9);
    let mut metric = graph.metric().clone();
    println!(
        "new speeds         {:>10}",
        repeat(5, || {
            metric = Metric::new(graph, &Changes::none());
            graph.duration_with(&metric, places[0], places[1]).ok();
        })
    );
    println!(
        "new speeds, table  {:>10} (500 x 500)",
        repeat(3, || {
            metric = Metric::new(graph, &Changes::none());
            graph.matrix_with(&metric, &places[..500], None);
        })
    );
    for count in [1, 10] {
        let times = (0..50).map(|_| {
            metric.apply(graph, &Changes::none());
            let mut changes = Changes::none();
            for _ in 0..count {
                changes.close(dice.below(graph.edge_count() as u64) as u32);
            }
            time(|| {
                metric.apply(graph, &changes);
                graph.duration_with(&metric, places[2], places[3]).ok();
            })
        });
        println!("close {count:>2}, query    {:>10.1?} median", median(times.collect()));
    }
}

fn tables(graph: &RoadGraph, places: &[LonLat]) {
    for size in [100, 500, 1000, 2000] {
        let took = repeat(if size > 1000 { 7 } else { 25 }, || {
            std::hint::black_box(graph.matrix(&places[..size]));
        });
        println!("table {size:>4} x {size:<4}  {took:>10} time + distance, snapped");
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let all = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
    let took = all.install(|| repeat(3, || drop(std::hint::black_box(graph.matrix(places)))));
    println!("table 2000 x 2000  {took:>10} on {cores} threads");
}

fn petgraph_beside(graph: &RoadGraph, places: &[LonLat]) {
    let reference = Reference::new(graph, graph.metric());
    let times = places[..40].chunks(2).map(|pair| {
        let from = graph.snap(pair[0]).unwrap();
        let to = graph.snap(pair[1]).unwrap();
        let start = petgraph::graph::NodeIndex::new(from.edge as usize * 2);
        let end = petgraph::graph::NodeIndex::new(to.edge as usize * 2);
        time(|| petgraph::algo::dijkstra(&reference.graph, start, Some(end), |edge| *edge.weight()))
    });
    println!("petgraph dijkstra  {:>10.1?} median, one pair", median(times.collect()));
}

/// Random pairs, 50 ends for each start, equal to plain Dijkstra to the second and meter.
fn compare(graph: &RoadGraph, dice: &mut Dice, pairs: usize) {
    let mut metric = graph.metric().clone();
    for round in ["as imported", "with 20 closures"] {
        let reference = Reference::new(graph, &metric);
        let (mut equal, mut none) = (0, 0);
        for _ in 0..pairs.div_ceil(50) {
            let places = street_places(graph, dice, 51);
            let ends: Vec<_> = places[1..].iter().map(|&place| graph.snap(place)).collect();
            let costs = reference.costs(&graph.snap(places[0]).unwrap(), &ends);
            let row = graph.matrix_with(&metric, &places[..1], Some(&places[1..]));
            for (column, cost) in costs.into_iter().enumerate() {
                let want = cost.map(whole);
                let route = graph.route_with(&metric, places[0], places[column + 1]).ok();
                let got = route.map(|route| (route.seconds, route.meters));
                assert_eq!((got, row.get(0, column)), (want, want), "{:?}", places[0]);
                equal += 1;
                none += usize::from(want.is_none());
            }
        }
        println!("{equal} pairs equal petgraph {round}, {none} of them without a way");
        let mut changes = Changes::none();
        for _ in 0..20 {
            changes.close(dice.below(graph.edge_count() as u64) as u32);
        }
        metric.apply(graph, &changes);
    }
}
