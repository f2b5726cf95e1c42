//! `cargo xtask bench ledger`, second part: what a person waits for on a warehouse with a long
//! history. Every screen's question on a book of the wanted size, and ten thousand order lines sent
//! to their bins.

// A benchmark's product is what it prints, and it must read the clock.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use app::demo::{Scale, make};
use app::{App, Edge};
use domain::{Day, Timestamp};
use serde_json::{Value, json};
use std::time::Instant;
use store::OpenMode;

const LINES: usize = 10_000;
const ASKED: usize = 200;

fn main() {
    let word = std::env::args().nth(1);
    let events: usize = word.map_or(1_000_000, |word| word.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    // A folder named here is kept, so that the same book can be asked again.
    let house = std::env::args().nth(2).map_or(dir.path().join("house"), Into::into);
    let scale = Scale::of_events(events);
    let started = Instant::now();
    if !house.exists() {
        make(&house, 7, morning(), "UTC", scale, &mut |_| {}).unwrap();
    }
    // Other ids than those of an earlier run on the same house.
    let seed = std::fs::metadata(house.join("quayside.sqlite")).unwrap().len();
    let app = App::open_with(&house, Edge::seeded(seed, morning), OpenMode::Durable).unwrap();
    let events = app.with_store(|store| store.db().event_count().unwrap());
    println!("book         {events:>9} events, made in {:.0} s", started.elapsed().as_secs_f64());
    let started = Instant::now();
    let again = App::open(&house).unwrap();
    again.call_as("system", "today", Value::Null).unwrap();
    println!("open + today {:>9.0} ms", started.elapsed().as_secs_f64() * 1e3);
    drop(again);
    screens(&app);
    lines(&app);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
    println!("memory       {peak}");
}

fn morning() -> Timestamp {
    Day::parse("2026-03-10").unwrap().start().plus_seconds(8 * 3600 + 1800)
}

/// Each question as its screen asks it, with another thing each time.
fn screens(app: &App) {
    let page = |sort: &str, n: usize| {
        json!({"search": "", "filter": "all", "sort": sort,
        "descending": false, "offset": n * 60 % 1900, "limit": 60})
    };
    let orders = |view: &str, n: usize| {
        json!({"view": view, "search": "", "sort": "promise",
        "descending": false, "offset": n * 7, "limit": 60})
    };
    let ask = |name: &str, args: Value| app.call_as("system", name, args).unwrap();
    let rows = |name: &str, args: Value| ask(name, args)["rows"].as_array().unwrap().clone();
    let some_orders = rows(
        "orders",
        json!({"view": "all", "search": "", "sort": "number",
        "descending": false, "offset": 3000, "limit": 200}),
    );
    let some_skus = rows(
        "stock_by_sku",
        json!({"search": "", "filter": "all", "sort": "sku",
        "descending": false, "offset": 0, "limit": 200}),
    );
    let order = |n: usize| some_orders[n % some_orders.len()].clone();
    let sku = |n: usize| some_skus[n % some_skus.len()].clone();
    let moves = |n: usize| {
        json!({"key": null, "sku": sku(n)["sku"], "location": null, "lot": null,
        "offset": 0, "limit": 100})
    };
    type Args<'a> = Box<dyn Fn(usize) -> Value + 'a>;
    let questions: Vec<(&str, Args<'_>)> = vec![
        ("today", Box::new(|_| Value::Null)),
        ("status", Box::new(|_| Value::Null)),
        ("orders", Box::new(|n| orders("all", n))),
        ("orders", Box::new(|n| orders("ready", n))),
        ("order", Box::new(|n| json!({"id": order(n)["id"]}))),
        ("waves", Box::new(|_| Value::Null)),
        ("pack_queue", Box::new(|_| Value::Null)),
        ("receipts", Box::new(|_| Value::Null)),
        ("putaway_tasks", Box::new(|_| Value::Null)),
        ("returns", Box::new(|_| Value::Null)),
        ("stock_by_sku", Box::new(|n| page("sku", n))),
        ("stock_by_sku", Box::new(|n| page("value", n))),
        ("sku", Box::new(|n| json!({"id": sku(n)["sku"]}))),
        ("stock_by_bin", Box::new(|n| page("sku", n))),
        ("stock_by_lot", Box::new(|n| page("sku", n))),
        ("moves", Box::new(moves)),
        ("discrepancies", Box::new(|_| Value::Null)),
        ("counts", Box::new(|_| Value::Null)),
        ("count_plan", Box::new(|_| json!({"minutes": 60}))),
        (
            "proposals",
            Box::new(|_| json!({"filter": "open", "search": "", "offset": 0, "limit": 60})),
        ),
        ("proposal", Box::new(|n| json!({"id": sku(n)["sku"]}))),
        ("refills", Box::new(|_| Value::Null)),
        ("dispatch_day", Box::new(|_| Value::Null)),
        ("find", Box::new(|n| json!({"text": sku(n)["name"].as_str().unwrap()[..4]}))),
        ("settings", Box::new(|_| Value::Null)),
    ];
    for (name, args) in questions {
        let mut times: Vec<f64> = (0..ASKED)
            .map(|n| {
                let args = args(n);
                let started = Instant::now();
                ask(name, args);
                started.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!(
            "{name:<14} median {:>8.2} ms  p99 {:>8.2} ms (goal < 16)",
            times[ASKED / 2],
            times[ASKED * 99 / 100]
        );
    }
}

/// Orders of three lines over all SKUs, taken in, put in waves and sent to their bins.
fn lines(app: &App) {
    let skus = app
        .call_as(
            "system",
            "stock_by_sku",
            json!({"search": "", "filter": "all",
        "sort": "available", "descending": true, "offset": 0, "limit": 1500}),
        )
        .unwrap();
    let skus: Vec<&str> =
        skus["rows"].as_array().unwrap().iter().filter_map(|row| row["sku"].as_str()).collect();
    // A house that is used again has had its earlier orders.
    let run = app.with_store(|store| store.db().event_count().unwrap());
    let mut text = "order_id,customer,address,sku,qty\n".to_owned();
    for line in 0..LINES {
        let order = line / 3;
        text += &format!("B{run}-{order},Ann,Main St 1,{},1\n", skus[line % skus.len()]);
    }
    let timed = |what: &str, name: &str, args: Value| {
        let started = Instant::now();
        let answer = app.call_as("system", name, args).unwrap();
        println!("{what:<28} {:>9.0} ms", started.elapsed().as_secs_f64() * 1e3);
        answer
    };
    let import = json!({"kind": "orders", "file_name": "b.csv", "text": text, "dry_run": false});
    timed("take in and promise 10,000", "import_file", import);
    timed(
        "plan a wave of all of them",
        "create_wave",
        json!({"order_ids": [], "max_orders": LINES}),
    );
    let waves = app.call_as("system", "waves", Value::Null).unwrap();
    let planned = waves.as_array().unwrap().iter().find(|wave| wave["state"] == "planned").unwrap();
    let released = timed("allocate (goal < 1000)", "release_wave", json!({"id": planned["id"]}));
    println!("             {}", released["message"]);
}
