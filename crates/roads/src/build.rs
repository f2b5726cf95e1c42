//! Builds a [`RoadGraph`] from junctions and streets.

use crate::class::{Profile, RoadClass};
use crate::geo::meters_between;
use crate::graph::{BLOCKED, Edge, NO_STOPPING, ROUNDABOUT, RoadGraph, STOPPING_ONLY};
use crate::grid::Grid;
use crate::list::List;
use crate::restrict::{ARCS_MAX, Restriction};
use crate::sum::sum64;
use crate::timed::{Hours, TimedRule, timed_turns};
use crate::turns::{Leaving, Turns, head, tail, turns};
use domain::LonLat;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Longest edge in decimeters (400 km) and slowest in milliseconds (one day): beyond these the file
/// is damaged, and below them a day's way fits the packed cost ([`crate::cost`]).
pub(crate) const EDGE_DECIMETERS_MAX: u32 = 4_000_000;
pub(crate) const EDGE_MS_MAX: u32 = 86_400_000;

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
    /// Milliseconds lost on the way along and against it, at lights and barriers.
    pub wait_ms: [u32; 2],
    /// Open only to those who stop there: residents, deliveries, customers.
    pub stopping_only: bool,
    /// Part of a roundabout: exits are counted from here.
    pub roundabout: bool,
    /// Nobody stops there: a tunnel, a motorway. Places are snapped to other streets.
    pub no_stopping: bool,
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
    profile: Profile,
    left_hand: bool,
    signals: Vec<u32>,
    restrictions: Vec<Restriction>,
    timed: Vec<TimedRule>,
}

impl GraphBuilder {
    /// For a van where one drives on the right.
    pub fn new() -> GraphBuilder {
        GraphBuilder { shape_start: vec![0], names: vec![String::new()], ..Default::default() }
    }

    /// For another vehicle, or where one drives on the left: both decide what turns cost.
    pub fn with(profile: Profile, left_hand: bool) -> GraphBuilder {
        GraphBuilder { profile, left_hand, ..GraphBuilder::new() }
    }

    /// Marks a junction as having traffic lights.
    pub fn add_signals(&mut self, node: u32) {
        self.signals.push(node);
    }

    /// Adds a turn restriction: 2 to 40 arcs driven one after the other, each the number of
    /// an edge (in the order added) and whether it is driven along its points. With `only`, who
    /// drives all but the last must go on to the last; without, the last may not follow. One that
    /// names an unknown edge, or arcs that do not meet, is not taken and gives `false`.
    pub fn add_restriction(&mut self, only: bool, arcs: &[(u32, bool)]) -> bool {
        let known = arcs.iter().all(|&(edge, _)| (edge as usize) < self.edges.len());
        let arcs: Vec<u32> =
            arcs.iter().map(|&(edge, ahead)| edge.saturating_mul(2) + u32::from(!ahead)).collect();
        if !known || !is_chain(&self.edges, &arcs) {
            return false;
        }
        self.restrictions.push(Restriction { only, arcs });
        true
    }

    /// The same for certain hours, from one arc onto the next; longer ones are not taken.
    pub(crate) fn add_timed_restriction(
        &mut self,
        only: bool,
        arcs: &[(u32, bool)],
        hours: &[Hours],
    ) -> bool {
        let &[from, to] = arcs else { return false };
        let arcs = [from, to].map(|(edge, ahead)| edge.saturating_mul(2) + u32::from(!ahead));
        let known = [from, to].iter().all(|&(edge, _)| (edge as usize) < self.edges.len());
        if !known || !is_chain(&self.edges, &arcs) {
            return false;
        }
        self.timed.extend(hours.iter().map(|&hours| TimedRule { only, arcs, hours }));
        true
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
            forward_ms: milliseconds(decimeters, edge.forward_kmh, edge.wait_ms[0]),
            backward_ms: milliseconds(decimeters, edge.backward_kmh, edge.wait_ms[1]),
            kind: u32::from(edge.class.code())
                | if edge.stopping_only { STOPPING_ONLY } else { 0 }
                | if edge.roundabout { ROUNDABOUT } else { 0 }
                | if edge.no_stopping { NO_STOPPING } else { 0 },
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
            profile: self.profile,
            left_hand: self.left_hand,
            signals: self.signals,
            restrictions: self.restrictions,
            timed: self.timed,
        })
    }
}

/// Whether the arcs can be driven one after the other as far as geometry goes.
pub(crate) fn is_chain(edges: &[Edge], arcs: &[u32]) -> bool {
    (2..=ARCS_MAX).contains(&arcs.len())
        && arcs.windows(2).all(|pair| head(edges, pair[0]) == tail(edges, pair[1]))
}

fn milliseconds(decimeters: u32, kmh: Option<u32>, wait_ms: u32) -> u32 {
    let Some(kmh) = kmh else { return BLOCKED };
    // decimeters / 10 m divided by kmh / 3.6 m/s, in ms.
    let ms = u64::from(decimeters) * 360 / u64::from(kmh.max(1)) + u64::from(wait_ms);
    ms.clamp(1, u64::from(EDGE_MS_MAX)) as u32
}

/// What is known of streets; the rest of a [`RoadGraph`] follows from it.
pub(crate) struct Parts {
    pub nodes: Vec<LonLat>,
    pub edges: Vec<Edge>,
    pub shape_start: Vec<u32>,
    pub points: Vec<LonLat>,
    pub names: Vec<String>,
    pub profile: Profile,
    pub left_hand: bool,
    /// Junctions with traffic lights.
    pub signals: Vec<u32>,
    pub restrictions: Vec<Restriction>,
    pub timed: Vec<TimedRule>,
}

/// Derives turns, the main component and the grid. Every index in `parts` must be in range.
pub(crate) fn assemble(parts: Parts) -> RoadGraph {
    let mut signals = vec![false; parts.nodes.len()];
    for node in parts.signals {
        signals[node as usize] = true;
    }
    let mut graph = RoadGraph {
        main: vec![0; parts.edges.len() * 2].into(),
        nodes: parts.nodes.into_iter().collect(),
        edges: parts.edges.into(),
        shape_start: parts.shape_start.into(),
        points: parts.points.into_iter().collect(),
        names: parts.names.into(),
        profile: parts.profile,
        left_hand: parts.left_hand,
        restriction_count: parts.restrictions.len() as u32,
        timed: List::default(),
        map: 0,
        leaving: Leaving::default(),
        turns: Turns::default(),
        grid: Grid::default(),
        order: None,
        stored: None,
        engine: OnceLock::new(),
    };
    let sums = [graph.edges.as_bytes(), graph.points.0.as_bytes()].map(sum64);
    graph.map = sum64(bytemuck::cast_slice(&sums));
    graph.leaving = Leaving::new(graph.nodes.len(), &graph.edges);
    graph.turns = turns(&graph, &parts.restrictions, &signals);
    graph.timed = timed_turns(&graph.turns, &parts.timed).into();
    graph.main = crate::component::flags(&graph).into();
    graph.grid = Grid::over(&graph);
    graph
}
