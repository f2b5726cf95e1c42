//! What driving costs: the map as imported, or with [`Changes`].

use crate::changes::Changes;
use crate::cost::Cost;
use crate::graph::RoadGraph;
use crate::hierarchy::{Hierarchy, Pruned, Weights};
use crate::turns::tail;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// With more arcs changed than this share of all, computing everything anew is faster.
const UPDATE_SHARE: usize = 100;

/// What all arcs cost, and which turns may not be driven.
#[derive(Debug, Clone)]
pub(crate) struct Costs {
    pub arcs: Vec<Cost>,
    pub banned_turns: BTreeSet<u32>,
}

/// Costs of all arcs, and the hierarchy's weights for them. Belongs to one [`RoadGraph`].
#[derive(Debug, Clone)]
pub struct Metric {
    changes: Changes,
    pub(crate) costs: Costs,
    pub(crate) weights: Weights,
    /// Made for the first matrix.
    pruned: OnceLock<Arc<Pruned>>,
}

impl Metric {
    /// The map with `changes`.
    pub fn new(graph: &RoadGraph, changes: &Changes) -> Metric {
        Metric::over(graph, &graph.engine().hierarchy, changes)
    }

    pub(crate) fn over(graph: &RoadGraph, hierarchy: &Hierarchy, changes: &Changes) -> Metric {
        let arcs = 0..graph.edges.len() as u32 * 2;
        let arcs = arcs.map(|arc| changes.arc_cost(graph, arc)).collect();
        let costs = Costs { arcs, banned_turns: changes.banned_turns.clone() };
        let weights = hierarchy.customize(&graph.turns, &costs);
        Metric { changes: changes.clone(), costs, weights, pruned: OnceLock::new() }
    }

    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Replaces the changes in force. Few differences are brought in one by one, which takes less
    /// than a millisecond for a handful of streets; equals [`Metric::new`].
    pub fn apply(&mut self, graph: &RoadGraph, changes: &Changes) {
        let arc_count = self.costs.arcs.len();
        let few = changes.differing(&self.changes);
        let Some(arcs) = few.filter(|arcs| arcs.len() * UPDATE_SHARE <= arc_count.max(10_000))
        else {
            *self = Metric::new(graph, changes);
            return;
        };
        let banned = &self.costs.banned_turns;
        let rebanned = banned.symmetric_difference(&changes.banned_turns);
        let mut turns: Vec<usize> = rebanned.map(|&turn| turn as usize).collect();
        self.costs.banned_turns.clone_from(&changes.banned_turns);
        for arc in arcs.into_iter().filter(|&arc| (arc as usize) < arc_count) {
            let new = changes.arc_cost(graph, arc);
            if std::mem::replace(&mut self.costs.arcs[arc as usize], new) != new {
                turns_at(graph, arc, &mut turns);
            }
        }
        self.changes = changes.clone();
        if !turns.is_empty() {
            let hierarchy = &graph.engine().hierarchy;
            hierarchy.update(&graph.turns, &self.costs, &turns, &mut self.weights);
            self.pruned = OnceLock::new();
        }
    }

    pub(crate) fn pruned(&self, hierarchy: &Hierarchy) -> &Pruned {
        self.pruned.get_or_init(|| Arc::new(hierarchy.prune(&self.weights)))
    }
}

/// The turns out of an arc and into it.
fn turns_at(graph: &RoadGraph, arc: u32, found: &mut Vec<usize>) {
    let range = |state: u32| graph.turns.range(state);
    for state in graph.turns.states(arc) {
        found.extend(range(state));
    }
    for &out in graph.leaving.at(tail(&graph.edges, arc)) {
        // Every arc into the junction is the opposite of one out of it.
        for state in graph.turns.states(out ^ 1) {
            found.extend(range(state).filter(|&turn| graph.turns.arc(graph.turns.to[turn]) == arc));
        }
    }
}
