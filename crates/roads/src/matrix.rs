//! Travel times and distances between many places at once.

use crate::graph::RoadGraph;
use crate::search::{Search, entries};
use crate::snap::Snapped;
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
    #[error("no street leads from the start to the destination")]
    NoWay,
}

/// Fastest driving times, and the length of those fastest ways, for every ordered pair of places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    size: usize,
    /// Row-major, `[from * size + to]`; `None` is unreachable.
    cells: Vec<Option<(Seconds, Meters)>>,
    off_map: Vec<bool>,
}

impl Matrix {
    /// Builds a matrix from known values: for tests and for callers with their own travel times.
    ///
    /// Panics unless `cells` has `size * size` entries.
    pub fn from_cells(size: usize, cells: Vec<Option<(Seconds, Meters)>>) -> Matrix {
        assert_eq!(cells.len(), size * size, "a matrix is square");
        Matrix { size, cells, off_map: vec![false; size] }
    }

    pub fn size(&self) -> usize {
        self.size
    }

    pub fn get(&self, from: usize, to: usize) -> Option<(Seconds, Meters)> {
        self.cells[from * self.size + to]
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
        Some(match (self.off_map[from], self.off_map[to]) {
            (true, _) => Unreachable::StartOffMap,
            (false, true) => Unreachable::EndOffMap,
            (false, false) => Unreachable::NoWay,
        })
    }
}

impl RoadGraph {
    /// Times and distances between all `places`, in their order. Places off the map have no
    /// entries, not even to themselves.
    pub fn matrix(&self, places: &[LonLat]) -> Matrix {
        let snapped: Vec<Option<Snapped>> = places.iter().map(|&place| self.snap(place)).collect();
        let mut wanted: Vec<u32> =
            snapped.iter().flatten().flat_map(|target| entries(self, target)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut search = Search::new(self);
        let mut cells = Vec::with_capacity(places.len() * places.len());
        for source in &snapped {
            let Some(source) = source else {
                cells.extend(std::iter::repeat_n(None, places.len()));
                continue;
            };
            search.run(source, &wanted);
            cells.extend(snapped.iter().map(|target| {
                let found = search.to(source, target.as_ref()?)?;
                Some(unpack(found.cost))
            }));
        }
        let off_map = snapped.iter().map(Option::is_none).collect();
        Matrix { size: places.len(), cells, off_map }
    }
}

/// Packed milliseconds and decimeters, rounded to whole seconds and meters.
pub(crate) fn unpack(cost: u64) -> (Seconds, Meters) {
    let milliseconds = (cost >> 32) as i64;
    let decimeters = (cost & 0xffff_ffff) as i64;
    (Seconds((milliseconds + 500) / 1000), Meters((decimeters + 5) / 10))
}
