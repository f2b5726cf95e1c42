//! Which bins have room for a SKU.

use crate::problem::Fault;
use domain::{Bin, BinKind, LocationCode, Product, Sku};
use std::collections::BTreeSet;
use store::Db;
use store::read::HeapQuery;
use warehouse::putaway::{Place, room_units};

/// Empty bins worth proposing, of each kind: farther ones are never the nearest.
const EMPTY_SHOWN: i64 = 200;

pub struct Rooms {
    empty: Vec<Bin>,
    taken: BTreeSet<LocationCode>,
}

impl Rooms {
    pub fn load(db: &Db<'_>) -> Result<Rooms, Fault> {
        let mut empty = db.empty_bins(BinKind::Pick.as_str(), EMPTY_SHOWN)?;
        empty.extend(db.empty_bins(BinKind::Bulk.as_str(), EMPTY_SHOWN)?);
        Ok(Rooms { empty, taken: BTreeSet::new() })
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
            let Some(bin) = db.bin(&location)?.filter(|bin| bin.kind.is_pickable()) else {
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
        let free = self.empty.iter().filter(|bin| !self.taken.contains(&bin.code));
        places.extend(free.map(|bin| Place {
            location: bin.code.clone(),
            kind: bin.kind,
            holds_sku: false,
            room_units: room_units(bin.capacity.0, 0, unit_ml),
            walk: bin.walk,
        }));
        Ok(places)
    }
}

/// Volume of what lies in a bin.
pub fn used_ml(db: &Db<'_>, location: &LocationCode) -> Result<i64, Fault> {
    Ok(db.used_ml(location)?)
}
