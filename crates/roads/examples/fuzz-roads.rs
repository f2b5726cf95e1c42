//! Feeds damaged maps to the import and to the reader of `.roads` files, for as long as asked:
//! `fuzz-roads SECONDS [MAP.osm.pbf...]`. Without maps it damages an invented town.
//!
//! Every input is made from a number, which is printed when something panics: `fuzz-roads --only
//! NUMBER [MAP...]` makes it again. What is read must answer, whatever it answers. Memory is watched
//! after each input: more than [`MEMORY_MB_MAX`] at once ends the run.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/support/pbf.rs"]
mod pbf;

use domain::LonLat;
use roads::import::read_bytes;
use roads::{Changes, Metric, Obstacles, Profile, RoadGraph, town};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Inputs are a few megabytes at most; an import needs some hundred bytes for each byte of them.
const MEMORY_MB_MAX: u64 = 1_500;
const SLOWEST: Duration = Duration::from_secs(20);

struct Dice(u64);

impl Dice {
    /// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// A small map with everything in it that importing looks at.
const EVERY_TAG: &str = "
    n 1 8.680,49.410 highway=traffic_signals
    n 2 8.675,49.410
    n 3 8.685,49.410
    n 4 8.680,49.413
    n 5 8.680,49.407
    n 20 8.690,49.410 barrier=bollard
    n 21 8.695,49.410 barrier=lift_gate
    w 10 2,1 highway=residential name=West
    w 11 1,3 highway=residential name=East
    w 12 1,4 highway=residential name=North
    w 13 5,1 highway=residential name=South
    w 14 2,4,3,5,2 highway=primary junction=roundabout oneway=yes
    w 20 3,20,21 highway=service surface=gravel maxheight=3.5 maxspeed=DE:urban
    w 21 21,5 route=ferry duration=00:10
    r 1 from=w10 via=n1 to=w12 type=restriction restriction=no_left_turn
    r 2 from=w13 via=w10 to=w14 type=restriction restriction=only_straight_on
    r 3 from=w10 via=n1 to=w11 type=restriction restriction:conditional=no_straight_on@(07:00-09:00)
";

/// A file to damage.
struct Seed {
    name: String,
    bytes: Vec<u8>,
    is_roads: bool,
}

#[derive(Default)]
struct Tally {
    inputs: [u64; 2],
    read: [u64; 2],
    panics: u64,
    slowest: Duration,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seeds = seeds(&arguments);
    if let Some(number) = arguments.iter().skip_while(|word| *word != "--only").nth(1) {
        one(&seeds, number.parse().unwrap(), &mut Tally::default());
        return;
    }
    let seconds = arguments.first().and_then(|word| word.parse().ok()).unwrap_or(10);
    std::panic::set_hook(Box::new(|_| {}));
    let (start, mut tally) = (Instant::now(), Tally::default());
    let mut number = 0;
    while start.elapsed() < Duration::from_secs(seconds) {
        number += 1;
        let began = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| one(&seeds, number, &mut tally))).is_err() {
            tally.panics += 1;
            println!("input {number} panics");
        }
        let took = began.elapsed();
        if took > SLOWEST {
            println!("input {number} takes {took:.1?}");
        }
        tally.slowest = tally.slowest.max(took);
        let held = held_mb();
        assert!(held < MEMORY_MB_MAX, "{held} MB after input {number}");
    }
    let Tally { inputs: [maps, files], read: [read_maps, read_files], panics, slowest } = tally;
    println!("{maps} damaged maps, of which {read_maps} could still be read");
    println!("{files} damaged road files, of which {read_files} could still be read");
    println!("{panics} panics, slowest {slowest:.1?}, at most {} MB", held_mb());
    std::process::exit(i32::from(panics > 0));
}

fn seeds(arguments: &[String]) -> Vec<Seed> {
    let road_file = |name: &str, graph: &RoadGraph| Seed {
        name: format!("{name} as .roads"),
        bytes: roads::file::encode(graph),
        is_roads: true,
    };
    let center = LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };
    let town = town::generate(1, center).graph;
    let plain = |name: &str, text: &str| Seed {
        name: name.to_owned(),
        bytes: pbf::write(text),
        is_roads: false,
    };
    let mut seeds = vec![
        road_file("a town", &town),
        // Without compression, so that damage reaches the reader of elements.
        plain("every tag", EVERY_TAG),
        plain("a town as .pbf", &as_text(&town)),
    ];
    for path in arguments.iter().filter(|word| word.ends_with(".pbf")) {
        let bytes = std::fs::read(path).unwrap();
        seeds.push(road_file(path, &read_bytes(&bytes, Profile::Van).unwrap()));
        seeds.push(Seed { name: path.clone(), bytes, is_roads: false });
    }
    seeds
}

/// The first streets of a town as an extract.
fn as_text(town: &RoadGraph) -> String {
    let mut text = String::new();
    let mut ids = BTreeMap::new();
    for (way, street) in town.drawable().iter().rev().take(600).enumerate() {
        let mut refs = Vec::new();
        for at in &street.points {
            let next = ids.len() + 1;
            let id = *ids.entry(*at).or_insert(next);
            if id == next {
                writeln!(text, "n {id} {:.7},{:.7}", at.lon(), at.lat()).unwrap();
            }
            refs.push(id.to_string());
        }
        let oneway = if street.oneway { "oneway=yes" } else { "maxspeed=30" };
        writeln!(text, "w {} {} highway=residential {oneway}", way + 1, refs.join(",")).unwrap();
    }
    text
}

fn one(seeds: &[Seed], number: u64, tally: &mut Tally) {
    let mut dice = Dice(number);
    let seed = &seeds[dice.below(seeds.len())];
    let mut bytes = seed.bytes.clone();
    damage(&mut bytes, seed.is_roads, &mut dice);
    let kind = usize::from(seed.is_roads);
    tally.inputs[kind] += 1;
    let graph = if seed.is_roads {
        // Most stay sealed, or the checksum alone would be tried.
        if dice.below(8) > 0 {
            roads::file::seal(&mut bytes);
        }
        if dice.below(2) == 0 {
            roads::file::open(bytes).ok()
        } else {
            roads::file::decode(&bytes).ok()
        }
    } else {
        read_bytes(&bytes, Profile::ALL[dice.below(3)]).ok()
    };
    if let Some(graph) = graph {
        tally.read[kind] += 1;
        ask(&graph, &mut dice, &seed.name);
    }
}

/// A few bytes, words or stretches changed, moved, doubled or cut.
fn damage(bytes: &mut Vec<u8>, is_roads: bool, dice: &mut Dice) {
    for _ in 0..1 + dice.below(4) * dice.below(6) {
        let length = bytes.len();
        // The beginning says how all else is to be read.
        let range = if dice.below(4) == 0 { length.min(600) } else { length };
        let at = dice.below(range);
        let run = 1 + dice.below(16);
        match dice.below(if is_roads { 12 } else { 8 }) {
            0..3 => bytes[at] ^= 1 << dice.below(8),
            3 => bytes[at] = dice.next() as u8,
            4 => bytes[at..length.min(at + run)].fill([0, 0xff, 0x7f, 0x80][dice.below(4)]),
            5 => {
                let from = dice.below(length.saturating_sub(run));
                bytes.copy_within(from..length.min(from + run), at.min(length.saturating_sub(run)));
            }
            6 if dice.below(6) == 0 => bytes.truncate(at.max(1)),
            7 if dice.below(6) == 0 => {
                let copy = bytes[at..length.min(at + run * 64)].to_vec();
                bytes.extend(copy);
            }
            6 | 7 => bytes[at] = bytes[at].wrapping_add(1),
            // Numbers of a road file are words of four bytes: one off is the subtlest error.
            _ => {
                let at = at / 4 * 4;
                let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) else {
                    continue;
                };
                let word = u32::from_le_bytes(*word);
                let new = match dice.below(5) {
                    0 => word.wrapping_add(1),
                    1 => word.wrapping_sub(1),
                    2 => dice.below(40_000) as u32,
                    3 => u32::MAX - dice.below(3) as u32,
                    _ => word ^ 1 << dice.below(32),
                };
                bytes[at..at + 4].copy_from_slice(&new.to_le_bytes());
            }
        }
        if bytes.is_empty() {
            return;
        }
    }
}

/// All that a screen or the planner asks for.
fn ask(graph: &RoadGraph, dice: &mut Dice, name: &str) {
    let count = graph.node_count();
    let places: Vec<LonLat> = (0..12).filter_map(|_| graph.node_place(dice.below(count))).collect();
    let matrix = graph.matrix(&places);
    assert_eq!(matrix.size(), places.len(), "{name}");
    for pair in places.windows(2) {
        let _ = graph.route(pair[0], pair[1]);
        if let (Some(from), Some(to)) = (graph.snap_curb(pair[0]), graph.snap_curb(pair[1])) {
            let _ = graph.steps(graph.metric(), &from, &to);
        }
    }
    let streets = places.iter().filter_map(|&place| graph.street_at(place)).map(|street| street.id);
    let obstacles = Obstacles {
        streets: streets.collect(),
        avoided_areas: vec![places.iter().take(4).copied().collect()],
        ..Obstacles::default()
    };
    let (mut changes, _) = graph.changes(&obstacles);
    changes.set_hour(graph, 1, 480);
    graph.legs_over(graph.metric(), &places, &changes);
    let mut metric = graph.metric().clone();
    metric.apply(graph, &changes);
    if let [from, to, ..] = places[..] {
        let _ = graph.route_with(&metric, from, to);
        let anew = Metric::new(graph, &Changes::none());
        let _ = graph.duration_with(&anew, to, from);
    }
    if dice.below(10) == 0 {
        graph.drawable();
        let _ = roads::file::decode(&roads::file::encode(graph));
    }
}

fn held_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kb| kb / 1024)
}
