//! What a key, a code or an id from a screen stands for, or the refusal that names it.

use crate::problem::Fault;
use domain::{Bin, CountId, LocationCode, LotCode, Product, Qty, Refusal, Sku};
use std::collections::BTreeMap;
use store::Db;
use store::read::{CountTaskRow, HeapRow};

pub fn heap(db: &Db<'_>, key: &str) -> Result<HeapRow, Fault> {
    let unknown = || Fault::unknown("stock", key);
    let id: i64 = key.parse().map_err(|_| unknown())?;
    db.heap_by_id(id)?.ok_or_else(unknown)
}

pub fn product(db: &Db<'_>, sku: &str) -> Result<Product, Fault> {
    let unknown = || Fault::unknown("SKU", sku);
    db.product(&Sku::parse(sku).map_err(|_| unknown())?)?.ok_or_else(unknown)
}

pub fn bin(db: &Db<'_>, code: &str) -> Result<Bin, Fault> {
    let unknown = || Fault::unknown("bin", code);
    db.bin(&LocationCode::parse(code).map_err(|_| unknown())?)?.ok_or_else(unknown)
}

pub fn lot(text: &str) -> Result<LotCode, Fault> {
    LotCode::parse_optional(text).map_err(|error| Fault::invalid("lot", error))
}

pub fn count(db: &Db<'_>, id: &str) -> Result<CountTaskRow, Fault> {
    let unknown = || Fault::unknown("count", id);
    db.count(CountId::parse(id).map_err(|_| unknown())?)?.ok_or_else(unknown)
}

/// An intent to take more than there is, is an honest slip.
pub fn enough(heap: &HeapRow, qty: i64) -> Result<Qty, Refusal> {
    if qty <= 0 {
        return Err(Refusal::QtyNotPositive);
    }
    if heap.on_hand.0 < qty {
        return Err(Refusal::NotEnough {
            sku: heap.key.sku.clone(),
            location: heap.key.location.clone(),
            on_hand: heap.on_hand,
            wanted: Qty(qty),
        });
    }
    Ok(Qty(qty))
}

/// Products by SKU, asked for once each: a list names the same few again and again.
#[derive(Default)]
pub struct Products(BTreeMap<Sku, Option<Product>>);

impl Products {
    pub fn get(&mut self, db: &Db<'_>, sku: &Sku) -> Result<Option<&Product>, Fault> {
        if !self.0.contains_key(sku) {
            self.0.insert(sku.clone(), db.product(sku)?);
        }
        Ok(self.0.get(sku).and_then(Option::as_ref))
    }
}
