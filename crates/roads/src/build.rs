//! Builds a [`RoadGraph`] from junctions and streets.

use crate::class::RoadClass;
use crate::geo::meters_between;
use crate::graph::{Arc, BLOCKED, Edge, RoadGraph};
use crate::snap::Grid;
use domain::LonLat;
use std::collections::BTreeMap;

/// Longest edge in decimeters (400 km) and slowest in milliseconds (5 days): beyond these the file
/// is damaged, and below them a path of a thousand edges still fits the packed cost.
pub(crate) const EDGE_DECIMETERS_MAX: u32 = 4_000_000;
pub(crate) const EDGE_MS_MAX: u32 = 432_000_000;

/// A street between two junctions.
#[derive(Debug, Clone)]
pub struct NewEdge<'a> {
    pub from: u32,
    pub to: u32,
    pub class: RoadClass,
    /// Empty when unnamed.
    pub name: &'a str,
    /// Points between the two ends, in order.
    pub between: &'a [LonLat],
    /// Speed in km/h along `from -> to`, or `None` when that way is forbidden.
    pub forward_kmh: Option<u32>,
    /// Speed in km/h along `to -> from`, or `None` when that way is forbidden.
    pub backward_kmh: Option<u32>,
}

/// Collects nodes and edges, then derives arcs, components and the snapping grid in one go.
#[derive(Debug, Default)]
pub struct GraphBuilder {
    nodes: Vec<LonLat>,
    edges: Vec<Edge>,
    shape_start: Vec<u32>,
    points: Vec<LonLat>,
    names: Vec<String>,
    name_index: BTreeMap<String, u32>,
}

impl GraphBuilder {
    pub fn new() -> GraphBuilder {
        GraphBuilder { shape_start: vec![0], names: vec![String::new()], ..Default::default() }
    }

    pub fn add_node(&mut self, place: LonLat) -> u32 {
        self.nodes.push(place);
        (self.nodes.len() - 1) as u32
    }

    /// Adds a street; its length is measured along its points.
    ///
    /// Panics when a node does not exist: that is a mistake in the calling code.
    pub fn add_edge(&mut self, edge: &NewEdge) {
        let (from, to) = (self.nodes[edge.from as usize], self.nodes[edge.to as usize]);
        let start = self.points.len();
        self.points.push(from);
        self.points.extend_from_slice(edge.between);
        self.points.push(to);
        self.shape_start.push(self.points.len() as u32);
        let meters: f64 =
            self.points[start..].windows(2).map(|pair| meters_between(pair[0], pair[1])).sum();
        let decimeters = ((meters * 10.0).round() as u32).clamp(1, EDGE_DECIMETERS_MAX);
        let name = self.intern(edge.name);
        self.edges.push(Edge {
            from: edge.from,
            to: edge.to,
            decimeters,
            forward_ms: milliseconds(decimeters, edge.forward_kmh),
            backward_ms: milliseconds(decimeters, edge.backward_kmh),
            class: edge.class,
            name,
        });
    }

    fn intern(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        if let Some(&known) = self.name_index.get(name) {
            return known;
        }
        let index = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.name_index.insert(name.to_owned(), index);
        index
    }

    pub fn finish(self) -> RoadGraph {
        assemble(Parts {
            nodes: self.nodes,
            edges: self.edges,
            shape_start: self.shape_start,
            points: self.points,
            names: self.names,
        })
    }
}

fn milliseconds(decimeters: u32, kmh: Option<u32>) -> u32 {
    let Some(kmh) = kmh else { return BLOCKED };
    // decimeters / 10 m divided by kmh / 3.6 m/s, in ms.
    let ms = u64::from(decimeters) * 360 / u64::from(kmh.max(1));
    ms.clamp(1, u64::from(EDGE_MS_MAX)) as u32
}

/// What is stored; the rest of a [`RoadGraph`] follows from it.
pub(crate) struct Parts {
    pub nodes: Vec<LonLat>,
    pub edges: Vec<Edge>,
    pub shape_start: Vec<u32>,
    pub points: Vec<LonLat>,
    pub names: Vec<String>,
}

/// Derives arcs, the main component and the grid. Every index in `parts` must be in range.
pub(crate) fn assemble(parts: Parts) -> RoadGraph {
    let Parts { nodes, edges, shape_start, points, names } = parts;
    let (first_arc, arcs) = arcs_by_tail(nodes.len(), &edges);
    let mut graph = RoadGraph {
        main: vec![false; nodes.len()],
        nodes,
        edges,
        shape_start,
        points,
        names,
        first_arc,
        arcs,
        grid: Grid::default(),
    };
    graph.main = largest_component(&graph);
    graph.grid = Grid::over(&graph);
    graph
}

fn arcs_by_tail(node_count: usize, edges: &[Edge]) -> (Vec<u32>, Vec<Arc>) {
    let mut tailed: Vec<(u32, Arc)> = Vec::with_capacity(edges.len() * 2);
    for (index, edge) in edges.iter().enumerate() {
        let both = [
            (edge.from, edge.to, edge.forward_ms, true),
            (edge.to, edge.from, edge.backward_ms, false),
        ];
        for (tail, head, ms, forward) in both {
            if ms != BLOCKED {
                let cost = pack(ms, edge.decimeters);
                tailed.push((tail, Arc { head, edge: index as u32, forward, cost }));
            }
        }
    }
    tailed.sort_by_key(|&(tail, _)| tail);
    let mut first_arc = vec![0_u32; node_count + 1];
    for &(tail, _) in &tailed {
        first_arc[tail as usize + 1] += 1;
    }
    for node in 0..node_count {
        first_arc[node + 1] += first_arc[node];
    }
    (first_arc, tailed.into_iter().map(|(_, arc)| arc).collect())
}

pub(crate) fn pack(milliseconds: u32, decimeters: u32) -> u64 {
    u64::from(milliseconds) << 32 | u64::from(decimeters)
}

fn largest_component(graph: &RoadGraph) -> Vec<bool> {
    // Kosaraju, because petgraph's Tarjan recurses and a long road would exhaust the stack.
    let components = petgraph::algo::kosaraju_scc(&graph.to_petgraph());
    let mut main = vec![false; graph.nodes.len()];
    let size_then_first = |nodes: &Vec<petgraph::graph::NodeIndex>| {
        (nodes.len(), std::cmp::Reverse(nodes.iter().min().copied()))
    };
    if let Some(largest) = components.iter().max_by_key(|nodes| size_then_first(nodes)) {
        for node in largest {
            main[node.index()] = true;
        }
    }
    main
}
