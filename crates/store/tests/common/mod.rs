//! Events as another station would send them: numbered, stamped and named by their author.

// Each test binary uses a part of it.
#![allow(dead_code, clippy::unwrap_used)]

use domain::{
    AllocationId, Body, Cause, Event, EventId, Grams, Hlc, Key, LineId, LocationCode, LotCode,
    Milliliters, Move, PersonId, Product, Qty, Removal, Serial, Sku, Spot, StationId, Timestamp,
    UnitCost,
};
use std::path::Path;
use store::{OpenMode, Store};

pub const START: Timestamp = Timestamp(1_760_000_000_000);

/// One 16-byte id per kind of thing and number.
pub fn id(kind: u8, number: u64) -> [u8; 16] {
    ((u128::from(kind) << 120) | u128::from(number)).to_be_bytes()
}

pub fn station(number: u64) -> StationId {
    StationId::from_bytes(id(1, number))
}

pub fn event_id(number: u64) -> EventId {
    EventId::from_bytes(id(2, number))
}

pub fn line_id(number: u64) -> LineId {
    LineId::from_bytes(id(3, number))
}

pub fn allocation_id(number: u64) -> AllocationId {
    AllocationId::from_bytes(id(4, number))
}

pub fn at(second: i64) -> Hlc {
    Hlc::at(START.plus_seconds(second))
}

pub fn sku(number: u64) -> Sku {
    Sku::parse(&format!("SKU-{number}")).unwrap()
}

pub fn place(code: &str) -> LocationCode {
    LocationCode::parse(code).unwrap()
}

pub fn heap(sku: &Sku, code: &str) -> Key {
    Key { sku: sku.clone(), location: place(code), ..Key::default() }
}

pub fn moved(sku: &Sku, from: &str, to: &str, qty: i64, cause: Cause) -> Move {
    Move {
        sku: sku.clone(),
        lot: LotCode::none(),
        serial: Serial::none(),
        owner: String::new(),
        from: Spot::at(place(from)),
        to: Spot::at(place(to)),
        qty: Qty(qty),
        cause,
        reason: String::new(),
        reverses: None,
    }
}

pub fn receipt(sku: &Sku, to: &str, qty: i64) -> Body {
    let cause = Cause::Receipt { receipt: None, unit_cost: UnitCost::from_minor(250) };
    Body::Moved(moved(sku, "~supplier", to, qty, cause))
}

pub fn transfer(sku: &Sku, from: &str, to: &str, qty: i64) -> Body {
    Body::Moved(moved(sku, from, to, qty, Cause::Transfer))
}

pub fn product(sku: Sku, safety: i64) -> Product {
    Product {
        sku,
        name_en: "Thing".into(),
        name_zh: String::new(),
        category: String::new(),
        barcode: String::new(),
        unit: "each".into(),
        units: Vec::new(),
        weight: Grams(100),
        volume: Milliliters(100),
        removal: Removal::Fifo,
        lot_tracked: false,
        expiry_tracked: false,
        serial_tracked: false,
        supplier: String::new(),
        unit_cost: UnitCost::from_minor(300),
        price_minor: 500,
        safety: Qty(safety),
        pack: Qty(1),
        moq: Qty(1),
        lead_time_days: 1,
    }
}

/// A history written by a few stations, in the order in which it happened.
#[derive(Default)]
pub struct History {
    pub events: Vec<Event>,
}

impl History {
    /// Appends `body` as the next event of `author`, stamped `second` seconds after the start.
    pub fn add(&mut self, author: u64, second: i64, body: Body) -> EventId {
        let id = event_id(self.events.len() as u64 + 1);
        let before = self.events.iter().filter(|e| e.station == station(author)).count();
        self.events.push(Event {
            id,
            at: at(second),
            station: station(author),
            station_seq: before as i64 + 1,
            actor: PersonId(format!("person.{author}")),
            body,
        });
        id
    }
}

pub fn open(folder: &Path, mode: OpenMode) -> Store {
    Store::open(&folder.join("book.db"), mode, station(99)).unwrap()
}

/// The checks that no arrival order may break; promises and line counters are not among them,
/// because stations that cannot see each other may promise the same unit twice.
pub fn broken(store: &Store) -> Vec<String> {
    store
        .db()
        .check_invariants()
        .unwrap()
        .into_iter()
        .filter(|check| ["I1", "I2", "I5", "I6", "I7", "I9"].contains(&&check.name[..2]))
        .filter_map(|check| Some(format!("{}: {}", check.name, check.failure?)))
        .collect()
}
