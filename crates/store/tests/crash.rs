//! A desktop that dies at any moment loses nothing that it has confirmed: the process is killed
//! while it writes, thirty times, and the book must hold every acknowledged event whole. A kill ends the process and not the machine: that a
//! commit also outlives the power rests on SQLite's `synchronous = FULL`.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{EventId, PersonId};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use store::{NewEvent, OpenMode, Store, StoreError};

const KILLS: u64 = 30;
/// Events of one command: all of them are there after a crash, or none.
const BATCH: u64 = 4;
const FOLDER: &str = "QUAYSIDE_CRASH_FOLDER";
const ACKNOWLEDGED: &str = "acknowledged ";

/// The process that is killed: this same binary, which runs this one test with a folder set.
#[test]
fn crash_child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut store = open(Path::new(&folder), OpenMode::Durable);
    let mut out = std::io::stdout();
    // Ends by itself if the parent is gone and nobody reads.
    for _ in 0..100_000 {
        let first = store.db().event_count().unwrap() as u64 + 1;
        write_batch(&mut store, first).unwrap();
        if writeln!(out, "\n{ACKNOWLEDGED}{}", event_id(first)).and_then(|()| out.flush()).is_err()
        {
            return;
        }
    }
}

/// Stock comes in and goes on to a bin, so that several projections change in each commit.
fn write_batch(store: &mut Store, first: u64) -> Result<(), StoreError> {
    let item = sku(first % 5);
    let bodies = [
        receipt(&item, "DOCK", 6),
        transfer(&item, "DOCK", "A-01", 4),
        transfer(&item, "DOCK", "B-01", 2),
        transfer(&item, "A-01", "PACK", 1),
    ];
    let events = (first..)
        .zip(bodies)
        .map(|(number, body)| NewEvent {
            id: event_id(number),
            actor: PersonId("ada".into()),
            body,
        })
        .collect();
    store.write(|tx| tx.record(START, events).map(drop))
}

fn spawn(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash_child", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Reads acknowledgements until `wanted` have come, lets the child run on for `spins` turns of a
/// loop, kills it, and returns everything it had acknowledged by then.
fn kill_after(mut child: Child, wanted: usize, spins: u64) -> Vec<EventId> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = Vec::new();
    let mut read = |acknowledged: &mut Vec<EventId>| {
        let line = lines.next()?;
        let id = line.strip_prefix(ACKNOWLEDGED).and_then(|id| EventId::parse(id).ok());
        acknowledged.extend(id);
        Some(())
    };
    while acknowledged.len() < wanted {
        read(&mut acknowledged).unwrap();
    }
    for turn in 0..spins {
        std::hint::black_box(turn);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What still stands in the pipe was confirmed as well.
    while read(&mut acknowledged).is_some() {}
    acknowledged
}

#[test]
fn every_confirmed_command_survives_a_kill_and_none_is_half_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged: Vec<EventId> = Vec::new();
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    for round in 0..KILLS {
        // Xorshift (Marsaglia 2003): another moment each time, the same ones in each run.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // Up to about 2 ms past the last confirmation, which is longer than one commit takes.
        let child = spawn(folder.path());
        acknowledged.extend(kill_after(
            child,
            1 + (random % 9) as usize,
            (random >> 32) % 4_000_000,
        ));
        let store = open(folder.path(), OpenMode::Durable);
        let count = store.db().event_count().unwrap() as u64;
        assert_eq!(count % BATCH, 0, "round {round}: half a command");
        for id in &acknowledged {
            assert!(store.db().has_event(*id).unwrap(), "round {round}: {id} was confirmed");
        }
        assert!(count >= acknowledged.len() as u64 * BATCH, "round {round}");
        assert_eq!(broken(&store), Vec::<String>::new(), "round {round}");
    }
    let store = Store::open(&folder.path().join("book.db"), OpenMode::Durable, station(0)).unwrap();
    let proof = store.verify(&folder.path().join("scratch.db")).unwrap();
    assert!(proof.ok(), "{:?}", proof.checks);
    assert_eq!(store.station(), station(99), "the book keeps its own station");
}
