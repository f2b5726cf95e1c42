//! The goods of the house that everybody works in.

use domain::measure::{Grams, Milliliters};
use domain::{
    Bin, BinKind, Body, Cause, LocationCode, LotCode, Move, Qty, Serial, Sku, Spot, UnitCost,
};
use serde_json::json;

pub const SKUS: u64 = 20;
/// Enough that most orders find something.
const OPENING: i64 = 400;

pub fn sku(number: u64) -> String {
    format!("MUG-{:02}", number % SKUS)
}

pub fn opening() -> Vec<Body> {
    let bins = [
        ("DOCK-1", BinKind::Dock),
        ("PACK-1", BinKind::Pack),
        ("A-01", BinKind::Pick),
        ("B-01", BinKind::Pick),
    ];
    let mut bodies: Vec<Body> =
        bins.map(|(code, kind)| Body::BinSet { bin: bin(code, kind) }).into();
    for number in 0..SKUS {
        let product = json!({
            "sku": sku(number), "name_en": "Mug", "name_zh": "杯子", "category": "Kitchen",
            "barcode": "", "unit": "each", "weight": 300, "volume": 900, "supplier": "Potters",
            "unit_cost": 2_000_000, "price_minor": 500, "pack": 1, "moq": 1, "lead_time_days": 3,
        });
        bodies.push(Body::ProductSet { product: serde_json::from_value(product).unwrap() });
        bodies.push(Body::Moved(receipt(&sku(number), OPENING, "opening")));
    }
    bodies
}

/// `reason` is there once in all the books, whatever happens.
pub fn receipt(sku: &str, qty: i64, reason: &str) -> Move {
    Move {
        sku: Sku::parse(sku).unwrap(),
        lot: LotCode::default(),
        serial: Serial::default(),
        owner: String::new(),
        from: Spot::at(LocationCode::supplier()),
        to: Spot::at(at("A-01")),
        qty: Qty(qty),
        cause: Cause::Receipt { receipt: None, unit_cost: UnitCost(2_000_000) },
        reason: reason.to_owned(),
        reverses: None,
    }
}

pub fn scrap(sku: &str, qty: i64, reason: &str) -> Move {
    let (from, to) = (Spot::at(at("A-01")), Spot::at(LocationCode::scrap()));
    Move { from, to, cause: Cause::Scrap, ..receipt(sku, qty, reason) }
}

pub fn transfer(sku: &str, qty: i64, reason: &str) -> Move {
    let (from, to) = (Spot::at(at("A-01")), Spot::at(at("B-01")));
    Move { from, to, cause: Cause::Transfer, ..receipt(sku, qty, reason) }
}

fn at(code: &str) -> LocationCode {
    LocationCode::parse(code).unwrap()
}

fn bin(code: &str, kind: BinKind) -> Bin {
    let (capacity, max_weight) = (Milliliters(1_000_000), Grams(1_000_000));
    Bin { code: at(code), kind, zone: "A".into(), walk: 1, capacity, max_weight }
}
