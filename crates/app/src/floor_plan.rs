//! Where bins stand, read from their codes and the order of the walk: aisle, bay and level, and
//! meters along the picking path.
//!
//! A code "A-04-2" is aisle A, bay 04, level 2; "A-04" has no levels. Any other code is a bay of its
//! own in the aisle of its zone.

use crate::problem::Fault;
use planning::{Aisles, PickStop};
use std::collections::BTreeMap;
use store::Db;
use store::read::BinPlace;

/// Tenths of a meter: a bay is a pallet and a half wide, and aisles with their racks lie so far
/// apart. Usual measures; the book has none.
const BAY_DM: i64 = 14;
const AISLE_DM: i64 = 36;

pub(crate) struct FloorPlan {
    /// Along the walk.
    pub aisles: Vec<String>,
    pub bays_max: usize,
    places: BTreeMap<String, Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub aisle: usize,
    /// Counted from the front of the aisle, the first is 0.
    pub bay: usize,
    pub level: String,
    pub pick_face: bool,
    /// Along the picking path, from its start.
    pub meters: i64,
}

impl FloorPlan {
    pub fn of(db: &Db<'_>) -> Result<FloorPlan, Fault> {
        Ok(FloorPlan::from_bins(&db.bin_places()?))
    }

    fn from_bins(bins: &[BinPlace]) -> FloorPlan {
        let mut aisles: Vec<String> = Vec::new();
        let mut bays: Vec<Vec<String>> = Vec::new();
        let mut found = Vec::with_capacity(bins.len());
        let (mut stands, mut last) = (0, None);
        for bin in bins {
            let (aisle, bay, level) = split(bin);
            let known = aisles.iter().position(|name| *name == aisle);
            let aisle = known.unwrap_or_else(|| {
                aisles.push(aisle);
                bays.push(Vec::new());
                aisles.len() - 1
            });
            if !bays[aisle].contains(&bay) {
                bays[aisle].push(bay.clone());
            }
            // Bins of one bay follow one another along the walk.
            if last.as_ref() != Some(&(aisle, bay.clone())) {
                stands += 1;
                last = Some((aisle, bay.clone()));
            }
            found.push((bin, aisle, bay, level, stands));
        }
        bays.iter_mut().for_each(|bays| bays.sort_by_key(|bay| (bay.len(), bay.clone())));
        let place = |(bin, aisle, bay, level, stands): (&BinPlace, usize, String, String, i64)| {
            let place = Place {
                aisle,
                bay: bays[aisle].iter().position(|name| *name == bay).unwrap_or(0),
                level,
                pick_face: bin.kind == "pick",
                meters: (stands * BAY_DM + aisle as i64 * AISLE_DM) / 10,
            };
            (bin.code.clone(), place)
        };
        let places = found.into_iter().map(place).collect();
        FloorPlan { aisles, bays_max: bays.iter().map(Vec::len).max().unwrap_or(0), places }
    }

    pub fn place(&self, bin: &str) -> Option<&Place> {
        self.places.get(bin)
    }

    pub fn places(&self) -> impl Iterator<Item = (&String, &Place)> {
        self.places.iter()
    }

    pub fn measures(&self) -> Aisles {
        Aisles { meters_long: self.bays_max as i64 * BAY_DM / 10 + 1, pitch_meters: AISLE_DM / 10 }
    }

    /// `None` for a bin that is not on the floor: a dock, for instance.
    pub fn stop(&self, bin: &str) -> Option<PickStop> {
        let place = self.place(bin)?;
        let meters_in = (place.bay as i64 + 1) * BAY_DM / 10;
        Some(PickStop { aisle: place.aisle as i64, meters_in })
    }
}

fn split(bin: &BinPlace) -> (String, String, String) {
    let parts: Vec<&str> = bin.code.split('-').collect();
    match parts.as_slice() {
        [aisle @ .., bay, level] if !aisle.is_empty() => {
            (aisle.join("-"), (*bay).to_owned(), (*level).to_owned())
        }
        [aisle, bay] => ((*aisle).to_owned(), (*bay).to_owned(), String::new()),
        _ => (bin.zone.clone(), bin.code.clone(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_places() {
        let bin = |code: &str, walk| BinPlace {
            code: code.to_owned(),
            kind: "pick".to_owned(),
            zone: "Z".to_owned(),
            walk,
        };
        // The second aisle is walked from its far end.
        let codes = ["A-1-1", "A-1-2", "A-2-1", "B-10-1", "B-2-1", "corner"];
        let bins: Vec<BinPlace> = codes.iter().zip(0..).map(|(code, at)| bin(code, at)).collect();
        let plan = FloorPlan::from_bins(&bins);
        assert_eq!(plan.aisles, ["A", "B", "Z"]);
        let found = |code: &str| plan.place(code).map(|p| (p.aisle, p.bay, &*p.level, p.meters));
        for (code, expected) in [
            ("A-1-2", (0, 0, "2", 1)),
            ("A-2-1", (0, 1, "1", 2)),
            ("B-10-1", (1, 1, "1", 7)),
            ("B-2-1", (1, 0, "1", 9)),
            ("corner", (2, 0, "", 14)),
        ] {
            assert_eq!(found(code), Some(expected), "{code}");
        }
    }
}
