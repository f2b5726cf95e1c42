//! Turn restrictions mean what they say: the graph of turns equals a search that remembers the last
//! arcs driven and reads the rules afresh at every junction.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use roads::RoadGraph;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use support::{Rule, random_builder};

/// The longest random rule has four arcs: its last is judged by the three before.
const REMEMBERED: usize = 3;
/// Twenty seconds in hundredths, above 25 bits of decimeters.
const U_TURN: i64 = 2_000 << 25;

/// Cost from the beginning of one arc to the beginning of each other.
type Costs = BTreeMap<u32, i64>;

fn by_turns(graph: &RoadGraph, start: u32) -> Costs {
    let turns = graph.to_petgraph(graph.metric());
    let found = petgraph::algo::dijkstra(&turns, NodeIndex::new(start as usize), None, |edge| {
        *edge.weight()
    });
    let mut costs = Costs::new();
    for (node, cost) in found {
        let best = costs.entry(turns[node].arc).or_insert(cost);
        *best = (*best).min(cost);
    }
    costs
}

fn may_follow(rules: &[Rule], history: &[u32], next: u32) -> bool {
    rules.iter().all(|(only, arcs)| {
        let (&last, beginning) = arcs.split_last().unwrap();
        !history.ends_with(beginning)
            || if *only {
                let also = |(other, arcs): &Rule| {
                    *other
                        && arcs.len() == beginning.len() + 1
                        && arcs.starts_with(beginning)
                        && arcs.last() == Some(&next)
                };
                next == last || rules.iter().any(also)
            } else {
                next != last
            }
    })
}

fn by_memory(free: &RoadGraph, rules: &[Rule], start: u32) -> Costs {
    let turns = free.to_petgraph(free.metric());
    let is_open = |arc: u32| turns[NodeIndex::new(arc as usize)].cost;
    let mut costs = Costs::new();
    let mut done: BTreeMap<Vec<u32>, i64> = BTreeMap::new();
    let mut heap = BinaryHeap::from([Reverse((0_i64, vec![start]))]);
    while let Some(Reverse((cost, history))) = heap.pop() {
        if done.contains_key(&history) {
            continue;
        }
        done.insert(history.clone(), cost);
        let arc = *history.last().unwrap();
        costs.entry(arc).or_insert(cost);
        let mut go = |next: u32, more: i64| {
            let mut after = history.clone();
            after.push(next);
            let remembered = after.split_off(after.len().saturating_sub(REMEMBERED));
            heap.push(Reverse((cost + more, remembered)));
        };
        let mut is_stuck = true;
        for edge in turns.edges(NodeIndex::new(arc as usize)) {
            let next = edge.target().index() as u32;
            // Turning round is what is left where nothing else is, and no rule forbids that.
            if next != arc ^ 1 && may_follow(rules, &history, next) {
                is_stuck = false;
                go(next, *edge.weight());
            }
        }
        if let (true, Some(whole), Some(_)) = (is_stuck, is_open(arc), is_open(arc ^ 1)) {
            go(arc ^ 1, whole + U_TURN);
        }
    }
    costs
}

#[test]
fn the_graph_of_turns_equals_reading_the_rules_at_every_junction() {
    for seed in 0..40 {
        let (builder, rules) = random_builder(seed, true);
        let graph = builder.finish();
        let free = random_builder(seed, false).0.finish();
        let turns = graph.to_petgraph(graph.metric());
        for start in (0..graph.edge_count() as u32 * 2).step_by(7) {
            if turns[NodeIndex::new(start as usize)].cost.is_some() {
                let expected = by_memory(&free, &rules, start);
                assert_eq!(by_turns(&graph, start), expected, "seed {seed}, from arc {start}");
            }
        }
    }
}
