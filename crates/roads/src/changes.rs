//! What differs from the map as imported: closed streets, slow ones, avoided areas, other speeds.

use crate::class::RoadClass;
use crate::cost::{Cost, NEVER, join, split};
use crate::graph::RoadGraph;
use domain::LonLat;
use std::collections::{BTreeMap, BTreeSet};

/// Longest factor on a driving time: a hundred times as long is as good as closed.
const PERCENT_MAX: u32 = 10_000;

/// Closures and speeds, applied by [`crate::Metric`] without importing the map again. Streets are
/// named by [`crate::Snapped::edge`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    closed: BTreeSet<u32>,
    /// Driving time of an arc in percent of the map's.
    arc_percent: BTreeMap<u32, u32>,
    class_percent: BTreeMap<RoadClass, u32>,
    /// Turns that may not be driven at the hour in question.
    pub(crate) banned_turns: BTreeSet<u32>,
}

impl Changes {
    pub fn none() -> Changes {
        Changes::default()
    }

    /// Closes a street in both directions: no way leads through, into or out of it.
    pub fn close(&mut self, edge: u32) -> &mut Changes {
        self.close_one_way(edge, true).close_one_way(edge, false)
    }

    /// Closes one direction, `forward` being the one of the street's points.
    pub fn close_one_way(&mut self, edge: u32, forward: bool) -> &mut Changes {
        self.closed.insert(arc(edge, forward));
        self
    }

    pub fn reopen(&mut self, edge: u32) -> &mut Changes {
        self.closed.remove(&arc(edge, true));
        self.closed.remove(&arc(edge, false));
        self
    }

    /// Lets a street take `percent` of its usual time, 1 to 10,000; 100 is as usual.
    pub fn set_time(&mut self, edge: u32, percent: u32) -> &mut Changes {
        for forward in [true, false] {
            self.arc_percent.insert(arc(edge, forward), percent.clamp(1, PERCENT_MAX));
        }
        self
    }

    /// The same for all streets of a class: one entry of a time-of-day profile.
    pub fn set_class_time(&mut self, class: RoadClass, percent: u32) -> &mut Changes {
        match percent {
            100 => self.class_percent.remove(&class),
            _ => self.class_percent.insert(class, percent.clamp(1, PERCENT_MAX)),
        };
        self
    }

    /// Closes every street with a point inside the outline (without repeated last point).
    pub fn close_area(&mut self, graph: &RoadGraph, outline: &[LonLat]) -> &mut Changes {
        for edge in graph.edges_within(outline) {
            self.close(edge);
        }
        self
    }

    /// Lets ways through the outline count as taking `percent` of their time, so that they are
    /// taken only when the detour is longer.
    pub fn avoid_area(
        &mut self,
        graph: &RoadGraph,
        outline: &[LonLat],
        percent: u32,
    ) -> &mut Changes {
        for edge in graph.edges_within(outline) {
            self.set_time(edge, percent);
        }
        self
    }

    pub fn is_closed(&self, edge: u32, forward: bool) -> bool {
        self.closed.contains(&arc(edge, forward))
    }

    /// Arcs that may differ from those under `other`, or `None` when that may be all of them.
    pub(crate) fn differing(&self, other: &Changes) -> Option<Vec<u32>> {
        if self.class_percent != other.class_percent {
            return None;
        }
        let mut arcs: Vec<u32> = self.closed.symmetric_difference(&other.closed).copied().collect();
        let touched = self.arc_percent.keys().chain(other.arc_percent.keys());
        arcs.extend(touched.filter(|arc| self.arc_percent.get(arc) != other.arc_percent.get(arc)));
        Some(arcs)
    }

    pub(crate) fn arc_cost(&self, graph: &RoadGraph, arc: u32) -> Cost {
        let usual = graph.arc_cost(arc);
        if usual >= NEVER || self.closed.contains(&arc) {
            return NEVER;
        }
        let class = graph.edges[arc as usize / 2].class();
        let own = self.arc_percent.get(&arc).copied().unwrap_or(100);
        let percent = self.class_percent.get(&class).map_or(own, |&of_class| {
            (u64::from(own) * u64::from(of_class) / 100).clamp(1, u64::from(PERCENT_MAX)) as u32
        });
        if percent == 100 {
            return usual;
        }
        let (hundredths, decimeters) = split(usual);
        join((hundredths * i64::from(percent) / 100).max(1), decimeters)
    }
}

fn arc(edge: u32, forward: bool) -> u32 {
    edge.saturating_mul(2).saturating_add(u32::from(!forward))
}

impl RoadGraph {
    /// Edges with a point inside the outline, or that cross it whole between two of their points.
    fn edges_within(&self, outline: &[LonLat]) -> Vec<u32> {
        let touches = |&edge: &u32| {
            let shape = self.shape(edge as usize);
            shape.iter().any(|point| is_inside(outline, point))
                || shape.pieces().any(|(from, to)| crosses(outline, from, to))
        };
        (0..self.edges.len() as u32).filter(touches).collect()
    }
}

fn sides(outline: &[LonLat]) -> impl Iterator<Item = (LonLat, LonLat)> {
    outline.iter().copied().zip(outline.iter().copied().cycle().skip(1))
}

/// Twice the area of the triangle, positive when it turns left.
fn turn(a: LonLat, b: LonLat, c: LonLat) -> i128 {
    let x = |p: LonLat| i128::from(p.lon_e7);
    let y = |p: LonLat| i128::from(p.lat_e7);
    (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a))
}

/// Whether a ray to the east crosses the outline an odd number of times.
fn is_inside(outline: &[LonLat], point: LonLat) -> bool {
    let crossed = sides(outline).filter(|&(a, b)| {
        let (low, high) = if a.lat_e7 <= b.lat_e7 { (a, b) } else { (b, a) };
        low.lat_e7 <= point.lat_e7 && point.lat_e7 < high.lat_e7 && turn(low, high, point) > 0
    });
    crossed.count() % 2 == 1
}

fn crosses(outline: &[LonLat], from: LonLat, to: LonLat) -> bool {
    sides(outline).any(|(a, b)| {
        let apart = |p: LonLat, q: LonLat, r: LonLat, s: LonLat| {
            turn(p, q, r).signum() * turn(p, q, s).signum() < 0
        };
        apart(a, b, from, to) && apart(from, to, a, b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_holds_what_is_inside_and_what_crosses_it() {
        let at = |lon_e7, lat_e7| LonLat { lon_e7, lat_e7 };
        let square = [at(0, 0), at(10, 0), at(10, 10), at(0, 10)];
        assert!(is_inside(&square, at(5, 5)) && !is_inside(&square, at(15, 5)));
        assert!(!is_inside(&square, at(-5, 5)) && !is_inside(&square, at(5, 12)));
        assert!(crosses(&square, at(-5, 5), at(15, 6)));
        assert!(!crosses(&square, at(-5, 5), at(-1, 50)));
    }
}
