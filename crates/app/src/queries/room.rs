//! Which bins have room for a SKU.

use crate::problem::Fault;
use domain::{Bin, BinKind, LocationCode, Product, Sku};
use std::collections::{BTreeMap, BTreeSet};
use store::Db;
use store::read::HeapQuery;
use warehouse::putaway::{Place, room_units};

/// Empty bins worth proposing, of each kind: farther ones are never the nearest.
const EMPTY_SHOWN: i64 = 200;

pub struct Rooms {
    bins: BTreeMap<LocationCode, Bin>,
    empty: Vec<(BinKind, LocationCode, i64)>,
    taken: BTreeSet<LocationCode>,
}

impl Rooms {
    pub fn load(db: &Db<'_>) -> Result<Rooms, Fault> {
        let bins = db.bins()?.into_iter().map(|bin| (bin.code.clone(), bin)).collect();
        let mut empty = Vec::new();
        for kind in [BinKind::Pick, BinKind::Bulk] {
            let found = db.room(kind.as_str(), EMPTY_SHOWN)?;
            empty.extend(found.into_iter().map(|(code, room)| (kind, code, room)));
        }
        Ok(Rooms { bins, empty, taken: BTreeSet::new() })
    }

    pub fn bin(&self, code: &LocationCode) -> Option<&Bin> {
        self.bins.get(code)
    }

    /// An empty bin proposed to one heap is no longer empty for the next.
    pub fn take(&mut self, code: &LocationCode) {
        self.taken.insert(code.clone());
    }

    pub fn places(
        &self,
        db: &Db<'_>,
        sku: &Sku,
        product: Option<&Product>,
    ) -> Result<Vec<Place>, Fault> {
        let unit_ml = product.map_or(0, |product| product.volume.0);
        let mut places = Vec::new();
        let own = db.heaps(&HeapQuery { sku: Some(sku.as_str()), ..HeapQuery::default() })?;
        let own: BTreeSet<LocationCode> =
            own.into_iter().filter(|h| h.on_hand.0 > 0).map(|h| h.key.location).collect();
        for location in own {
            let Some(bin) = self.bins.get(&location).filter(|bin| bin.kind.is_pickable()) else {
                continue;
            };
            places.push(Place {
                room_units: room_units(bin.capacity.0, used_ml(db, &location)?, unit_ml),
                kind: bin.kind,
                holds_sku: true,
                walk: bin.walk,
                location,
            });
        }
        let free = self.empty.iter().filter(|(_, code, _)| !self.taken.contains(code));
        places.extend(free.map(|(kind, code, room)| Place {
            location: code.clone(),
            kind: *kind,
            holds_sku: false,
            room_units: room_units(*room, 0, unit_ml),
            walk: self.bins.get(code).map_or(i64::MAX, |bin| bin.walk),
        }));
        Ok(places)
    }
}

/// Volume of what lies in a bin.
pub fn used_ml(db: &Db<'_>, location: &LocationCode) -> Result<i64, Fault> {
    let mut used = 0;
    let here = HeapQuery { location: Some(location.as_str()), ..HeapQuery::default() };
    for heap in db.heaps(&here)? {
        used += db.product(&heap.key.sku)?.map_or(0, |p| p.volume.0) * heap.on_hand.0;
    }
    Ok(used)
}
