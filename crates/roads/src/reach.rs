//! How far one gets: everything that can be reached from a place within a time.

use crate::cost::{Cost, LENGTH_BITS, NEVER, TRESPASS, WHOLE, join, split};
use crate::graph::RoadGraph;
use crate::metric::Metric;
use crate::route::positions_along;
use crate::snap::Snapped;
use crate::turns::turn_cost;
use domain::{LonLat, Seconds};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Streets, or parts of them, within reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reach {
    pub lines: Vec<Vec<LonLat>>,
}

impl RoadGraph {
    /// The streets that can be reached from a place within a time, cut where the time is up.
    pub fn reach(&self, metric: &Metric, from: &Snapped, within: Seconds) -> Reach {
        let limit = join(within.0.saturating_mul(100), 0);
        let costs = self.costs_within(metric, from, limit);
        // Of each arc the stretch from where it is entered, or left first, to where time is up.
        let mut spans: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for (&arc, &cost) in &costs {
            let all = split(metric.costs.arcs[arc as usize]).0.max(1);
            let left = ((limit - cost) >> LENGTH_BITS).max(0);
            let end = (left * i64::from(WHOLE) / all).min(i64::from(WHOLE)) as u32;
            let start = self.stops(metric, from).find(|stop| stop.arc == arc && cost <= 0);
            let start = start.map_or(0, |stop| stop.along);
            if end > start {
                // Positions along the edge's points, whichever way it is driven.
                let ahead = arc.is_multiple_of(2);
                let span = if ahead { (start, end) } else { (WHOLE - end, WHOLE - start) };
                let known = spans.entry(arc / 2).or_insert(span);
                if span.0 <= known.1 && known.0 <= span.1 {
                    *known = (known.0.min(span.0), known.1.max(span.1));
                } else {
                    // Reached from both ends and not in the middle: the longer part is drawn.
                    let length = |(a, b): (u32, u32)| b - a;
                    *known = if length(span) > length(*known) { span } else { *known };
                }
            }
        }
        let lines = spans.into_iter().map(|(edge, (start, end))| self.cut_shape(edge, start, end));
        Reach { lines: lines.collect() }
    }

    /// Lowest cost at the beginning of each arc, up to a limit: Dijkstra's search over the turns.
    fn costs_within(&self, metric: &Metric, from: &Snapped, limit: Cost) -> BTreeMap<u32, Cost> {
        let mut best: BTreeMap<u32, Cost> = BTreeMap::new();
        let mut heap: BinaryHeap<Reverse<(Cost, u32)>> =
            self.stops(metric, from).map(|stop| Reverse((-stop.cost, stop.arc))).collect();
        while let Some(Reverse((cost, state))) = heap.pop() {
            if cost > limit || best.contains_key(&state) {
                continue;
            }
            best.insert(state, cost);
            let turns = &self.turns;
            for turn in turns.first[state as usize]..turns.first[state as usize + 1] {
                // Streets for residents count: somebody may stop there.
                let more = turn_cost(turns, &metric.costs, state, turn as usize);
                let next = cost + (more & (TRESPASS - 1));
                if more < NEVER && next <= limit {
                    heap.push(Reverse((next, turns.to[turn as usize])));
                }
            }
        }
        let mut arcs: BTreeMap<u32, Cost> = BTreeMap::new();
        for (state, cost) in best {
            let least = arcs.entry(self.turns.arc(state)).or_insert(cost);
            *least = (*least).min(cost);
        }
        arcs
    }

    /// The part of an edge's line between two positions along it.
    fn cut_shape(&self, edge: u32, start: u32, end: u32) -> Vec<LonLat> {
        let shape = self.shape(edge as usize);
        let positions = positions_along(shape);
        let at = |position: u32| {
            let next =
                positions.partition_point(|&known| known < position).clamp(1, shape.len() - 1);
            let (a, b) = (shape.at(next - 1), shape.at(next));
            let length = i64::from(positions[next] - positions[next - 1]).max(1);
            let gone = i64::from(position.saturating_sub(positions[next - 1])).min(length);
            let between = |from: i32, to: i32| {
                (i64::from(from) + (i64::from(to) - i64::from(from)) * gone / length) as i32
            };
            LonLat { lon_e7: between(a.lon_e7, b.lon_e7), lat_e7: between(a.lat_e7, b.lat_e7) }
        };
        let inner = shape.iter().zip(&positions);
        let inner = inner.filter(|&(_, &along)| start < along && along < end).map(|(at, _)| at);
        std::iter::once(at(start)).chain(inner).chain([at(end)]).collect()
    }
}
