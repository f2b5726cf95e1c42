//! Where a way begins and ends: a place on a street, as states of the turns.

use crate::cost::{Cost, NEVER, WHOLE, part};
use crate::graph::RoadGraph;
use crate::metric::Metric;
use crate::snap::{Directions, Snapped};

/// A place on an arc: how far along it, in driving direction, and the cost from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop {
    pub arc: u32,
    pub along: u32,
    pub cost: Cost,
}

impl RoadGraph {
    /// The arcs on which a place can be left or reached: both directions of a two-way street. Who
    /// arrives on one may leave on the other: a van that stops can turn there.
    pub(crate) fn stops(&self, metric: &Metric, at: &Snapped) -> impl Iterator<Item = Stop> {
        let along = (at.edge * 2, at.along, at.directions != Directions::Against);
        let against = (at.edge * 2 + 1, WHOLE - at.along, at.directions != Directions::Along);
        let open = [along, against].map(|(arc, along, is_wanted)| {
            let whole = metric.costs.arcs[arc as usize];
            let is_usable = is_wanted && whole < NEVER;
            is_usable.then(|| Stop { arc, along, cost: part(whole, along) })
        });
        open.into_iter().flatten()
    }
}

/// The way within one arc, if the end lies ahead of the start.
pub(crate) fn direct(start: Stop, end: Stop) -> Option<Cost> {
    let is_ahead = start.arc == end.arc && end.along >= start.along;
    is_ahead.then_some(end.cost - start.cost)
}

/// Whether the end lies behind the start on the same arc, so that a loop must be driven.
pub(crate) fn is_behind(start: Stop, end: Stop) -> bool {
    start.arc == end.arc && end.along < start.along
}
