//! How many events a second each backend appends, durably: one writer and eight, in batches of one
//! and of a hundred. `cargo run --release --example log_bench`.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/common/postgres.rs"]
mod database;

use domain::{EventId, Hlc, PersonId, StationId, Timestamp};
use server::log::{CentralLog, Embedded, Postgres};
use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};
use sync::{Append, Appended, Envelope, Grant, Hash, Head, Item, Offer, SiteId};

const SPAN: Duration = Duration::from_secs(3);
/// About what a recorded move is.
const BODY: &str = r#"{"kind":"moved","sku":"SKU-000123","lot":"L-2026-07","from":"A-01-02","to":"P-07-01","qty":12,"reason":"putaway","cause":{"receipt":"0197c0de-0000-7000-8000-000000000001"}}"#;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = Embedded::open(folder.path()).unwrap();
    let server = database::Server::start(&[]);
    let postgres = Postgres::open(&server.database()).unwrap();
    println!("backend    writers  batch  batches/s  events/s");
    for (writers, batch) in [(1, 1), (1, 100), (8, 1), (8, 100)] {
        row("SQLite", &embedded, writers, batch);
        row("PostgreSQL", &postgres, writers, batch);
    }
}

fn row<L: CentralLog + Clone>(name: &str, log: &L, writers: u8, batch: usize) {
    let site = SiteId(format!("{writers}-{batch}"));
    log.clone().add_site(&site, "bench").unwrap();
    let begin = Instant::now();
    let batches: usize = thread::scope(|threads| {
        let working: Vec<_> = (0..writers)
            .map(|number| {
                let (mut log, site) = (log.clone(), site.clone());
                threads.spawn(move || write(&mut log, &site, number, batch))
            })
            .collect();
        working.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    let seconds = begin.elapsed().as_secs_f64();
    let rate = batches as f64 / seconds;
    println!("{name:<10} {writers:>7} {batch:>6} {rate:>10.0} {:>9.0}", rate * batch as f64);
}

/// Batches that one station appended in the span.
fn write<L: CentralLog>(log: &mut L, site: &SiteId, number: u8, batch: usize) -> usize {
    let named = Hash::of(format!("{}-{number}", site.0).as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&named.0[..16]);
    let station = StationId::from_bytes(id);
    let grant = Grant { site: site.clone(), not: BTreeSet::new() };
    let offer = Offer { grant, expires: Timestamp(9), used_by: None };
    log.add_code(named, "bench", &offer).unwrap();
    log.redeem(named, station, [number; 32], Timestamp(1)).unwrap().unwrap();
    let (mut head, mut batches) = (Head::default(), 0);
    let begin = Instant::now();
    while begin.elapsed() < SPAN {
        let (from, mut items) = (Some(head), Vec::with_capacity(batch));
        for _ in 0..batch {
            id[8..].copy_from_slice(&(head.seq + 1).to_be_bytes());
            let (event, at) = (EventId::from_bytes(id), Hlc(head.seq));
            let event =
                Envelope::chain(head, station, event, at, PersonId("ada".into()), BODY.into());
            head = event.head();
            items.push(Item::Fresh(event));
        }
        let append = Append { site: site.clone(), station, from, to: head, items };
        assert_eq!(log.append(&append).unwrap(), Appended::Yes);
        batches += 1;
    }
    batches
}
