//! Turns that are forbidden at certain hours of the week.
//!
//! The map as imported has no hour, so these bind only where [`Changes::set_hour`] was asked for one.

use crate::changes::Changes;
use crate::graph::RoadGraph;
use crate::turns::Turns;
use bytemuck::{Pod, Zeroable};

pub(crate) const DAY_MINUTES: u32 = 24 * 60;

/// Some days of the week, from one minute of the day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hours {
    /// Bit 0 is Monday.
    pub days: u32,
    /// Minutes from midnight; an end that is not after the start is on the next day.
    pub start: u32,
    pub end: u32,
}

/// One turn and the hours at which it may not be driven, as it lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct TimedTurn {
    /// Number of the turn.
    pub turn: u32,
    pub days: u32,
    pub start: u32,
    pub end: u32,
}

/// A restriction from one arc onto the next, for some hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimedRule {
    pub only: bool,
    pub arcs: [u32; 2],
    pub hours: Hours,
}

/// The turns that each rule forbids: its own, or all others from the same arc.
pub(crate) fn timed_turns(turns: &Turns, rules: &[TimedRule]) -> Vec<TimedTurn> {
    let mut found = Vec::new();
    for &TimedRule { only, arcs: [from, to], hours: Hours { days, start, end } } in rules {
        for turn in turns.states(from).flat_map(|state| turns.range(state)) {
            if (turns.arc(turns.to[turn]) == to) != only {
                found.push(TimedTurn { turn: turn as u32, days, start, end });
            }
        }
    }
    found
}

impl TimedTurn {
    fn binds(&self, weekday: u32, minute: u32) -> bool {
        let is_day = |day: u32| self.days & 1 << (day % 7) != 0;
        if self.start < self.end {
            return is_day(weekday) && (self.start..self.end).contains(&minute);
        }
        // Over midnight: the evening of the day, or the morning after it.
        (is_day(weekday) && minute >= self.start) || (is_day(weekday + 6) && minute < self.end)
    }
}

impl Changes {
    /// Brings in the turn restrictions that hold at a time of the week, in place of those of a time
    /// given before. `weekday` 0 is Monday, `minute` counts from midnight in local time; both wrap
    /// around. Holidays are not known.
    pub fn set_hour(&mut self, graph: &RoadGraph, weekday: u32, minute: u32) -> &mut Changes {
        let (weekday, minute) = (weekday % 7, minute % DAY_MINUTES);
        let bound = graph.timed.iter().filter(|timed| timed.binds(weekday, minute));
        self.banned_turns = bound.map(|timed| timed.turn).collect();
        self
    }
}

impl RoadGraph {
    /// Turns that are forbidden at some hours.
    pub fn timed_turn_count(&self) -> usize {
        self.timed.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Metric;

    #[test]
    fn hours_may_run_over_midnight_and_the_week() {
        let rows = [
            ((0b001_1111, 420, 540), (0, 420), true),
            ((0b001_1111, 420, 540), (0, 540), false),
            ((0b001_1111, 420, 540), (5, 450), false),
            ((0b100_0000, 1320, 360), (6, 1400), true),
            ((0b100_0000, 1320, 360), (0, 300), true),
            ((0b100_0000, 1320, 360), (6, 300), false),
            ((0b111_1111, 0, 0), (3, 700), true),
        ];
        for ((days, start, end), (weekday, minute), expected) in rows {
            let timed = TimedTurn { turn: 0, days, start, end };
            assert_eq!(timed.binds(weekday, minute), expected, "{timed:?} {weekday} {minute}");
        }
    }

    #[test]
    fn banned_turns_weigh_the_same_brought_in_or_made_anew_and_ways_equal_dijkstra() {
        let center = domain::LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };
        let town = crate::town::generate(3, center);
        let mut graph = town.graph;
        let count = graph.turns.to.len() as u32;
        let timed = |turn: u32| TimedTurn { turn, days: 1 << (turn % 7), start: 420, end: 540 };
        graph.timed = (0..count).step_by(5).map(timed).collect::<Vec<_>>().into();
        let mut metric = graph.metric().clone();
        let places: Vec<_> = town.addresses.iter().step_by(701).map(|at| at.place).collect();
        for (weekday, minute) in [(0, 450), (4, 430), (4, 600)] {
            let mut changes = Changes::none();
            changes.set_hour(&graph, weekday, minute);
            assert_eq!(changes.banned_turns.is_empty(), minute == 600);
            metric.apply(&graph, &changes);
            let anew = Metric::new(&graph, &changes);
            assert_eq!(metric.weights.0, anew.weights.0);
            let plain = graph.to_petgraph(&metric);
            let matrix = graph.matrix_with(&metric, &places, None);
            for (row, &from) in places.iter().enumerate() {
                let from = graph.snap(from).unwrap();
                let starts = graph.stops(&metric, &from);
                let searches: Vec<_> = starts
                    .map(|stop| {
                        let node = petgraph::graph::NodeIndex::new(stop.arc as usize);
                        let found =
                            petgraph::algo::dijkstra(&plain, node, None, |edge| *edge.weight());
                        (stop, found)
                    })
                    .collect();
                for (column, &to) in places.iter().enumerate().filter(|&(to, _)| to != row) {
                    let to = graph.snap(to).unwrap();
                    let ends: Vec<_> = graph.stops(&metric, &to).collect();
                    let ways = searches.iter().flat_map(|(start, found)| {
                        ends.iter().filter_map(|end| {
                            let node = petgraph::graph::NodeIndex::new(end.arc as usize);
                            Some(found.get(&node)? - start.cost + end.cost)
                        })
                    });
                    assert_eq!(matrix.get(row, column), ways.min().map(crate::cost::whole));
                }
            }
        }
    }
}
