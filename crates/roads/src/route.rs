//! One way in full: the line to draw and the streets to name.

use crate::graph::RoadGraph;
use crate::matrix::{Unreachable, unpack};
use crate::search::{LastStep, Search, entries};
use crate::snap::Snapped;
use domain::{LonLat, Meters, Seconds};
use serde::Serialize;

/// The fastest way between two places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    pub seconds: Seconds,
    pub meters: Meters,
    /// From the start's point on its street to the destination's.
    pub geometry: Vec<LonLat>,
    /// Street names in driving order with the length driven on each; unnamed stretches are empty.
    pub streets: Vec<(String, Meters)>,
}

impl RoadGraph {
    /// The fastest way from `from` to `to`. Equals the entry of [`RoadGraph::matrix`].
    pub fn route(&self, from: LonLat, to: LonLat) -> Result<Route, Unreachable> {
        let source = self.snap(from).ok_or(Unreachable::StartOffMap)?;
        let target = self.snap(to).ok_or(Unreachable::EndOffMap)?;
        let mut wanted: Vec<u32> = entries(self, &target).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut search = Search::new(self);
        search.run(&source, &wanted);
        let found = search.to(&source, &target).ok_or(Unreachable::NoWay)?;
        let (seconds, meters) = unpack(found.cost);
        let mut trace = Trace::new(self, source.point);
        match found.last {
            LastStep::SameEdge { forward } => {
                let (start, end) = (source.along, target.along);
                trace.drive(source.edge, forward, start, end);
            }
            LastStep::Enter { node, forward } => {
                let (first, arcs) = search.arcs_to(node);
                trace.leave(&source, first);
                for arc in arcs {
                    let arc = self.arcs[arc as usize];
                    trace.whole(arc.edge, arc.forward);
                }
                let start = if forward { 0 } else { WHOLE };
                trace.drive(target.edge, forward, start, target.along);
            }
        }
        trace.add_point(target.point);
        let streets = trace.finish_streets();
        Ok(Route { seconds, meters, geometry: trace.geometry, streets })
    }
}

const WHOLE: u32 = 65_536;

struct Trace<'g> {
    graph: &'g RoadGraph,
    geometry: Vec<LonLat>,
    /// Name index and length driven, in 1/65536 decimeters so that parts add up.
    streets: Vec<(u32, u64)>,
}

impl<'g> Trace<'g> {
    fn new(graph: &'g RoadGraph, start: LonLat) -> Trace<'g> {
        Trace { graph, geometry: vec![start], streets: Vec::new() }
    }

    /// From the source to the end of its street that is node `first`.
    fn leave(&mut self, source: &Snapped, first: u32) {
        let edge = &self.graph.edges[source.edge as usize];
        // A street that returns to its own junction can be left by either end: take the faster.
        let ahead = u64::from(edge.forward_ms) * u64::from(WHOLE - source.along);
        let behind = u64::from(edge.backward_ms) * u64::from(source.along);
        let forward = edge.to == first && (edge.from != first || ahead <= behind);
        self.drive(source.edge, forward, source.along, if forward { WHOLE } else { 0 });
    }

    fn whole(&mut self, edge: u32, forward: bool) {
        let (start, end) = if forward { (0, WHOLE) } else { (WHOLE, 0) };
        self.drive(edge, forward, start, end);
    }

    /// Adds the part of an edge between two positions along it, in driving direction.
    fn drive(&mut self, edge: u32, forward: bool, start: u32, end: u32) {
        let decimeters = u64::from(self.graph.edges[edge as usize].decimeters);
        let driven = decimeters * u64::from(start.abs_diff(end));
        if driven > 0 {
            self.name(self.graph.edges[edge as usize].name, driven);
        }
        let shape = self.graph.shape(edge as usize);
        let positions = positions_along(shape);
        let (low, high) = (start.min(end), start.max(end));
        let inside = |&index: &usize| (low..=high).contains(&positions[index]);
        let indices = 0..shape.len();
        if forward {
            indices.filter(inside).for_each(|index| self.add_point(shape[index]));
        } else {
            indices.rev().filter(inside).for_each(|index| self.add_point(shape[index]));
        }
    }

    fn add_point(&mut self, point: LonLat) {
        if self.geometry.last() != Some(&point) {
            self.geometry.push(point);
        }
    }

    fn name(&mut self, name: u32, driven: u64) {
        match self.streets.last_mut() {
            Some((last, total)) if *last == name => *total += driven,
            _ => self.streets.push((name, driven)),
        }
    }

    fn finish_streets(&self) -> Vec<(String, Meters)> {
        let per_meter = u64::from(WHOLE) * 10;
        self.streets
            .iter()
            .map(|&(name, driven)| {
                let meters = ((driven + per_meter / 2) / per_meter) as i64;
                (self.graph.names[name as usize].clone(), Meters(meters))
            })
            .collect()
    }
}

/// Position of each shape point along the edge, in 1/65536 of its length.
fn positions_along(shape: &[LonLat]) -> Vec<u32> {
    let mut sums = vec![0.0];
    let mut total = 0.0;
    for pair in shape.windows(2) {
        total += crate::geo::meters_between(pair[0], pair[1]);
        sums.push(total);
    }
    let scale = if total > 0.0 { f64::from(WHOLE) / total } else { 0.0 };
    sums.into_iter().map(|sum| (sum * scale).round() as u32).collect()
}
