//! Our own desktops and server: durable commits, hash chains, signatures and the full ledger on
//! each of the three.

use crate::real::proxy::Proxy;
use crate::real::roles::{Again, spawn_replica};
use crate::real::storm::{free_port, wait};
use app::lang::Lang;
use app::syncing::LinkState;
use app::{App, SYSTEM};
use domain::measure::{Grams, Milliliters};
use domain::{
    Bin, BinKind, Body, Cause, LocationCode, LotCode, Move, Qty, Serial, Sku, Spot, UnitCost,
};
use link::Wire;
use serde_json::{Value, json};
use server::AdminCommand;
use server::log::Log;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SKUS: u64 = 500;
const BINS: u64 = 400;
/// Recorded one by one, as people do; the rest in hundreds.
const ONE_BY_ONE: usize = 2_000;

pub struct Desk {
    pub app: Arc<App>,
    _wire: Option<Wire>,
}

impl Desk {
    pub fn enrolled(dir: &Path, url: &str, code: &str) -> Desk {
        let app = Arc::new(App::open(dir).unwrap());
        let wire = Some(link::start(app.clone()));
        wait("enrolled", || {
            let _ = app.call_as(SYSTEM, "enroll", json!({"url": url, "code": code}));
            std::thread::sleep(Duration::from_millis(200));
            app.is_enrolled()
        });
        wait("online", || app.link.state() == LinkState::Online);
        Desk { app, _wire: wire }
    }

    /// The wire hands its wishes over once, so a desk that goes on is opened anew.
    fn again(self, online: bool) -> Desk {
        let dir = self.app.dir().to_owned();
        drop(self);
        let app = Arc::new(App::open(&dir).unwrap());
        let wire = online.then(|| link::start(app.clone()));
        Desk { app, _wire: wire }
    }

    pub fn record(&self, bodies: Vec<Body>) {
        let work = |ctx: &app::ctx::Ctx<'_>| ctx.write(|w| Ok(w.record_all(bodies.clone())?));
        self.app.as_person(SYSTEM, Lang::En, work).unwrap();
    }

    pub fn only_here(&self) -> i64 {
        self.app.call_as(SYSTEM, "server", json!({})).unwrap()["only_here"].as_i64().unwrap()
    }
}

/// How long it took until the second desktop had all that the first had recorded.
pub fn run(again: Again, events: usize) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let [hub, a, b] = ["hub", "a", "b"].map(|name| folder.path().join(name));
    std::fs::create_dir(&hub).unwrap();
    let codes = codes(&hub);
    let port = free_port();
    let mut server = spawn_replica(again, &hub, None, port);
    let (line_a, line_b) = (Proxy::to(&[port]), Proxy::to(&[port]));
    let a = Desk::enrolled(&a, &line_a.url(), &codes[0]);
    a.record(opening());
    wait("sent", || a.only_here() == 0);
    let b = Desk::enrolled(&b, &line_b.url(), &codes[1]);
    // A desktop that has something of its own folds the log and takes no snapshot.
    b.record(vec![Body::SettingSet { name: "note".into(), value: "b".into() }]);
    wait("agreed", || b.only_here() == 0 && a.app.cursor().unwrap() == b.app.cursor().unwrap());
    let (a, b) = (a.again(false), b.again(false));
    work(&a, events);

    let before = line_a.bytes();
    let started = Instant::now();
    let a = a.again(true);
    wait_quick(|| a.only_here() == 0);
    let push = started.elapsed();
    println!("events to the server        {:>7.1} s", push.as_secs_f64());
    per_event("  bytes an event", before, line_a.bytes(), events);
    wait("numbered", || a.app.cursor().unwrap().seq >= events as i64);
    let head = a.app.cursor().unwrap();

    let before = line_b.bytes();
    let started = Instant::now();
    let b = b.again(true);
    wait_quick(|| b.app.cursor().unwrap() == head);
    let pull = started.elapsed();
    println!("events to another desktop   {:>7.1} s", pull.as_secs_f64());
    per_event("  bytes an event", before, line_b.bytes(), events);

    let b = idle(b, &line_b);
    let state = |desk: &Desk| {
        let proof = desk.app.call_as(SYSTEM, "verify", Value::Null).unwrap();
        assert_eq!(proof["ok"], true, "{proof}");
        proof["state_hash"].clone()
    };
    assert_eq!(state(&a), state(&b));
    println!("in all                      {:>7.1} s; both books verified, one state", {
        (push + pull).as_secs_f64()
    });
    drop((a, b));
    server.kill().unwrap();
    server.wait().unwrap();
    push + pull
}

fn codes(hub: &Path) -> [String; 2] {
    let mut log = Log::embedded(hub).unwrap();
    let mut admin = |command| {
        let mut out = Vec::new();
        server::administer(&mut log, command, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim().to_owned()
    };
    admin(AdminCommand::Site { id: "north".into(), name: "North".into() });
    let site = || "north".to_owned();
    ["a", "b"].map(|name| {
        let (site, name) = (site(), name.to_owned());
        admin(AdminCommand::Code { site, name, not: Vec::new(), days: 1 })
    })
}

/// Moves from bin to bin, confirmed durably before the next.
fn work(desk: &Desk, events: usize) {
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut moves = (0..events).map(|_| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        Body::Moved(carry(random % SKUS, (random >> 16) % BINS))
    });
    let mut confirms: Vec<f64> = (0..ONE_BY_ONE.min(events))
        .map(|_| {
            let body = moves.next().unwrap();
            let started = Instant::now();
            desk.record(vec![body]);
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    confirms.sort_by(f64::total_cmp);
    let at = |share: usize| confirms[confirms.len() * share / 100];
    println!(
        "confirmed on the desktop    {:>7.1} ms median, {:.1} ms p99 (goal 20)",
        at(50),
        at(99)
    );
    loop {
        let some: Vec<Body> = moves.by_ref().take(100).collect();
        if some.is_empty() {
            break;
        }
        desk.record(some);
    }
}

fn per_event(what: &str, before: (u64, u64), after: (u64, u64), events: usize) {
    let (up, down) = (after.0 - before.0, after.1 - before.1);
    let per = |bytes: u64| bytes as f64 / events as f64;
    println!("{what:<27} {:>7.1} up, {:.1} down (goal 100)", per(up), per(down));
}

/// A desktop that has nothing to say and nothing to hear greets the server again.
fn idle(desk: Desk, line: &Proxy) -> Desk {
    let desk = desk.again(false);
    let before = line.bytes();
    let started = Instant::now();
    let desk = desk.again(true);
    wait_quick(|| desk.app.link.state() == LinkState::Online);
    let took = started.elapsed();
    std::thread::sleep(Duration::from_millis(500));
    let after = line.bytes();
    println!(
        "idle resync                 {:>7.0} ms, {} bytes up, {} down: the line and one greeting",
        took.as_secs_f64() * 1e3,
        after.0 - before.0,
        after.1 - before.1
    );
    desk
}

fn wait_quick(mut done: impl FnMut() -> bool) {
    while !done() {
        std::thread::sleep(Duration::from_millis(20));
    }
}

pub fn opening() -> Vec<Body> {
    let (capacity, max_weight) = (Milliliters(1_000_000), Grams(1_000_000));
    let mut bodies: Vec<Body> = (0..BINS)
        .map(|number| {
            let (code, zone) = (bin(number), "A".to_owned());
            let kind = BinKind::Pick;
            Body::BinSet {
                bin: Bin { code, kind, zone, walk: number as i64, capacity, max_weight },
            }
        })
        .collect();
    for number in 0..SKUS {
        let product = json!({
            "sku": sku(number), "name_en": "Mug", "name_zh": "杯子", "category": "Kitchen",
            "barcode": "", "unit": "each", "weight": 300, "volume": 900, "supplier": "Potters",
            "unit_cost": 2_000_000, "price_minor": 500, "pack": 1, "moq": 1, "lead_time_days": 3,
        });
        bodies.push(Body::ProductSet { product: serde_json::from_value(product).unwrap() });
        let from = Spot::at(LocationCode::supplier());
        let cause = Cause::Receipt { receipt: None, unit_cost: UnitCost(2_000_000) };
        let qty = Qty(1_000_000);
        bodies.push(Body::Moved(Move { from, to: home(number), qty, cause, ..carry(number, 0) }));
    }
    bodies
}

fn carry(number: u64, to: u64) -> Move {
    Move {
        sku: sku(number),
        lot: LotCode::default(),
        serial: Serial::default(),
        owner: String::new(),
        from: home(number),
        to: Spot::at(bin(if to == number % BINS { to + 1 } else { to })),
        qty: Qty(1 + (to % 6) as i64),
        cause: Cause::Transfer,
        reason: String::new(),
        reverses: None,
    }
}

pub fn sku(number: u64) -> Sku {
    Sku::parse(&format!("SKU-{number:04}")).unwrap()
}

fn home(number: u64) -> Spot {
    Spot::at(bin(number))
}

fn bin(number: u64) -> LocationCode {
    let number = number % BINS;
    LocationCode::parse(&format!("A-{:02}-{}", number / 10, number % 10)).unwrap()
}
