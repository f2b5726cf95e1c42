//! `cargo xtask bench ledger`: a million events through the whole path (log, chain, legs, balances,
//! cost layers), beside raw two-legged inserts into SQLite in the same run.

// A benchmark's product is what it prints, and it must read the clock.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use domain::{
    Bin, BinKind, Body, Cause, EventId, Grams, LocationCode, LotCode, Milliliters, Move, PersonId,
    Qty, Serial, Sku, Spot, StationId, Timestamp, UnitCost,
};
use std::time::Instant;
use store::{HeapQuery, NewEvent, OpenMode, SkuQuery, SkuSort, Store, StoreError};

const BATCH: u64 = 1_000;
const SKUS: u64 = 2_000;
const BINS: u64 = 3_000;

/// Batches in a turn: the three take turns, so that whatever else the machine does slows all alike.
const TURN: u64 = 20;

fn main() {
    let words = std::env::args().nth(1);
    let events: u64 = words.map_or(1_000_000, |word| word.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let mut bare = Raw::open(&dir.path().join("bare.sqlite"), BARE, Raw::bare);
    let mut entries = Raw::open(&dir.path().join("entries.sqlite"), ENTRIES, Raw::entry);
    let mut store =
        Store::open(&dir.path().join("book.sqlite"), OpenMode::Durable, station()).unwrap();
    setup(&mut store);
    let mut seconds = [0.0; 3];
    for turn in 0..events / BATCH / TURN {
        let batches = turn * TURN..(turn + 1) * TURN;
        let mut timed = |what: usize, work: &mut dyn FnMut(u64)| {
            let started = Instant::now();
            batches.clone().for_each(work);
            seconds[what] += started.elapsed().as_secs_f64();
        };
        timed(0, &mut |batch| bare.batch(batch));
        timed(1, &mut |batch| entries.batch(batch));
        timed(2, &mut |batch| record(&mut store, batch));
    }
    let [bare, entries, full] = seconds.map(|seconds| events as f64 / seconds);
    println!("full path    {full:>9.0} events/s (durable, batches of {BATCH})");
    println!("raw entries  {entries:>9.0} /s: an event by its id, two legs, two balances");
    println!("bare rows    {bare:>9.0} /s: an event and two legs, no key but the row number");
    println!("ratio        {:>9.2} to raw entries (goal 0.33)", full / entries);
    println!("ratio        {:>9.2} to bare rows", full / bare);
    queries(&store);
    let checks = store.db().check_invariants().unwrap();
    let bad: Vec<_> = checks.iter().filter(|check| check.failure.is_some()).collect();
    println!(
        "invariants   {}",
        if bad.is_empty() { "hold".to_owned() } else { format!("{bad:?}") }
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
    println!("memory       {peak}");
}

fn station() -> StationId {
    StationId::from_bytes([7; 16])
}

fn record(store: &mut Store, batch: u64) {
    let news = (0..BATCH).map(|n| event(batch * BATCH + n)).collect();
    let now = Timestamp(1_700_000_000_000 + batch as i64);
    store
        .write(|tx| tx.record(now, news).map(|_| ()))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

const BARE: &str = "
    CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    CREATE TABLE leg (id INTEGER PRIMARY KEY, event INTEGER NOT NULL, heap INTEGER NOT NULL,
        qty INTEGER NOT NULL) STRICT;";

const ENTRIES: &str = "
    CREATE TABLE event (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
    CREATE TABLE leg (heap INTEGER NOT NULL, event INTEGER NOT NULL, qty INTEGER NOT NULL,
        PRIMARY KEY (heap, event)) STRICT, WITHOUT ROWID;
    CREATE TABLE balance (heap INTEGER PRIMARY KEY, qty INTEGER NOT NULL) STRICT;";

/// What SQLite does with rows alone, as durably as the book.
struct Raw {
    conn: rusqlite::Connection,
    body: String,
    insert: fn(&Raw, i64),
}

impl Raw {
    fn open(path: &std::path::Path, tables: &str, insert: fn(&Raw, i64)) -> Raw {
        let conn = rusqlite::Connection::open(path).unwrap();
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;",
        )
        .unwrap();
        conn.execute_batch(tables).unwrap();
        Raw { conn, body: serde_json::to_string(&event(5).body).unwrap(), insert }
    }

    fn batch(&mut self, batch: u64) {
        self.conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        (0..BATCH).for_each(|n| (self.insert)(self, (batch * BATCH + n) as i64));
        self.conn.execute_batch("COMMIT").unwrap();
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) {
        self.conn.prepare_cached(sql).unwrap().execute(values).unwrap();
    }

    fn bare(&self, n: i64) {
        self.run("INSERT INTO event (id, body) VALUES (?1, ?2)", rusqlite::params![n, self.body]);
        for qty in [-1, 1] {
            let leg = [n, heaps(n)[usize::from(qty > 0)], qty];
            self.run("INSERT INTO leg (event, heap, qty) VALUES (?1, ?2, ?3)", leg);
        }
    }

    fn entry(&self, n: i64) {
        let id = (n as u128).to_be_bytes();
        let values = rusqlite::params![n, id.as_slice(), self.body];
        self.run("INSERT INTO event (seq, id, body) VALUES (?1, ?2, ?3)", values);
        for qty in [-1, 1] {
            let heap = heaps(n)[usize::from(qty > 0)];
            self.run("INSERT INTO leg (event, heap, qty) VALUES (?1, ?2, ?3)", [n, heap, qty]);
            self.run(
                "INSERT INTO balance (heap, qty) VALUES (?1, ?2)
                 ON CONFLICT (heap) DO UPDATE SET qty = qty + excluded.qty",
                [heap, qty],
            );
        }
    }
}

/// The heaps of the same moves as `event` makes: supplier, home, next, scrap of one SKU.
fn heaps(n: i64) -> [i64; 2] {
    let sku = n / 4 * 7919 % SKUS as i64 * 4;
    match n % 4 {
        0 => [sku, sku + 1],
        1 => [sku + 1, sku + 2],
        2 => [sku + 2, sku + 1],
        _ => [sku + 1, sku + 3],
    }
}

fn setup(store: &mut Store) {
    let bins = (0..BINS).map(|n| NewEvent {
        id: EventId::from_bytes((u128::from(n) + (1 << 100)).to_be_bytes()),
        actor: PersonId("bench".into()),
        body: Body::BinSet {
            bin: Bin {
                code: bin(n),
                kind: BinKind::Pick,
                zone: "A".into(),
                walk: n as i64,
                capacity: Milliliters(100_000),
                max_weight: Grams(100_000),
            },
        },
    });
    let events: Vec<NewEvent> = bins.collect();
    store
        .write(|tx| tx.record(Timestamp(1_600_000_000_000), events).map(|_| ()))
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

fn bin(n: u64) -> LocationCode {
    LocationCode::parse(&format!("B-{:04}", n % BINS)).unwrap()
}

/// One receipt in four, the rest moves between bins and out of the house.
fn event(n: u64) -> NewEvent {
    let heap = n / 4;
    let sku = Sku::parse(&format!("SKU-{:05}", heap * 7919 % SKUS)).unwrap();
    let home = bin(heap * 7919 % SKUS);
    let next = bin(heap * 7919 % SKUS + 1);
    let (from, to, qty, cause) = match n % 4 {
        0 => {
            let cause = Cause::Receipt { receipt: None, unit_cost: UnitCost(1_250_000) };
            (LocationCode::supplier(), home, 12, cause)
        }
        1 => (home, next, 6, Cause::Transfer),
        2 => (next, home, 3, Cause::Transfer),
        _ => (home, LocationCode::scrap(), 8, Cause::Scrap),
    };
    NewEvent {
        id: EventId::from_bytes((u128::from(n) + 1).to_be_bytes()),
        actor: PersonId("bench".into()),
        body: Body::Moved(Move {
            sku,
            lot: LotCode::none(),
            serial: Serial::none(),
            owner: String::new(),
            from: Spot::at(from),
            to: Spot::at(to),
            qty: Qty(qty),
            cause,
            reason: String::new(),
            reverses: None,
        }),
    }
}

/// The questions behind the stock screens, a thousand times each.
fn queries(store: &Store) {
    let db = store.db();
    let mut times: Vec<(f64, &str)> = Vec::new();
    for n in 0..1000u64 {
        let sku = format!("SKU-{:05}", n * 31 % SKUS);
        let page = SkuQuery {
            search: "",
            filter: "all",
            expiring_until: 0,
            sort: SkuSort::Sku,
            descending: false,
            offset: 0,
            limit: 60,
        };
        let by_sku = HeapQuery { sku: Some(&sku), ..HeapQuery::default() };
        let mut timed = |what, ask: &dyn Fn()| {
            let started = Instant::now();
            ask();
            times.push((started.elapsed().as_secs_f64() * 1e3, what));
        };
        timed("heaps of a SKU", &|| drop(db.heaps(&by_sku).unwrap()));
        timed("page of SKUs", &|| drop(db.sku_page(&page).unwrap()));
        timed("moves of a SKU", &|| drop(db.legs_where(Some(&sku), None, None, 0, 50).unwrap()));
        timed("page of bins", &|| drop(db.bin_page("", "all", n as i64, 60).unwrap()));
    }
    for what in ["heaps of a SKU", "page of SKUs", "moves of a SKU", "page of bins"] {
        let mut own: Vec<f64> = times.iter().filter(|(_, w)| *w == what).map(|(t, _)| *t).collect();
        own.sort_by(f64::total_cmp);
        println!("p99          {:>9.2} ms  {what} (goal < 16)", own[own.len() * 99 / 100]);
    }
}
