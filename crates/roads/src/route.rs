//! One way in full: the line to draw and the streets to name.

use crate::cost::{WHOLE, whole};
use crate::graph::RoadGraph;
use crate::matrix::Unreachable;
use crate::metric::Metric;
use crate::places::Shape;
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
        self.route_with(&self.engine().metric, from, to)
    }

    /// The fastest way with streets closed or speeds changed by `metric`.
    pub fn route_with(
        &self,
        metric: &Metric,
        from: LonLat,
        to: LonLat,
    ) -> Result<Route, Unreachable> {
        let (source, target) = self.snap_both(from, to)?;
        self.route_between(metric, &source, &target)
    }

    /// The fastest way between places that are snapped already.
    pub fn route_between(
        &self,
        metric: &Metric,
        source: &Snapped,
        target: &Snapped,
    ) -> Result<Route, Unreachable> {
        let drive =
            self.drive(metric, source, target).ok_or_else(|| self.why(metric, source, target))?;
        let (seconds, meters) = whole(drive.cost);
        let mut trace = Trace::new(self, source.point);
        let last = drive.arcs.len() - 1;
        for (index, &arc) in drive.arcs.iter().enumerate() {
            let start = if index == 0 { drive.start } else { 0 };
            let end = if index == last { drive.end } else { WHOLE };
            trace.drive(arc, start, end);
        }
        trace.add_point(target.point);
        let streets = trace.finish_streets();
        Ok(Route { seconds, meters, geometry: trace.geometry, streets })
    }

    /// Time and length of the fastest way, without the way itself.
    pub fn duration_with(
        &self,
        metric: &Metric,
        from: LonLat,
        to: LonLat,
    ) -> Result<(Seconds, Meters), Unreachable> {
        let (source, target) = self.snap_both(from, to)?;
        let cost = self.drive_cost(metric, &source, &target);
        cost.map(whole).ok_or_else(|| self.why(metric, &source, &target))
    }

    pub(crate) fn snap_both(
        &self,
        from: LonLat,
        to: LonLat,
    ) -> Result<(Snapped, Snapped), Unreachable> {
        let source = self.snap(from).ok_or(Unreachable::StartOffMap)?;
        let target = self.snap(to).ok_or(Unreachable::EndOffMap)?;
        Ok((source, target))
    }
}

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

    /// Adds the part of an arc between two positions along it.
    fn drive(&mut self, arc: u32, start: u32, end: u32) {
        let (edge, forward) = (arc / 2, arc.is_multiple_of(2));
        let decimeters = u64::from(self.graph.edges[edge as usize].decimeters);
        let driven = decimeters * u64::from(end.saturating_sub(start));
        if driven > 0 {
            self.name(self.graph.edges[edge as usize].name, driven);
        }
        let shape = self.graph.shape(edge as usize);
        if start == 0 && end == WHOLE {
            if forward {
                shape.iter().for_each(|point| self.add_point(point));
            } else {
                shape.iter().rev().for_each(|point| self.add_point(point));
            }
            return;
        }
        let positions = positions_along(shape);
        let along =
            |index: usize| if forward { positions[index] } else { WHOLE - positions[index] };
        let inside = |&index: &usize| (start..=end).contains(&along(index));
        if forward {
            (0..shape.len()).filter(inside).for_each(|index| self.add_point(shape.at(index)));
        } else {
            (0..shape.len()).rev().filter(inside).for_each(|index| self.add_point(shape.at(index)));
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
                (self.graph.names.get(name).to_owned(), Meters(meters))
            })
            .collect()
    }
}

/// Position of each shape point along the edge, in 1/65536 of its length.
pub(crate) fn positions_along(shape: Shape) -> Vec<u32> {
    let mut sums = vec![0.0];
    let mut total = 0.0;
    for (from, to) in shape.pieces() {
        total += crate::geo::meters_between(from, to);
        sums.push(total);
    }
    let scale = if total > 0.0 { f64::from(WHOLE) / total } else { 0.0 };
    sums.into_iter().map(|sum| (sum * scale).round() as u32).collect()
}
