//! Times equal petgraph's Dijkstra, on random graphs and on a real extract where one is at hand.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use domain::{LonLat, Seconds};
use petgraph::algo::dijkstra;
use petgraph::graph::NodeIndex;
use roads::{GraphBuilder, NewEdge, Profile, RoadClass, RoadGraph};
use std::path::{Path, PathBuf};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn random_graph(seed: u64) -> RoadGraph {
    let mut dice = Dice(seed);
    let mut builder = GraphBuilder::new();
    let nodes = 2 + dice.below(60);
    for _ in 0..nodes {
        let lon_e7 = 86_000_000 + dice.below(300_000) as i32;
        let lat_e7 = 494_000_000 + dice.below(200_000) as i32;
        builder.add_node(LonLat { lon_e7, lat_e7 });
    }
    for _ in 0..nodes * 2 {
        let direction = dice.below(4);
        let kmh = 10 + dice.below(90) as u32;
        builder.add_edge(&NewEdge {
            from: dice.below(nodes) as u32,
            to: dice.below(nodes) as u32,
            class: RoadClass::Residential,
            name: "",
            between: &[],
            forward_kmh: (direction != 1).then_some(kmh),
            backward_kmh: (direction != 0).then_some(kmh),
        });
    }
    builder.finish()
}

/// Compares `count` sources with petgraph. Places are nodes, so nothing is lost by snapping.
fn check(graph: &RoadGraph, count: usize, label: &str) {
    let reference = graph.to_petgraph();
    let main = main_nodes(graph);
    let step = (main.len() / count).max(1);
    let nodes: Vec<usize> = main.into_iter().step_by(step).collect();
    let places: Vec<LonLat> = nodes.iter().filter_map(|&node| graph.node_place(node)).collect();
    let matrix = graph.matrix(&places);
    for (row, &from) in nodes.iter().enumerate() {
        let costs =
            dijkstra(&reference, NodeIndex::new(from), None, |edge| u64::from(*edge.weight()));
        for (column, &to) in nodes.iter().enumerate() {
            let expected =
                costs.get(&NodeIndex::new(to)).map(|ms| Seconds(((ms + 500) / 1000) as i64));
            assert_eq!(matrix.seconds(row, column), expected, "{label}: {from} -> {to}");
            let route = graph.route(places[row], places[column]).unwrap();
            assert_eq!(Some((route.seconds, route.meters)), matrix.get(row, column), "{label}");
            let named: i64 = route.streets.iter().map(|(_, meters)| meters.0).sum();
            let slack = route.streets.len() as i64 + 1;
            assert!((named - route.meters.0).abs() <= slack, "{label}: streets add up");
            if from == to {
                continue;
            }
            assert_eq!(route.geometry.first(), Some(&places[row]), "{label}");
            assert_eq!(route.geometry.last(), Some(&places[column]), "{label}");
        }
    }
}

fn main_nodes(graph: &RoadGraph) -> Vec<usize> {
    let components = petgraph::algo::kosaraju_scc(&graph.to_petgraph());
    let largest = components.iter().map(Vec::len).max().unwrap_or(0);
    assert_eq!(graph.main_node_count(), largest);
    // Ties are broken by the lowest node, as the graph does.
    let mut nodes: Vec<Vec<usize>> = components
        .iter()
        .filter(|part| part.len() == largest && largest > 1)
        .map(|part| part.iter().map(|node| node.index()).collect())
        .collect();
    nodes.sort_by_key(|part| part.iter().min().copied());
    let mut first = nodes.into_iter().next().unwrap_or_default();
    first.sort_unstable();
    first
}

#[test]
fn times_equal_petgraph_on_100_random_graphs() {
    for seed in 0..100 {
        check(&random_graph(seed), 12, &format!("seed {seed}"));
    }
}

fn extract(name: &str) -> Option<PathBuf> {
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    while let Some(parent) = folder.parent() {
        let candidate = parent.join("shared/data/osm").join(name);
        if candidate.is_file() {
            return Some(candidate);
        }
        folder = parent;
    }
    println!("no {name} at hand: skipped");
    None
}

#[test]
#[allow(clippy::disallowed_methods)]
fn times_equal_petgraph_on_a_real_extract() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    for profile in [Profile::Van, Profile::Truck, Profile::Bike] {
        let graph = roads::import::read_bytes(&bytes, profile).unwrap();
        assert!(graph.main_node_count() > 500, "{profile:?}: {}", graph.main_node_count());
        check(&graph, 15, "monaco");
    }
}

#[test]
#[allow(clippy::disallowed_methods)]
fn a_damaged_extract_is_an_error_and_never_a_panic() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    let cut = &bytes[..bytes.len() / 2 - 7];
    assert!(roads::import::read_bytes(cut, Profile::Van).is_err());
    assert!(roads::import::read_bytes(b"", Profile::Van).is_err());
    assert!(roads::import::read_bytes(b"hello, this is not a map", Profile::Van).is_err());
    let mut dice = Dice(1);
    for _ in 0..12 {
        let mut damaged = bytes[..200_000].to_vec();
        for _ in 0..20 {
            let at = dice.below(damaged.len() as u64) as usize;
            damaged[at] ^= 1 << dice.below(8);
        }
        // Damage inside a name can go unseen; all that matters is that it comes back.
        let _ = roads::import::read_bytes(&damaged, Profile::Van);
    }
}
