//! A desktop with its wire.

use app::ctx::Ctx;
use app::lang::Lang;
use app::{App, SYSTEM};
use domain::measure::{Grams, Milliliters};
use domain::{
    Bin, BinKind, Body, Cause, Condition, LocationCode, LotCode, Move, Product, Qty, Serial, Sku,
    Spot, UnitCost,
};
use link::Wire;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub struct Desktop {
    pub app: Arc<App>,
    wire: Option<Wire>,
    _dir: TempDir,
}

impl Desktop {
    pub fn enrolled(url: &str, code: &str) -> Desktop {
        let desktop = Desktop::asking(url, code);
        wait("enrolled", || desktop.app.is_enrolled());
        desktop
    }

    /// Asks for a place and does not wait for the answer.
    pub fn asking(url: &str, code: &str) -> Desktop {
        Desktop::asking_at(tempfile::tempdir().unwrap(), url, code)
    }

    /// The desktop whose book is in this folder already.
    pub fn asking_at(dir: TempDir, url: &str, code: &str) -> Desktop {
        let app = Arc::new(App::open(dir.path()).unwrap());
        let wire = Some(link::start(app.clone()));
        app.call_as(SYSTEM, "enroll", json!({"url": url, "code": code})).unwrap();
        Desktop { app, wire, _dir: dir }
    }

    /// What stands in this folder, with the cable in.
    pub fn open(dir: TempDir) -> Desktop {
        let app = Arc::new(App::open(dir.path()).unwrap());
        let wire = Some(link::start(app.clone()));
        Desktop { app, wire, _dir: dir }
    }

    pub fn trouble(&self) -> String {
        self.ask("server", json!({}))["trouble"].as_str().unwrap().to_owned()
    }

    pub fn cable_out(&mut self) {
        self.wire = None;
    }

    /// Starts the program again, with the cable in.
    pub fn cable_in(self) -> Desktop {
        let Desktop { app, wire, _dir } = self;
        drop((wire, app));
        Desktop::open(_dir)
    }

    pub fn ask(&self, name: &str, args: Value) -> Value {
        self.app.call_as(SYSTEM, name, args).unwrap()
    }

    pub fn only_here(&self) -> i64 {
        self.ask("server", json!({}))["only_here"].as_i64().unwrap()
    }

    pub fn site_events(&self) -> i64 {
        self.ask("server", json!({}))["site_events"].as_i64().unwrap()
    }

    /// The server has everything of this desktop.
    pub fn wait_sent(&self) {
        wait("sent", || self.only_here() == 0 && self.site_events() > 0);
    }

    pub fn hash(&self) -> String {
        let verify = self.ask("verify", json!({}));
        assert_eq!(verify["ok"], true, "{verify}");
        verify["state_hash"].as_str().unwrap().to_owned()
    }

    pub fn write(&self, bodies: Vec<Body>) {
        self.app
            .as_person(SYSTEM, Lang::En, |ctx: &Ctx<'_>| {
                ctx.write(|w| Ok(w.record_all(bodies.clone())?))
            })
            .unwrap();
    }

    /// A product, a dock, a pick face, and `qty` units on it.
    pub fn furnish(&self, sku: &str, qty: i64) {
        let bins = [("DOCK-1", BinKind::Dock), ("PACK-1", BinKind::Pack), ("A-01", BinKind::Pick)];
        let mut bodies: Vec<Body> =
            bins.into_iter().map(|(code, kind)| Body::BinSet { bin: bin(code, kind) }).collect();
        bodies.push(Body::ProductSet { product: product(sku) });
        bodies.push(Body::Moved(receipt(sku, qty)));
        self.write(bodies);
    }

    pub fn lent(&self, sku: &str) -> i64 {
        let sku = Sku::parse(sku).unwrap();
        let look = |ctx: &Ctx<'_>| {
            ctx.read(|db| {
                let quota = db.quota(&sku)?;
                Ok((quota.granted - quota.spent - quota.returned).0)
            })
        };
        self.app.as_person(SYSTEM, Lang::En, look).unwrap()
    }

    pub fn promised(&self, sku: &str) -> i64 {
        let sku = Sku::parse(sku).unwrap();
        let look = |ctx: &Ctx<'_>| ctx.read(|db| Ok(db.sku_total(&sku)?.unwrap().reserved.0));
        self.app.as_person(SYSTEM, Lang::En, look).unwrap()
    }

    pub fn available(&self, sku: &str) -> i64 {
        let sku = Sku::parse(sku).unwrap();
        let look = |ctx: &Ctx<'_>| ctx.read(|db| Ok(db.sku_total(&sku)?.unwrap().available.0));
        self.app.as_person(SYSTEM, Lang::En, look).unwrap()
    }
}

pub fn wait(what: &str, mut done: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < until, "not {what} within a minute");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn at(code: &str) -> LocationCode {
    LocationCode::parse(code).unwrap()
}

fn bin(code: &str, kind: BinKind) -> Bin {
    let (capacity, max_weight) = (Milliliters(1_000_000), Grams(1_000_000));
    Bin { code: at(code), kind, zone: "A".into(), walk: 1, capacity, max_weight }
}

fn product(sku: &str) -> Product {
    let text = json!({
        "sku": sku, "name_en": "Mug", "name_zh": "杯子", "category": "Kitchen", "barcode": "",
        "unit": "each", "weight": 300, "volume": 900, "supplier": "Potters",
        "unit_cost": 2_000_000, "price_minor": 500, "pack": 1, "moq": 1, "lead_time_days": 3,
    });
    serde_json::from_value(text).unwrap()
}

pub fn receipt(sku: &str, qty: i64) -> Move {
    Move {
        sku: Sku::parse(sku).unwrap(),
        lot: LotCode::default(),
        serial: Serial::default(),
        owner: String::new(),
        from: Spot::at(LocationCode::supplier()),
        to: Spot::at(at("A-01")),
        qty: Qty(qty),
        cause: Cause::Receipt { receipt: None, unit_cost: UnitCost(2_000_000) },
        reason: String::new(),
        reverses: None,
    }
}

/// `qty` units picked out of the bin for nobody: what a pick does to the stock.
pub fn scrap(sku: &str, qty: i64) -> Move {
    let scrap = Spot { condition: Condition::Good, ..Spot::at(LocationCode::scrap()) };
    Move { from: Spot::at(at("A-01")), to: scrap, cause: Cause::Scrap, ..receipt(sku, qty) }
}

pub fn on_hand(desktop: &Desktop, sku: &str) -> i64 {
    let sku = Sku::parse(sku).unwrap();
    let look =
        |ctx: &Ctx<'_>| ctx.read(|db| Ok(db.sku_total(&sku)?.map_or(0, |total| total.on_hand.0)));
    desktop.app.as_person(SYSTEM, Lang::En, look).unwrap()
}
