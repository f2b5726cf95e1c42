//! Travel times and distances between many places at once.

use crate::graph::RoadGraph;
use crate::metric::Metric;
use crate::snap::Snapped;
use crate::table::{Cells, NO_WAY, each_row, table};
use domain::{LonLat, Meters, Seconds};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why there is no way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreachable {
    #[error("the start is more than 2 km from any street on the map")]
    StartOffMap,
    #[error("the destination is more than 2 km from any street on the map")]
    EndOffMap,
    #[error("the street at the start is closed")]
    StartClosed,
    #[error("the street at the destination is closed")]
    EndClosed,
    #[error("no street leads from the start to the destination")]
    NoWay,
}

/// Fastest driving times, and the length of those fastest ways, from every source to every target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    /// Row-major, `[from * columns + to]`; [`NO_WAY`] is unreachable.
    seconds: Vec<u32>,
    meters: Vec<u32>,
    /// Why nothing leads from a source, or to a target, where that lies at the place itself.
    source_fault: Vec<Option<Unreachable>>,
    target_fault: Vec<Option<Unreachable>>,
}

impl Matrix {
    /// Builds a square matrix from known values: for tests and for callers with their own travel
    /// times. Values beyond 136 years or 4 million km count as unreachable, negative ones as 0.
    ///
    /// Panics unless `cells` has `size * size` entries.
    pub fn from_cells(size: usize, cells: Vec<Option<(Seconds, Meters)>>) -> Matrix {
        assert_eq!(cells.len(), size * size, "a matrix is square");
        let whole = |number: i64| u32::try_from(number.max(0)).unwrap_or(NO_WAY);
        Matrix {
            rows: size,
            columns: size,
            seconds: cells.iter().map(|cell| cell.map_or(NO_WAY, |(s, _)| whole(s.0))).collect(),
            meters: cells.iter().map(|cell| cell.map_or(NO_WAY, |(_, m)| whole(m.0))).collect(),
            source_fault: vec![None; size],
            target_fault: vec![None; size],
        }
    }

    /// Number of sources; of a square matrix the number of places.
    pub fn size(&self) -> usize {
        self.rows
    }

    /// Number of targets.
    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn get(&self, from: usize, to: usize) -> Option<(Seconds, Meters)> {
        let at = from * self.columns + to;
        cell(self.seconds[at], self.meters[at])
    }

    pub fn seconds(&self, from: usize, to: usize) -> Option<Seconds> {
        self.get(from, to).map(|(seconds, _)| seconds)
    }

    pub fn meters(&self, from: usize, to: usize) -> Option<Meters> {
        self.get(from, to).map(|(_, meters)| meters)
    }

    /// Why `from -> to` is missing, or `None` when it can be driven.
    pub fn why_unreachable(&self, from: usize, to: usize) -> Option<Unreachable> {
        if self.get(from, to).is_some() {
            return None;
        }
        self.source_fault[from].or(self.target_fault[to]).or(Some(Unreachable::NoWay))
    }
}

impl RoadGraph {
    /// Times and distances between all `places`, in their order. Places off the map have no
    /// entries, not even to themselves. Equals [`RoadGraph::route`] pair by pair.
    pub fn matrix(&self, places: &[LonLat]) -> Matrix {
        self.matrix_with(&self.engine().metric, places, None)
    }

    /// Times and distances from `sources` to `targets` (to the sources where there are none given),
    /// with streets closed or speeds changed by `metric`. Uses all threads of the rayon pool that
    /// it is called in; needs 8 bytes for each pair, and per thread 128 bytes for each street that
    /// leads to a target.
    pub fn matrix_with(
        &self,
        metric: &Metric,
        sources: &[LonLat],
        targets: Option<&[LonLat]>,
    ) -> Matrix {
        let snapped = |places: &[LonLat]| -> Vec<Option<Snapped>> {
            places.iter().map(|&place| self.snap(place)).collect()
        };
        let sources = snapped(sources);
        match targets {
            Some(targets) => self.matrix_between(metric, &sources, &snapped(targets)),
            None => self.matrix_between(metric, &sources, &sources),
        }
    }

    /// The same between places that are snapped already, `None` being off the map.
    pub fn matrix_between(
        &self,
        metric: &Metric,
        sources: &[Option<Snapped>],
        targets: &[Option<Snapped>],
    ) -> Matrix {
        let Cells { seconds, meters } = table(self, metric, sources, targets);
        Matrix {
            rows: sources.len(),
            columns: targets.len(),
            seconds,
            meters,
            source_fault: sources.iter().map(|at| self.start_fault(metric, at.as_ref())).collect(),
            target_fault: targets.iter().map(|at| self.end_fault(metric, at.as_ref())).collect(),
        }
    }

    fn start_fault(&self, metric: &Metric, at: Option<&Snapped>) -> Option<Unreachable> {
        let Some(at) = at else { return Some(Unreachable::StartOffMap) };
        self.stops(metric, at).next().is_none().then_some(Unreachable::StartClosed)
    }

    fn end_fault(&self, metric: &Metric, at: Option<&Snapped>) -> Option<Unreachable> {
        let Some(at) = at else { return Some(Unreachable::EndOffMap) };
        self.stops(metric, at).next().is_none().then_some(Unreachable::EndClosed)
    }

    /// Why there is no way between two places, when none was found.
    pub(crate) fn why(&self, metric: &Metric, from: &Snapped, to: &Snapped) -> Unreachable {
        let at_start = self.start_fault(metric, Some(from));
        at_start.or(self.end_fault(metric, Some(to))).unwrap_or(Unreachable::NoWay)
    }

    /// Hands out the rows of [`RoadGraph::matrix_between`] one by one instead of keeping them: for
    /// matrices that do not fit in memory. `visit` gets the source's number and its row, on any
    /// thread and in no certain order.
    pub fn each_row(
        &self,
        metric: &Metric,
        sources: &[Option<Snapped>],
        targets: &[Option<Snapped>],
        visit: impl Fn(usize, MatrixRow) + Sync,
    ) {
        each_row(self, metric, sources, targets, &|source, seconds, meters| {
            visit(source, MatrixRow { seconds, meters });
        });
    }
}

/// From one source to all targets.
#[derive(Debug, Clone, Copy)]
pub struct MatrixRow<'r> {
    seconds: &'r [u32],
    meters: &'r [u32],
}

impl MatrixRow<'_> {
    /// To one target, or `None` where no way leads.
    pub fn get(&self, to: usize) -> Option<(Seconds, Meters)> {
        cell(self.seconds[to], self.meters[to])
    }
}

fn cell(seconds: u32, meters: u32) -> Option<(Seconds, Meters)> {
    (seconds != NO_WAY).then(|| (Seconds(i64::from(seconds)), Meters(i64::from(meters))))
}
