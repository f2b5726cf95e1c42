//! The ways and nodes of an extract, in flat sorted arrays.

use super::tags::{NodeNote, Street};
use domain::LonLat;

/// Streets with the ids of their nodes, by way id once finished.
#[derive(Default)]
pub(super) struct Ways {
    /// Way id, street, and its place in `refs`.
    streets: Vec<(i64, Street, std::ops::Range<usize>)>,
    refs: Vec<i64>,
}

impl Ways {
    pub(super) fn add(&mut self, id: i64, street: Street, refs: impl Iterator<Item = i64>) {
        let start = self.refs.len();
        self.refs.extend(refs);
        self.streets.push((id, street, start..self.refs.len()));
    }

    /// Sorts by id; a way that comes twice counts once.
    pub(super) fn finish(&mut self) {
        self.streets.sort_by_key(|&(id, ..)| id);
        self.streets.dedup_by_key(|&mut (id, ..)| id);
    }

    pub(super) fn len(&self) -> usize {
        self.streets.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Street, &[i64])> {
        self.streets.iter().map(|(_, street, range)| (street, &self.refs[range.clone()]))
    }

    /// Place of a way in [`Ways::iter`].
    pub(super) fn find(&self, id: i64) -> Option<usize> {
        self.streets.binary_search_by_key(&id, |&(id, ..)| id).ok()
    }

    /// The nodes in use, not yet placed. A node used twice is a junction.
    pub(super) fn nodes(&self) -> Nodes {
        let mut used: Vec<i64> = self.iter().flat_map(|(_, refs)| refs).copied().collect();
        used.sort_unstable();
        let mut ids = Vec::new();
        let mut junction = Vec::new();
        for run in used.chunk_by(|a, b| a == b) {
            ids.push(run[0]);
            junction.push(run.len() > 1);
        }
        let count = ids.len();
        let notes = vec![NodeNote::default(); count];
        Nodes { places: vec![None; count], notes, ids, junction, hint: 0 }
    }
}

pub(super) struct Nodes {
    ids: Vec<i64>,
    junction: Vec<bool>,
    notes: Vec<NodeNote>,
    places: Vec<Option<LonLat>>,
    /// Where the last node was found: files are sorted, so the next is close behind.
    hint: usize,
}

impl Nodes {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Notes where a node is, in 1e-9 degrees. Nodes off the earth stay unplaced.
    pub(super) fn place(&mut self, id: i64, nano_lon: i64, nano_lat: i64, note: NodeNote) {
        let Some(index) = self.index_from_hint(id) else { return };
        let inside =
            nano_lon.unsigned_abs() <= 180_000_000_000 && nano_lat.unsigned_abs() <= 90_000_000_000;
        if inside {
            let (lon_e7, lat_e7) = ((nano_lon / 100) as i32, (nano_lat / 100) as i32);
            self.places[index] = Some(LonLat { lon_e7, lat_e7 });
            self.notes[index] = note;
        }
    }

    fn index_from_hint(&mut self, id: i64) -> Option<usize> {
        let is_behind = self.ids.get(self.hint).is_none_or(|&next| next > id);
        if is_behind && self.hint > 0 && self.ids[self.hint - 1] < id {
            return None;
        }
        let index = if self.ids.get(self.hint) == Some(&id) {
            Ok(self.hint)
        } else {
            self.ids.binary_search(&id)
        };
        self.hint = index.map_or_else(|next| next, |found| found + 1);
        index.ok()
    }

    pub(super) fn find(&self, id: i64) -> Option<(usize, LonLat)> {
        let index = self.index(id)?;
        self.places[index].map(|place| (index, place))
    }

    pub(super) fn index(&self, id: i64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    pub(super) fn is_junction(&self, index: usize) -> bool {
        self.junction[index] || self.notes[index].barred
    }

    pub(super) fn note(&self, index: usize) -> NodeNote {
        self.notes[index]
    }
}
