//! The road graph: junctions, the stretches of street between them, and the turns one may take.

use crate::class::{Profile, RoadClass};
use crate::component::{ARRIVES, LEAVES, MAIN};
use crate::cost::{Cost, NEVER, pack};
use crate::engine::Engine;
use crate::grid::Grid;
use crate::hierarchy::Hierarchy;
use crate::list::{List, span};
use crate::metric::Metric;
use crate::places::{Names, Places, Shape};
use crate::timed::TimedTurn;
use crate::turns::{Leaving, Turns, arc_ms, turn_cost};
use bytemuck::{Pod, Zeroable};
use domain::{LonLat, Meters};
use petgraph::graph::DiGraph;
use serde::Serialize;
use std::sync::{Arc, OnceLock};

/// Marks a direction that may not be driven.
pub(crate) const BLOCKED: u32 = u32::MAX;

/// A stretch of street between two junctions, in both directions, as it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Edge {
    pub from: u32,
    pub to: u32,
    pub decimeters: u32,
    /// Milliseconds to drive from `from` to `to`, or [`BLOCKED`].
    pub forward_ms: u32,
    /// Milliseconds to drive from `to` to `from`, or [`BLOCKED`].
    pub backward_ms: u32,
    /// Index into the names; 0 is the empty name.
    pub name: u32,
    /// Code of the class, and the flags below.
    pub kind: u32,
}

/// Flag of [`Edge::kind`]: open only to those who stop there.
pub(crate) const STOPPING_ONLY: u32 = 1 << 8;
/// Flag of [`Edge::kind`]: part of a roundabout.
pub(crate) const ROUNDABOUT: u32 = 1 << 9;

/// Flag of [`Edge::kind`]: nobody stops there.
pub(crate) const NO_STOPPING: u32 = 1 << 10;

impl Edge {
    pub(crate) fn class(&self) -> RoadClass {
        // Checked when the file is opened.
        RoadClass::from_code(self.kind as u8).unwrap_or(RoadClass::Path)
    }

    pub(crate) fn is_stopping_only(&self) -> bool {
        self.kind & STOPPING_ONLY != 0
    }

    pub(crate) fn has_no_stopping(&self) -> bool {
        self.kind & NO_STOPPING != 0
    }

    pub(crate) fn is_roundabout(&self) -> bool {
        self.kind & ROUNDABOUT != 0
    }
}

/// A road network, ready for searching. Built by [`crate::GraphBuilder`], [`crate::import`],
/// [`crate::town`] or [`crate::file`]; from the last its lists stay in the mapped file.
#[derive(Debug, Clone)]
pub struct RoadGraph {
    pub(crate) nodes: Places,
    pub(crate) edges: List<Edge>,
    /// Shape of edge `e`, its two end nodes included: `points[shape_start[e]..shape_start[e + 1]]`.
    pub(crate) shape_start: List<u32>,
    pub(crate) points: Places,
    pub(crate) names: Names,
    pub(crate) profile: Profile,
    /// Whether one drives on the left.
    pub(crate) left_hand: bool,
    pub(crate) restriction_count: u32,
    /// Turns that are forbidden at certain hours.
    pub(crate) timed: List<TimedTurn>,
    /// Sum of the streets and where they lie: one map's streets have no meaning on another.
    pub(crate) map: u64,
    /// Arcs by the junction they leave.
    pub(crate) leaving: Leaving,
    pub(crate) turns: Turns,
    /// Flags of each arc: how it hangs together with the largest part ([`crate::component`]).
    pub(crate) main: List<u8>,
    pub(crate) grid: Grid,
    /// Order of the hierarchy, where it was made at import.
    pub(crate) order: Option<Vec<u32>>,
    /// The hierarchy, where it lies in the file.
    pub(crate) stored: Option<Hierarchy>,
    /// Made when first asked for: a map that is only drawn needs none.
    pub(crate) engine: OnceLock<Arc<Engine>>,
}

/// A node of [`RoadGraph::to_petgraph`]: one direction of a street, being driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Twice the edge, plus one against its points.
    pub arc: u32,
    /// Hundredths of a second * 2^25 + decimeters, or `None` where it may not be driven.
    pub cost: Option<i64>,
    /// Whether it is in the main part, in which one gets from anywhere to anywhere.
    pub is_main: bool,
}

/// A polyline to draw on a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    pub class: RoadClass,
    /// Empty when the road has no name.
    pub name: String,
    pub oneway: bool,
    pub points: Vec<LonLat>,
}

impl RoadGraph {
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Arcs that may be driven: a two-way street counts twice.
    pub fn arc_count(&self) -> usize {
        let open = |edge: &Edge| {
            usize::from(edge.forward_ms != BLOCKED) + usize::from(edge.backward_ms != BLOCKED)
        };
        self.edges.iter().map(open).sum()
    }

    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Allowed turns from one arc onto another.
    pub fn turn_count(&self) -> usize {
        self.turns.to.len()
    }

    /// Turn restrictions in force.
    pub fn restriction_count(&self) -> usize {
        self.restriction_count as usize
    }

    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Whether one drives on the left.
    pub fn left_hand(&self) -> bool {
        self.left_hand
    }

    /// Junctions at streets that can be reached from the main part and left for it again, turning
    /// on the street where need be. Only these are snapped to: a parcel must never strand its van.
    pub fn main_node_count(&self) -> usize {
        let mut inside = vec![false; self.nodes.len()];
        for (index, edge) in self.edges.iter().enumerate() {
            if self.is_main(index as u32) {
                inside[edge.from as usize] = true;
                inside[edge.to as usize] = true;
            }
        }
        inside.into_iter().filter(|&inside| inside).count()
    }

    /// Whether the edge can be driven to and from, each in some direction.
    pub(crate) fn is_main(&self, edge: u32) -> bool {
        let flags = self.main[edge as usize * 2] | self.main[edge as usize * 2 + 1];
        flags & (LEAVES | ARRIVES) == LEAVES | ARRIVES
    }

    pub(crate) fn is_main_arc(&self, arc: u32) -> bool {
        self.main[arc as usize] & MAIN != 0
    }

    pub fn node_place(&self, node: usize) -> Option<LonLat> {
        (node < self.nodes.len()).then(|| self.nodes.at(node))
    }

    /// South-west and north-east corners of everything drawn, or `None` for an empty graph.
    pub fn bounds(&self) -> Option<(LonLat, LonLat)> {
        let mut all = self.points.iter().chain(self.nodes.iter());
        let first = all.next()?;
        let (mut low, mut high) = (first, first);
        for point in all {
            low.lon_e7 = low.lon_e7.min(point.lon_e7);
            low.lat_e7 = low.lat_e7.min(point.lat_e7);
            high.lon_e7 = high.lon_e7.max(point.lon_e7);
            high.lat_e7 = high.lat_e7.max(point.lat_e7);
        }
        Some((low, high))
    }

    /// Length of all streets, each counted once.
    pub fn street_meters(&self) -> Meters {
        let decimeters: i64 = self.edges.iter().map(|edge| i64::from(edge.decimeters)).sum();
        Meters((decimeters + 5) / 10)
    }

    /// Every street as a polyline, minor roads first so that major ones are drawn over them.
    pub fn drawable(&self) -> Vec<Drawn> {
        let mut order: Vec<usize> = (0..self.edges.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(self.edges[index].class()));
        order.into_iter().map(|index| self.drawn(index)).collect()
    }

    pub(crate) fn drawn(&self, index: usize) -> Drawn {
        let edge = &self.edges[index];
        Drawn {
            class: edge.class(),
            name: self.names.get(edge.name).to_owned(),
            oneway: edge.forward_ms == BLOCKED || edge.backward_ms == BLOCKED,
            points: self.shape(index).iter().collect(),
        }
    }

    pub(crate) fn shape(&self, edge: usize) -> Shape<'_> {
        self.points.shape(span(&self.shape_start, edge as u32))
    }

    /// Cost of a whole arc, or [`NEVER`].
    pub(crate) fn arc_cost(&self, arc: u32) -> Cost {
        match arc_ms(&self.edges, arc) {
            BLOCKED => NEVER,
            ms => pack(ms, self.edges[arc as usize / 2].decimeters),
        }
    }

    /// The same graph for `petgraph`, the plain reference for our searches: a node for each state,
    /// an edge for each allowed turn, weighing the arc that is left and the turn together, plus 2^50
    /// where the turn enters a street that is open only to those who stop there.
    pub fn to_petgraph(&self, metric: &Metric) -> DiGraph<State, i64> {
        let count = self.turns.state_count();
        let mut graph = DiGraph::with_capacity(count, self.turns.to.len());
        let mut nodes = Vec::with_capacity(count);
        for state in 0..count as u32 {
            let arc = self.turns.arc(state);
            let (cost, is_main) = (metric.costs.arcs[arc as usize], self.is_main_arc(arc));
            let cost = (cost < NEVER).then_some(cost);
            nodes.push(graph.add_node(State { arc, cost, is_main }));
        }
        for state in 0..count as u32 {
            let first = self.turns.first[state as usize] as usize;
            for (offset, (to, _)) in self.turns.from(state).enumerate() {
                let cost = turn_cost(&self.turns, &metric.costs, state, first + offset);
                if cost < NEVER {
                    graph.add_edge(nodes[state as usize], nodes[to as usize], cost);
                }
            }
        }
        graph
    }
}
