//! A small house to work in: four bins, three products, four people, and a clock that ticks.

use app::commands as c;
use app::queries as q;
use app::view::Done;
use app::{App, Edge, Problem};
use domain::event::ExpectedLine;
use domain::person::{Person, Role};
use domain::{
    Bin, BinKind, Body, Condition, Grams, Key, LocationCode, LotCode, Milliliters, PersonId,
    Product, Qty, ReceiptId, Removal, Serial, Sku, Timestamp, UnitCost,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::OpenMode;
use tempfile::TempDir;

pub const RECEIPT: &str = "01890000-0000-7000-8000-000000000001";

pub struct House {
    pub app: App,
    pub dir: TempDir,
    pub clock: Arc<AtomicI64>,
}

impl House {
    pub fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(1_790_000_000_000));
        let tick = clock.clone();
        let edge = Edge::seeded(7, move || Timestamp(tick.fetch_add(1_000, Ordering::SeqCst)));
        let app = App::open_with(dir.path(), edge, OpenMode::Bulk).unwrap();
        let house = House { app, dir, clock };
        house.seed(bodies());
        house
    }

    pub fn seed(&self, bodies: Vec<Body>) {
        self.app
            .as_person("nobody", app::lang::Lang::En, |ctx| {
                ctx.write(|w| Ok(w.record_all(bodies)?))
            })
            .unwrap();
    }

    pub fn run<A, T>(
        &self,
        person: &str,
        command: fn(&app::ctx::Ctx<'_>, A) -> Result<T, app::Fault>,
        args: A,
    ) -> Result<T, Problem> {
        self.app.as_person(person, app::lang::Lang::En, |ctx| command(ctx, args))
    }

    pub fn receive(
        &self,
        sku: &str,
        qty: i64,
        lot: &str,
        serials: &[&str],
    ) -> Result<Done, Problem> {
        let args = c::receive::ReceiveArgs {
            receipt_id: RECEIPT.into(),
            sku: sku.into(),
            qty,
            lot: lot.into(),
            expires: if lot.is_empty() { String::new() } else { "2027-03-31".into() },
            serials: serials.iter().map(|s| (*s).to_owned()).collect(),
            condition: Condition::Good,
        };
        self.run("rita", c::receive::run, args)
    }

    /// Receives and puts away: `qty` of `sku` in `bin`.
    pub fn stock(&self, sku: &str, qty: i64, lot: &str, bin: &str) {
        self.receive(sku, qty, lot, &[]).unwrap();
        self.carry(sku, lot, "DOCK", bin, qty).unwrap();
    }

    pub fn carry(
        &self,
        sku: &str,
        lot: &str,
        from: &str,
        to: &str,
        qty: i64,
    ) -> Result<Done, Problem> {
        let args = c::move_stock::MoveStockArgs {
            key: self.key(sku, lot, from),
            to: to.into(),
            qty,
            reason: String::new(),
        };
        self.run("rita", c::move_stock::run, args)
    }

    pub fn key(&self, sku: &str, lot: &str, bin: &str) -> String {
        let detail = self.run("rita", q::sku::run, by(sku)).unwrap();
        let found = detail.keys.iter().find(|k| k.location == bin && k.lot == lot);
        found.unwrap_or_else(|| panic!("no {sku} {lot} in {bin}")).key.clone()
    }

    pub fn on_hand(&self, sku: &str, lot: &str, bin: &str) -> i64 {
        let key = heap(sku, lot, bin);
        self.app.with_store(|store| store.db().on_hand(&key)).unwrap().0.0
    }

    pub fn sellable(&self, sku: &str) -> i64 {
        self.run("rita", q::sku::run, by(sku)).unwrap().row.sellable
    }

    pub fn undo(&self, event_id: &str) -> Result<Done, Problem> {
        let args = c::undo::UndoArgs { event_id: event_id.into(), reason: "slip".into() };
        self.run("rita", c::undo::run, args)
    }

    /// Every invariant, and a rebuild from the log that gives the same state.
    pub fn check(&self) {
        let scratch = self.dir.path().join("scratch.sqlite");
        let verification = self.app.with_store(|store| store.verify(&scratch)).unwrap();
        for check in verification.checks {
            assert_eq!(check.failure, None, "{}", check.name);
        }
    }
}

pub fn by(id: &str) -> app::view::ById {
    app::view::ById { id: id.into() }
}

pub fn heap(sku: &str, lot: &str, bin: &str) -> Key {
    Key {
        sku: Sku::parse(sku).unwrap(),
        lot: LotCode::parse_optional(lot).unwrap(),
        serial: Serial::none(),
        location: LocationCode::parse(bin).unwrap(),
        ..Key::default()
    }
}

fn bodies() -> Vec<Body> {
    let bins = [
        ("DOCK", BinKind::Dock, 0),
        ("A1", BinKind::Pick, 1),
        ("A2", BinKind::Pick, 2),
        ("B1", BinKind::Bulk, 9),
        ("Q1", BinKind::Quarantine, 20),
    ];
    let people = [
        ("rita", Role::Receiver),
        ("carl", Role::Counter),
        ("cora", Role::Counter),
        ("sue", Role::Supervisor),
    ];
    let mut bodies: Vec<Body> = Vec::new();
    bodies.extend(bins.map(|(code, kind, walk)| Body::BinSet { bin: bin(code, kind, walk) }));
    bodies.extend(people.map(|(id, role)| Body::PersonSet { person: person(id, role) }));
    for (sku, tracks, barcode) in
        [("MUG", "", "4006381333931"), ("MILK", "le", "4012345678901"), ("PC", "s", "")]
    {
        bodies.push(Body::ProductSet { product: product(sku, tracks, barcode) });
    }
    let line = |sku: &str, qty| ExpectedLine {
        sku: Sku::parse(sku).unwrap(),
        qty: Qty(qty),
        unit_cost: UnitCost(2_000_000),
    };
    bodies.push(Body::ReceiptExpected {
        receipt: ReceiptId::parse(RECEIPT).unwrap(),
        reference: "PO-1".into(),
        supplier: "ACME".into(),
        expected_on: Timestamp(1_790_000_000_000).day(),
        lines: vec![line("MUG", 10), line("MILK", 20)],
    });
    bodies
}

fn bin(code: &str, kind: BinKind, walk: i64) -> Bin {
    Bin {
        code: LocationCode::parse(code).unwrap(),
        kind,
        zone: code[..1].into(),
        walk,
        capacity: Milliliters(if kind == BinKind::Pick { 20 } else { 1000 }),
        max_weight: Grams(1_000_000),
    }
}

fn person(id: &str, role: Role) -> Person {
    Person {
        id: PersonId(id.into()),
        name: id.to_uppercase(),
        roles: vec![role],
        pin_hash: String::new(),
        active: true,
    }
}

fn product(sku: &str, tracks: &str, barcode: &str) -> Product {
    Product {
        sku: Sku::parse(sku).unwrap(),
        name_en: sku.to_lowercase(),
        name_zh: format!("{sku}货"),
        category: "test".into(),
        barcode: barcode.into(),
        unit: "pc".into(),
        units: Vec::new(),
        weight: Grams(100),
        volume: Milliliters(1),
        removal: Removal::Fifo,
        lot_tracked: tracks.contains('l'),
        expiry_tracked: tracks.contains('e'),
        serial_tracked: tracks.contains('s'),
        supplier: "ACME".into(),
        unit_cost: UnitCost(1_000_000),
        price_minor: 500,
        safety: Qty(0),
        pack: Qty(1),
        moq: Qty(1),
        lead_time_days: 3,
    }
}
