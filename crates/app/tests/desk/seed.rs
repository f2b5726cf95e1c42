//! What stands in the test house: bins, mugs, vans and a dozen orders.

use app::Fault;
use app::ctx::{Ctx, Work};
use domain::fleet::Van;
use domain::order::{Order, OrderLine};
use domain::{
    AllocationId, Bin, BinKind, Body, CartonId, Cause, Grams, Key, LineId, LocationCode, LonLat,
    Milliliters, Move, OrderId, Product, Qty, Sku, Spot, Timestamp, UnitCost, WaveId,
};

/// 2026-03-02, 06:00 UTC.
pub const NOW: Timestamp = Timestamp(1_772_431_200_000);
pub const ORDERS: usize = 12;

pub fn at(code: &str) -> LocationCode {
    LocationCode::parse(code).unwrap()
}

pub fn sku(number: usize) -> Sku {
    Sku::parse(&format!("MUG-{number}")).unwrap()
}

pub fn seed(ctx: &Ctx<'_>, places: &[LonLat]) -> Result<Vec<Order>, Fault> {
    ctx.write(|w| {
        for (code, kind) in [
            ("A-01", BinKind::Pick),
            ("P-1", BinKind::Pack),
            ("S-1", BinKind::Stage),
            ("D-1", BinKind::Dock),
        ] {
            w.record(Body::BinSet { bin: bin(code, kind) })?;
        }
        for number in 1..=3 {
            w.record(Body::ProductSet { product: product(number) })?;
            w.record(Body::Moved(stock(number)))?;
        }
        for number in 1..=2 {
            w.record(Body::VanSet { van: van(number) })?;
        }
        (0..ORDERS).map(|number| place(w, number, places[number])).collect()
    })
}

fn bin(code: &str, kind: BinKind) -> Bin {
    let (capacity, max_weight) = (Milliliters(1_000_000), Grams(500_000));
    Bin { code: at(code), kind, zone: code[..1].into(), walk: 1, capacity, max_weight }
}

fn product(number: usize) -> Product {
    Product {
        sku: sku(number),
        name_en: format!("Mug {number}"),
        name_zh: format!("马克杯 {number}"),
        category: "mugs".into(),
        barcode: format!("400000000000{number}"),
        unit: "pc".into(),
        units: Vec::new(),
        weight: Grams(400),
        volume: Milliliters(600),
        removal: domain::Removal::Fifo,
        lot_tracked: false,
        expiry_tracked: false,
        serial_tracked: false,
        supplier: if number == 3 { "Kiln" } else { "Pottery" }.into(),
        unit_cost: UnitCost::from_minor(250),
        price_minor: 700,
        safety: Qty::ZERO,
        pack: Qty(6),
        moq: Qty(12),
        lead_time_days: 7,
    }
}

fn stock(number: usize) -> Move {
    let unit_cost = UnitCost::from_minor(250);
    Move {
        sku: sku(number),
        lot: Default::default(),
        serial: Default::default(),
        owner: String::new(),
        from: Spot::at(LocationCode::supplier()),
        to: Spot::at(at("A-01")),
        qty: Qty(40),
        cause: Cause::Receipt { receipt: None, unit_cost },
        reason: String::new(),
        reverses: None,
    }
}

fn van(number: usize) -> Van {
    Van {
        id: format!("V{number}"),
        name: format!("Van {number}"),
        driver: "Bo".into(),
        plate: format!("HD-Q {number}"),
        max_weight: Grams(800_000),
        max_volume: Milliliters(6_000_000),
        max_pieces: 200,
        shift_start_min: 7 * 60,
        shift_end_min: 17 * 60,
        duty: Default::default(),
    }
}

/// An order with two lines of the same SKU, promised, for a door in town.
fn place(w: &mut Work<'_, '_>, number: usize, place: LonLat) -> Result<Order, Fault> {
    let hour = |hour: i64| NOW.day().start().plus_seconds(hour * 3600);
    let line = |w: &Work<'_, '_>, line_no| OrderLine {
        id: LineId(w.id()),
        line_no,
        sku: sku(1 + number % 3),
        qty: Qty(line_no),
        unit_price_minor: 700,
    };
    let order = Order {
        id: OrderId(w.id()),
        number: format!("SO-{number:03}"),
        channel: "shop".into(),
        external_id: format!("x{number}"),
        body_hash: format!("h{number}"),
        customer: format!("Customer {number}"),
        phone: "+49 6221 1".into(),
        address: format!("Mill Lane {number}, Town"),
        place: Some(place),
        note: String::new(),
        // Over two weeks, so that there is a history to propose from.
        placed_at: NOW.plus_seconds(-86_400 * (1 + number as i64)),
        promise_at: hour(18),
        window: (hour(8), hour(16)),
        lines: vec![line(w, 1), line(w, 2)],
        paid_minor: 0,
        import: None,
    };
    w.record(Body::OrderPlaced { order: order.clone() })?;
    for line in &order.lines {
        w.record(Body::Promised { line: line.id, qty: line.qty, quota: None })?;
    }
    Ok(order)
}

pub fn pack(w: &mut Work<'_, '_>, wave: WaveId, order: &Order) -> Result<(), Fault> {
    let carton = CartonId(w.id());
    let number = format!("C-{}", &order.number[3..]);
    let (order_id, box_type) = (order.id, "M".to_owned());
    w.record(Body::CartonOpened { carton, number: number.clone(), order: order_id, box_type })?;
    for line in &order.lines {
        let allocation = AllocationId(w.id());
        let key = Key { sku: line.sku.clone(), location: at("A-01"), ..Key::default() };
        let (line_id, qty) = (line.id, line.qty);
        w.record(Body::Allocated { allocation, wave, line: line_id, key, qty })?;
        let packed = Spot { package: number.clone(), ..Spot::at(at("S-1")) };
        let pick = Cause::Pick { line: line.id, allocation };
        let pack = Cause::Pack { line: line.id, carton };
        for (from, to, cause) in
            [(Spot::at(at("A-01")), Spot::at(at("P-1")), pick), (Spot::at(at("P-1")), packed, pack)]
        {
            let sku = line.sku.clone();
            w.record(Body::Moved(Move { sku, from, to, qty: line.qty, cause, ..stock(1) }))?;
        }
    }
    w.record(Body::CartonClosed { carton, weight: Grams(1_300) })?;
    Ok(())
}
