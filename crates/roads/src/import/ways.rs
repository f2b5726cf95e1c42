//! The ways and nodes of an extract, in flat sorted arrays.

use super::tags::Street;
use domain::LonLat;

/// Streets with the ids of their nodes.
#[derive(Default)]
pub(super) struct Ways {
    streets: Vec<(Street, usize)>,
    refs: Vec<i64>,
}

impl Ways {
    pub(super) fn add(&mut self, street: Street, refs: impl Iterator<Item = i64>) {
        self.refs.extend(refs);
        self.streets.push((street, self.refs.len()));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Street, &[i64])> {
        let starts = std::iter::once(0).chain(self.streets.iter().map(|&(_, end)| end));
        self.streets
            .iter()
            .zip(starts)
            .map(|((street, end), start)| (street, &self.refs[start..*end]))
    }

    /// The nodes in use, not yet placed. A node used twice is a junction.
    pub(super) fn nodes(&self) -> Nodes {
        let mut used = self.refs.clone();
        used.sort_unstable();
        let mut ids = Vec::new();
        let mut junction = Vec::new();
        for run in used.chunk_by(|a, b| a == b) {
            ids.push(run[0]);
            junction.push(run.len() > 1);
        }
        Nodes { places: vec![None; ids.len()], barred: vec![false; ids.len()], ids, junction }
    }
}

pub(super) struct Nodes {
    ids: Vec<i64>,
    junction: Vec<bool>,
    barred: Vec<bool>,
    places: Vec<Option<LonLat>>,
}

impl Nodes {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Notes where a node is, in 1e-9 degrees. Nodes off the earth stay unplaced.
    pub(super) fn place(&mut self, id: i64, nano_lon: i64, nano_lat: i64, barred: bool) {
        let Ok(index) = self.ids.binary_search(&id) else { return };
        let inside =
            nano_lon.unsigned_abs() <= 180_000_000_000 && nano_lat.unsigned_abs() <= 90_000_000_000;
        if inside {
            let (lon_e7, lat_e7) = ((nano_lon / 100) as i32, (nano_lat / 100) as i32);
            self.places[index] = Some(LonLat { lon_e7, lat_e7 });
            self.barred[index] = barred;
        }
    }

    pub(super) fn find(&self, id: i64) -> Option<(usize, LonLat)> {
        let index = self.ids.binary_search(&id).ok()?;
        self.places[index].map(|place| (index, place))
    }

    pub(super) fn is_junction(&self, index: usize) -> bool {
        self.junction[index] || self.barred[index]
    }

    pub(super) fn is_barred(&self, index: usize) -> bool {
        self.barred[index]
    }
}
