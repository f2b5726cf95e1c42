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
    /// Working memory of finished queries, for the next.
    spare: Mutex<Vec<Query>>,
}

impl Engine {
    fn new(graph: &RoadGraph) -> Engine {
        let computed;
        let order = match &graph.order {
            Some(stored) => stored,
            None => {
                computed = edge_order(graph);
                &computed
            }
        };
        let hierarchy = Hierarchy::new(&graph.turns, order);
        let metric = Metric::over(graph, &hierarchy, &Changes::none());
        Engine { hierarchy, metric, spare: Mutex::new(Vec::new()) }
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

    /// Makes the hierarchy now, unless it is there: otherwise the first question pays for it.
    pub fn prepare(&self) {
        self.engine();
    }
}
