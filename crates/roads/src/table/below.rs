//! The states above all targets, laid out for sweeping down.

use crate::cost::Cost;
use crate::graph::RoadGraph;
use crate::hierarchy::IN;
use crate::metric::Metric;
use crate::snap::Snapped;

pub(crate) struct Below {
    /// Ranks in falling order; their places here number the rows.
    pub ranks: Vec<u32>,
    /// Arcs into place `p`: `arcs[first[p]..first[p + 1]]`, from places before it.
    pub first: Vec<u32>,
    pub arcs: Vec<(u32, f64)>,
    /// Ends of target `t`: `ends[first_end[t]..first_end[t + 1]]`, as place and cost to add.
    pub first_end: Vec<u32>,
    pub ends: Vec<(u32, f64)>,
}

impl Below {
    pub(crate) fn new(graph: &RoadGraph, metric: &Metric, targets: &[Option<Snapped>]) -> Below {
        let hierarchy = &graph.engine().hierarchy;
        let down = &metric.pruned(hierarchy).halves[IN];
        let (first_end, rank_ends) = ends(graph, metric, &hierarchy.rank, targets);
        let mut place = vec![u32::MAX; hierarchy.len()];
        let mut ranks = Vec::new();
        let mut open: Vec<u32> = rank_ends.iter().map(|&(rank, _)| rank).collect();
        while let Some(rank) = open.pop() {
            if std::mem::replace(&mut place[rank as usize], 0) == u32::MAX {
                ranks.push(rank);
                open.extend(down.arcs(rank).map(|arc| down.head[arc]));
            }
        }
        ranks.sort_unstable_by_key(|&rank| std::cmp::Reverse(rank));
        for (at, &rank) in ranks.iter().enumerate() {
            place[rank as usize] = at as u32;
        }
        let mut first = vec![0];
        let mut arcs = Vec::new();
        for &rank in &ranks {
            arcs.extend(
                down.arcs(rank)
                    .map(|arc| (place[down.head[arc] as usize], down.weight[arc] as f64)),
            );
            first.push(arcs.len() as u32);
        }
        let ends =
            rank_ends.iter().map(|&(rank, cost)| (place[rank as usize], cost as f64)).collect();
        Below { ranks, first, arcs, first_end, ends }
    }
}

fn ends(
    graph: &RoadGraph,
    metric: &Metric,
    rank: &[u32],
    targets: &[Option<Snapped>],
) -> (Vec<u32>, Vec<(u32, Cost)>) {
    let mut first = vec![0];
    let mut ends = Vec::new();
    for target in targets {
        for stop in target.iter().flat_map(|at| graph.stops(metric, at)) {
            let states = graph.turns.states(stop.arc);
            ends.extend(states.map(|state| (rank[state as usize], stop.cost)));
        }
        first.push(ends.len() as u32);
    }
    (first, ends)
}
