//! Dijkstra's search from a place on a street to many others.

use crate::build::pack;
use crate::graph::{BLOCKED, RoadGraph};
use crate::snap::Snapped;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

pub(crate) const UNREACHED: u64 = u64::MAX;
const NO_ARC: u32 = u32::MAX;

/// Working memory, reused from one source to the next.
pub(crate) struct Search<'g> {
    graph: &'g RoadGraph,
    cost: Vec<u64>,
    /// The arc by which a node was reached, or `NO_ARC` for the first nodes.
    via: Vec<u32>,
    tail: Vec<u32>,
    settled: Vec<bool>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

/// The best way to a target.
pub(crate) struct Found {
    /// Packed as in [`crate::graph::Arc`].
    pub cost: u64,
    pub last: LastStep,
}

/// How the target's own street is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastStep {
    /// Source and target are on the same stretch, driven in this direction.
    SameEdge { forward: bool },
    /// From this node onto the target's stretch.
    Enter { node: u32, forward: bool },
}

impl<'g> Search<'g> {
    pub(crate) fn new(graph: &'g RoadGraph) -> Search<'g> {
        let nodes = graph.nodes.len();
        Search {
            graph,
            cost: vec![UNREACHED; nodes],
            via: vec![NO_ARC; nodes],
            tail: vec![NO_ARC; nodes],
            settled: vec![false; nodes],
            touched: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// Settles nodes from `source` until all of `wanted` are settled; `wanted` is sorted.
    pub(crate) fn run(&mut self, source: &Snapped, wanted: &[u32]) {
        self.reset();
        for (node, cost) in leaving(self.graph, source) {
            self.reach(node, cost, NO_ARC, NO_ARC);
        }
        let mut missing = wanted.len();
        while let Some(Reverse((cost, node))) = self.heap.pop() {
            if std::mem::replace(&mut self.settled[node as usize], true) {
                continue;
            }
            if wanted.binary_search(&node).is_ok() {
                missing -= 1;
                if missing == 0 {
                    return;
                }
            }
            let first = self.graph.first_arc[node as usize];
            for (offset, arc) in self.graph.arcs_of(node).iter().enumerate() {
                self.reach(arc.head, cost.saturating_add(arc.cost), first + offset as u32, node);
            }
        }
    }

    fn reset(&mut self) {
        for &node in &self.touched {
            self.cost[node as usize] = UNREACHED;
            self.settled[node as usize] = false;
        }
        self.touched.clear();
        self.heap.clear();
    }

    fn reach(&mut self, node: u32, cost: u64, via: u32, tail: u32) {
        let index = node as usize;
        if cost >= self.cost[index] {
            return;
        }
        if self.cost[index] == UNREACHED {
            self.touched.push(node);
        }
        self.cost[index] = cost;
        self.via[index] = via;
        self.tail[index] = tail;
        self.heap.push(Reverse((cost, node)));
    }

    /// The best way from the last source to `target`, if there is one.
    pub(crate) fn to(&self, source: &Snapped, target: &Snapped) -> Option<Found> {
        let mut best: Option<Found> = None;
        let mut offer = |cost: u64, last: LastStep| {
            if best.as_ref().is_none_or(|found| cost < found.cost) {
                best = Some(Found { cost, last });
            }
        };
        if let Some((cost, forward)) = along_same_edge(self.graph, source, target) {
            offer(cost, LastStep::SameEdge { forward });
        }
        for (node, part, forward) in entering(self.graph, target) {
            let reached = self.cost[node as usize];
            if reached != UNREACHED {
                offer(reached.saturating_add(part), LastStep::Enter { node, forward });
            }
        }
        best
    }

    /// The nodes and arcs from the source to `node`: first node, then arcs in driving order.
    pub(crate) fn arcs_to(&self, node: u32) -> (u32, Vec<u32>) {
        let mut arcs = Vec::new();
        let mut at = node;
        while self.via[at as usize] != NO_ARC {
            arcs.push(self.via[at as usize]);
            at = self.tail[at as usize];
        }
        arcs.reverse();
        (at, arcs)
    }
}

/// Ends of the source's street with the cost to drive there. A place exactly at a junction is at
/// the junction, even where its own street is one-way the other way.
fn leaving(graph: &RoadGraph, source: &Snapped) -> impl Iterator<Item = (u32, u64)> {
    let edge = &graph.edges[source.edge as usize];
    let rest = 65_536 - source.along;
    let ahead = (edge.to, edge.forward_ms, rest);
    let behind = (edge.from, edge.backward_ms, source.along);
    let decimeters = edge.decimeters;
    [ahead, behind]
        .into_iter()
        .filter(|&(_, ms, share)| ms != BLOCKED || share == 0)
        .map(move |(node, ms, share)| (node, part(ms, decimeters, share)))
}

/// Ends of the target's street with the cost to drive from there to the target.
fn entering(graph: &RoadGraph, target: &Snapped) -> impl Iterator<Item = (u32, u64, bool)> {
    let edge = &graph.edges[target.edge as usize];
    let rest = 65_536 - target.along;
    let forward = (edge.from, edge.forward_ms, target.along, true);
    let backward = (edge.to, edge.backward_ms, rest, false);
    let decimeters = edge.decimeters;
    [forward, backward]
        .into_iter()
        .filter(|&(_, ms, share, _)| ms != BLOCKED || share == 0)
        .map(move |(node, ms, share, ahead)| (node, part(ms, decimeters, share), ahead))
}

/// The nodes from which a target can be entered.
pub(crate) fn entries(graph: &RoadGraph, target: &Snapped) -> impl Iterator<Item = u32> {
    entering(graph, target).map(|(node, _, _)| node)
}

fn along_same_edge(graph: &RoadGraph, source: &Snapped, target: &Snapped) -> Option<(u64, bool)> {
    if source.edge != target.edge {
        return None;
    }
    let edge = &graph.edges[source.edge as usize];
    let share = source.along.abs_diff(target.along);
    if share == 0 {
        return Some((0, edge.forward_ms != BLOCKED));
    }
    let forward = source.along < target.along;
    let ms = if forward { edge.forward_ms } else { edge.backward_ms };
    (ms != BLOCKED).then(|| (part(ms, edge.decimeters, share), forward))
}

/// `share` / 65536 of an edge's cost, rounded to nearest.
fn part(milliseconds: u32, decimeters: u32, share: u32) -> u64 {
    let scaled = |whole: u32| ((u64::from(whole) * u64::from(share) + 32_768) >> 16) as u32;
    pack(scaled(milliseconds), scaled(decimeters))
}
