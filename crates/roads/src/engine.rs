//! The hierarchy of a map with the weights of the map as imported.

use crate::changes::Changes;
use crate::graph::RoadGraph;
use crate::hierarchy::{Hierarchy, Query};
use crate::metric::Metric;
use crate::order::edge_order;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Debug)]
pub(crate) struct Engine {
    pub hierarchy: Hierarchy,
    pub metric: Metric,
    is_tangled: bool,
    /// Working memory of finished queries, for the next.
    spare: Mutex<Vec<Query>>,
}

/// Shortcuts for each state that no real map needs: those at hand have 5 in all.
const SHORTCUTS_PER_STATE_MAX: usize = 64;
/// The same for maps so small that the share says little.
const SHORTCUTS_MAX: usize = 4_000_000;

impl Engine {
    fn new(graph: &RoadGraph) -> Engine {
        match &graph.stored {
            Some(stored) => Engine::over(graph, stored.clone(), false),
            None => Engine::computed(graph),
        }
    }

    fn computed(graph: &RoadGraph) -> Engine {
        let computed;
        let order = match &graph.order {
            Some(stored) => stored,
            None => {
                computed = edge_order(graph);
                &computed
            }
        };
        let most = SHORTCUTS_MAX.max(graph.turns.state_count() * SHORTCUTS_PER_STATE_MAX);
        let hierarchy = Hierarchy::new(&graph.turns, order, most);
        // A map so tangled is refused at import; one that was built in other ways has no streets
        // to drive rather than more shortcuts than there is memory.
        let is_tangled = hierarchy.is_none();
        let hierarchy = hierarchy.unwrap_or_else(|| Hierarchy::without_arcs(&graph.turns, order));
        Engine::over(graph, hierarchy, is_tangled)
    }

    fn over(graph: &RoadGraph, hierarchy: Hierarchy, is_tangled: bool) -> Engine {
        let metric = Metric::over(graph, &hierarchy, &Changes::none());
        Engine { hierarchy, metric, is_tangled, spare: Mutex::new(Vec::new()) }
    }

    pub(crate) fn with_query<T>(&self, work: impl FnOnce(&mut Query) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = spare().pop();
        let mut query = kept.unwrap_or_else(|| Query::new(&self.hierarchy));
        let result = work(&mut query);
        spare().push(query);
        result
    }
}

impl RoadGraph {
    pub(crate) fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| Arc::new(Engine::new(self)))
    }

    /// What driving costs on the map as imported.
    pub fn metric(&self) -> &Metric {
        &self.engine().metric
    }

    /// Sizes of the hierarchy, for benchmarks.
    pub fn hierarchy_summary(&self) -> String {
        let engine = self.engine();
        let kept = engine.metric.pruned(&engine.hierarchy).arc_count();
        format!(
            "{} states, {} shortcuts, {kept} of them for sweeps, height {}",
            engine.hierarchy.len(),
            engine.hierarchy.arc_count(),
            engine.hierarchy.height()
        )
    }

    /// Whether the hierarchy grew out of bounds.
    pub(crate) fn is_tangled(&self) -> bool {
        self.engine().is_tangled
    }

    /// Makes the hierarchy now, unless it is there: otherwise the first question pays for it.
    pub fn prepare(&self) {
        self.engine();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::LonLat;

    #[test]
    fn a_hierarchy_out_of_bounds_is_not_made() {
        let center = LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };
        let graph = crate::town::generate(1, center).graph;
        let order = edge_order(&graph);
        assert!(Hierarchy::new(&graph.turns, &order, 100).is_none());
        let bare = Hierarchy::without_arcs(&graph.turns, &order);
        assert_eq!((bare.arc_count(), bare.len()), (0, graph.turns.state_count()));
        Metric::over(&graph, &bare, &Changes::none());
        assert!(!graph.is_tangled());
    }
}
