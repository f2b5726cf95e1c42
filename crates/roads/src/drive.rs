//! The fastest way between two places, as the arcs to drive.

use crate::cost::{Cost, NEVER};
use crate::engine::Engine;
use crate::graph::RoadGraph;
use crate::hierarchy::{Meeting, Query};
use crate::metric::Metric;
use crate::snap::Snapped;
use crate::stops::{Stop, direct, is_behind};
use crate::turns::turn_cost;

/// Arcs in driving order, the first from `start` along it, the last up to `end` along it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drive {
    pub cost: Cost,
    pub arcs: Vec<u32>,
    /// Cost of the turn onto each arc; none onto the first.
    pub turn_costs: Vec<Cost>,
    pub start: u32,
    pub end: u32,
}

struct Ask<'g> {
    graph: &'g RoadGraph,
    engine: &'g Engine,
    metric: &'g Metric,
    starts: Vec<Stop>,
    ends: Vec<Stop>,
}

impl RoadGraph {
    /// Time and length alone.
    pub(crate) fn drive_cost(&self, metric: &Metric, from: &Snapped, to: &Snapped) -> Option<Cost> {
        let ask = Ask::new(self, metric, from, to);
        let best = ask.direct().map(|(cost, ..)| cost);
        let around = ask.engine.with_query(|query| ask.meet(query)).map(|meeting| meeting.cost);
        best.into_iter().chain(around).min()
    }

    pub(crate) fn drive(&self, metric: &Metric, from: &Snapped, to: &Snapped) -> Option<Drive> {
        let ask = Ask::new(self, metric, from, to);
        ask.engine.with_query(|query| {
            let around = ask.meet(query);
            match (ask.direct(), around) {
                (Some((cost, start, end)), meeting)
                    if meeting.is_none_or(|meeting| cost <= meeting.cost) =>
                {
                    let (arcs, turn_costs) = (vec![start.arc], vec![0]);
                    Some(Drive { cost, arcs, turn_costs, start: start.along, end: end.along })
                }
                (_, Some(meeting)) => Some(ask.around(query, meeting)),
                (_, None) => None,
            }
        })
    }
}

impl<'g> Ask<'g> {
    fn new(graph: &'g RoadGraph, metric: &'g Metric, from: &Snapped, to: &Snapped) -> Ask<'g> {
        let starts = graph.stops(metric, from).collect();
        let ends = graph.stops(metric, to).collect();
        Ask { graph, engine: graph.engine(), metric, starts, ends }
    }

    /// The best way that stays on one arc.
    fn direct(&self) -> Option<(Cost, Stop, Stop)> {
        let pairs =
            self.starts.iter().flat_map(|&start| self.ends.iter().map(move |&end| (start, end)));
        pairs
            .filter_map(|(start, end)| Some((direct(start, end)?, start, end)))
            .min_by_key(|&(cost, ..)| cost)
    }

    fn has_end_behind(&self, start: Stop) -> bool {
        self.ends.iter().any(|&end| is_behind(start, end))
    }

    /// The best way over junctions.
    fn meet(&self, query: &mut Query) -> Option<Meeting> {
        let (turns, rank) = (&self.graph.turns, &self.engine.hierarchy.rank);
        let mut starts = Vec::with_capacity(8);
        for &start in &self.starts {
            if !self.has_end_behind(start) {
                starts.push((rank[start.arc as usize], -start.cost));
                continue;
            }
            // The arc itself would count as being there already: begin with the next ones.
            for turn in turns.range(start.arc) {
                let more = turn_cost(turns, &self.metric.costs, start.arc, turn);
                if more < NEVER {
                    starts.push((rank[turns.to[turn] as usize], more - start.cost));
                }
            }
        }
        let ends: Vec<(u32, Cost)> = self
            .ends
            .iter()
            .flat_map(|end| turns.states(end.arc).map(|state| (rank[state as usize], end.cost)))
            .collect();
        query.run(&self.engine.hierarchy, &self.metric.weights, &starts, &ends)
    }

    fn around(&self, query: &Query, meeting: Meeting) -> Drive {
        let (graph, metric) = (self.graph, self.metric);
        let hierarchy = &self.engine.hierarchy;
        let ranks = query.ranks(meeting);
        let states = hierarchy.unpack(&metric.weights, &ranks);
        let mut arcs: Vec<u32> = states.iter().map(|&state| graph.turns.arc(state)).collect();
        let mut turn_costs = vec![0];
        turn_costs.extend(states.windows(2).map(|pair| graph.turns.cost(pair[0], pair[1])));
        let first = arcs.first().copied().unwrap_or(0);
        let last = arcs.last().copied().unwrap_or(0);
        let on = |stops: &[Stop], arc: u32| stops.iter().find(|stop| stop.arc == arc).copied();
        let end = on(&self.ends, last).map_or(0, |end| end.along);
        let is_plain = |start: &Stop| !self.has_end_behind(*start);
        let start = match on(&self.starts, first).filter(is_plain) {
            Some(start) if states[0] == first => start.along,
            _ => self.prepend_loop_start(&states, &mut arcs, &mut turn_costs),
        };
        Drive { cost: meeting.cost, arcs, turn_costs, start, end }
    }

    /// A loop begins on the start's own arc, which the search left out.
    fn prepend_loop_start(
        &self,
        states: &[u32],
        arcs: &mut Vec<u32>,
        turn_costs: &mut Vec<Cost>,
    ) -> u32 {
        let leads = |start: &&Stop| {
            self.has_end_behind(**start)
                && self.graph.turns.from(start.arc).any(|(state, _)| Some(&state) == states.first())
        };
        let Some(start) = self.starts.iter().find(leads) else { return 0 };
        arcs.insert(0, start.arc);
        turn_costs[0] = states.first().map_or(0, |&first| self.graph.turns.cost(start.arc, first));
        turn_costs.insert(0, 0);
        start.along
    }
}
