//! The road graph: junctions, the stretches of street between them, and the arcs one may drive.

use crate::class::RoadClass;
use crate::snap::Grid;
use domain::{LonLat, Meters};
use petgraph::graph::DiGraph;
use serde::Serialize;

/// Marks a direction that may not be driven.
pub(crate) const BLOCKED: u32 = u32::MAX;

/// A stretch of street between two junctions, in both directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    pub from: u32,
    pub to: u32,
    pub decimeters: u32,
    /// Milliseconds to drive from `from` to `to`, or [`BLOCKED`].
    pub forward_ms: u32,
    /// Milliseconds to drive from `to` to `from`, or [`BLOCKED`].
    pub backward_ms: u32,
    pub class: RoadClass,
    /// Index into the names; 0 is the empty name.
    pub name: u32,
}

/// One direction of an edge, as the searches see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    pub head: u32,
    pub edge: u32,
    pub forward: bool,
    /// Milliseconds in the high half, decimeters in the low half: one addition adds both, and
    /// comparing compares times first, so ties between equally fast roads are broken by length.
    pub cost: u64,
}

/// A road network, ready for searching. Built by [`crate::GraphBuilder`], [`crate::import`],
/// [`crate::town`] or [`crate::file`].
#[derive(Debug, Clone)]
pub struct RoadGraph {
    pub(crate) nodes: Vec<LonLat>,
    pub(crate) edges: Vec<Edge>,
    /// Shape of edge `e`, its two end nodes included: `points[shape_start[e]..shape_start[e + 1]]`.
    pub(crate) shape_start: Vec<u32>,
    pub(crate) points: Vec<LonLat>,
    pub(crate) names: Vec<String>,
    /// Outgoing arcs of node `n`: `arcs[first_arc[n]..first_arc[n + 1]]`.
    pub(crate) first_arc: Vec<u32>,
    pub(crate) arcs: Vec<Arc>,
    /// Whether the node is in the largest strongly connected component.
    pub(crate) main: Vec<bool>,
    pub(crate) grid: Grid,
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
        self.arcs.len()
    }

    /// Nodes from which every other such node can be reached and left again. Only streets between
    /// them are snapped to: a parcel must never strand its van.
    pub fn main_node_count(&self) -> usize {
        self.main.iter().filter(|&&inside| inside).count()
    }

    pub fn node_place(&self, node: usize) -> Option<LonLat> {
        self.nodes.get(node).copied()
    }

    /// South-west and north-east corners of everything drawn, or `None` for an empty graph.
    pub fn bounds(&self) -> Option<(LonLat, LonLat)> {
        let first = *self.points.first().or(self.nodes.first())?;
        let (mut low, mut high) = (first, first);
        for point in self.points.iter().chain(&self.nodes) {
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
        order.sort_by_key(|&index| std::cmp::Reverse(self.edges[index].class));
        order.into_iter().map(|index| self.drawn(index)).collect()
    }

    fn drawn(&self, index: usize) -> Drawn {
        let edge = &self.edges[index];
        Drawn {
            class: edge.class,
            name: self.names[edge.name as usize].clone(),
            oneway: edge.forward_ms == BLOCKED || edge.backward_ms == BLOCKED,
            points: self.shape(index).to_vec(),
        }
    }

    pub(crate) fn shape(&self, edge: usize) -> &[LonLat] {
        let (start, end) = (self.shape_start[edge], self.shape_start[edge + 1]);
        &self.points[start as usize..end as usize]
    }

    pub(crate) fn arcs_of(&self, node: u32) -> &[Arc] {
        let node = node as usize;
        &self.arcs[self.first_arc[node] as usize..self.first_arc[node + 1] as usize]
    }

    /// The same graph for `petgraph`, weights in milliseconds: the reference for our searches.
    pub fn to_petgraph(&self) -> DiGraph<LonLat, u32> {
        let mut graph = DiGraph::with_capacity(self.nodes.len(), self.arcs.len());
        let nodes: Vec<_> = self.nodes.iter().map(|&place| graph.add_node(place)).collect();
        for (tail, &node) in nodes.iter().enumerate() {
            for arc in self.arcs_of(tail as u32) {
                graph.add_edge(node, nodes[arc.head as usize], (arc.cost >> 32) as u32);
            }
        }
        graph
    }
}
