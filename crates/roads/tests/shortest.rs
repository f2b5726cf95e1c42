//! Times and lengths equal petgraph's Dijkstra over the turns, on random graphs with restrictions
//! and closures, and on real extracts where they are at hand.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use roads::{Changes, Metric, Profile};
use support::{Dice, check, extract, random_graph};

#[test]
fn ways_equal_petgraph_on_300_random_graphs() {
    for seed in 0..300 {
        let graph = random_graph(seed);
        check(&graph, graph.metric(), 8, seed, &format!("seed {seed}"));
    }
}

#[test]
fn ways_equal_petgraph_after_closures_and_reopenings() {
    for seed in 0..150 {
        let graph = random_graph(seed);
        let mut dice = Dice(seed + 7);
        let mut metric = graph.metric().clone();
        let mut changes = Changes::none();
        for round in 0..4 {
            let edge = dice.below(graph.edge_count() as u64) as u32;
            match dice.below(4) {
                0 => changes.reopen(edge),
                1 => changes.set_time(edge, 30 + dice.below(900) as u32),
                2 => changes.close_one_way(edge, dice.below(2) == 0),
                _ => changes.close(edge),
            };
            metric.apply(&graph, &changes);
            check(&graph, &metric, 5, seed, &format!("seed {seed}, round {round}"));
        }
        let anew = Metric::new(&graph, &changes);
        check(&graph, &anew, 5, seed, &format!("seed {seed}, anew"));
    }
}

#[test]
#[allow(clippy::disallowed_methods)]
fn ways_equal_petgraph_on_a_real_extract() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    for profile in Profile::ALL {
        let graph = roads::import::read_bytes(&bytes, profile).unwrap();
        assert!(graph.main_node_count() > 500, "{profile:?}: {}", graph.main_node_count());
        check(&graph, graph.metric(), 20, 1, "monaco");
        let mut changes = Changes::none();
        let mut dice = Dice(5);
        for _ in 0..10 {
            changes.close(dice.below(graph.edge_count() as u64) as u32);
        }
        let mut metric = graph.metric().clone();
        metric.apply(&graph, &changes);
        check(&graph, &metric, 10, 2, "monaco with closures");
    }
}
