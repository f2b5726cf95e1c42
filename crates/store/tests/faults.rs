//! What the store says when the file or the events are wrong, and that nothing half-done stays.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Body, PersonId, Qty, WaveId};
use std::fs;
use std::path::{Path, PathBuf};
use store::{NewEvent, OpenMode, Store, StoreError};

/// Of SQLite's default page.
const PAGE_BYTES: usize = 4096;
/// Where `user_version` stands in the header: a big-endian u32 (SQLite file format, 1.3).
const USER_VERSION: std::ops::Range<usize> = 60..64;

fn try_open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, OpenMode::Durable, station(99))
}

/// A closed book with a few moves in it, so that the file alone holds everything.
fn closed_book(folder: &Path) -> PathBuf {
    let mut store = open(folder, OpenMode::Durable);
    store.replay(&some_history().events).unwrap();
    folder.join("book.db")
}

fn some_history() -> History {
    let mut history = History::default();
    for second in 0..40 {
        let mut body = receipt(&sku(1), "A-01", 2);
        if let Body::Moved(m) = &mut body {
            m.reason = format!("delivery note {second}");
        }
        history.add(1, second, body);
    }
    history
}

/// `Some` when opening or verifying tells that the book is damaged.
fn damage_told(path: &Path) -> Option<String> {
    let scratch = path.with_extension("scratch");
    match try_open(path).and_then(|store| store.verify(&scratch)) {
        Ok(proof) => {
            proof.checks.iter().find_map(|c| Some(format!("{}: {:?}", c.name, c.failure.as_ref()?)))
        }
        Err(error) => Some(error.to_string()),
    }
}

/// Runs `attempt` and checks that the book is as it was before.
fn refused(
    store: &mut Store,
    attempt: impl FnOnce(&mut Store) -> Option<StoreError>,
) -> StoreError {
    let before = (store.db().event_count().unwrap(), store.db().state_hash().unwrap());
    let error = attempt(store).unwrap();
    let after = (store.db().event_count().unwrap(), store.db().state_hash().unwrap());
    assert_eq!(before, after, "{error}");
    error
}

fn record(store: &mut Store, number: u64, body: Body) -> Result<(), StoreError> {
    let actor = PersonId("ada".into());
    store.write(|tx| {
        tx.record(START, vec![NewEvent { id: event_id(number), actor, body }]).map(drop)
    })
}

#[test]
fn a_file_that_is_no_database_is_called_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    fs::write(&path, b"these are not the books ".repeat(500)).unwrap();
    assert!(matches!(try_open(&path), Err(StoreError::Corrupt(_))));
}

#[test]
fn a_spoiled_page_is_found_wherever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_book(folder.path());
    let whole = fs::read(&path).unwrap();
    assert_eq!(damage_told(&path), None);
    for page in 0..whole.len() / PAGE_BYTES {
        let mut spoiled = whole.clone();
        spoiled[page * PAGE_BYTES..][..PAGE_BYTES].fill(0xa5);
        fs::write(&path, spoiled).unwrap();
        assert!(damage_told(&path).is_some(), "page {page}");
    }
}

#[test]
fn a_file_cut_short_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_book(folder.path());
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(damage_told(&path).is_some());
}

#[test]
fn one_changed_letter_in_the_log_breaks_its_hash_chain() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_book(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    let word = b"delivery note 17";
    let at = bytes.windows(word.len()).position(|w| w == word).unwrap();
    bytes[at] = b'D';
    fs::write(&path, bytes).unwrap();
    let told = damage_told(&path).unwrap();
    assert!(told.starts_with("hash chains"), "{told}");
}

#[test]
fn a_changed_balance_differs_from_its_moves_and_from_the_rebuilt_book() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_book(folder.path());
    let direct = rusqlite::Connection::open(&path).unwrap();
    direct.execute("UPDATE stock SET raw = raw + 1, on_hand = on_hand + 1", []).unwrap();
    drop(direct);
    let proof = try_open(&path).unwrap().verify(&folder.path().join("scratch.db")).unwrap();
    let failed: Vec<&str> =
        proof.checks.iter().filter(|c| c.failure.is_some()).map(|c| &c.name[..2]).collect();
    assert!(failed.contains(&"I2") && failed.contains(&"I8"), "{failed:?}");
}

#[test]
fn a_book_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_book(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    bytes[USER_VERSION].copy_from_slice(&99u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(try_open(&path), Err(StoreError::NewerSchema { found: 99, .. })));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_folder_in_place_of_the_file_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(try_open(folder.path()), Err(StoreError::ReadOnly)));
}

#[test]
fn a_file_in_place_of_the_folder_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data");
    fs::write(&file, b"").unwrap();
    assert!(matches!(try_open(&file.join("book.db")), Err(StoreError::ReadOnly)));
}

#[test]
fn one_id_with_two_contents_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), OpenMode::Durable);
    let mut history = some_history();
    store.replay(&history.events).unwrap();
    history.add(1, 50, receipt(&sku(1), "A-01", 1));
    history.events[3].body = receipt(&sku(1), "A-01", 3);
    // The good event goes first, so that the refusal has something to undo.
    history.events.rotate_right(1);
    let error = refused(&mut store, |store| store.replay(&history.events).err());
    assert!(matches!(error, StoreError::SameIdOtherContent { .. }), "{error}");
}

#[test]
fn an_own_id_used_again_is_done_already_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), OpenMode::Durable);
    record(&mut store, 1, receipt(&sku(1), "A-01", 5)).unwrap();
    record(&mut store, 1, receipt(&sku(1), "A-01", 5)).unwrap();
    assert_eq!(store.db().event_count().unwrap(), 1);
    let other = receipt(&sku(1), "A-01", 6);
    let error = refused(&mut store, |store| record(store, 1, other).err());
    assert!(matches!(error, StoreError::SameIdOtherContent { .. }), "{error}");
}

#[test]
fn a_station_that_numbers_two_events_alike_is_a_fork() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), OpenMode::Durable);
    let mut history = some_history();
    store.replay(&history.events).unwrap();
    history.add(2, 50, receipt(&sku(1), "A-01", 1));
    history.add(1, 51, receipt(&sku(1), "A-01", 1));
    history.events.last_mut().unwrap().station_seq = 7;
    let error = refused(&mut store, |store| store.replay(&history.events).err());
    assert!(matches!(error, StoreError::Fork { station_seq: 7, .. }), "{error}");
}

#[test]
fn a_command_that_breaks_an_invariant_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), OpenMode::Durable);
    record(&mut store, 1, receipt(&sku(1), "A-01", 5)).unwrap();
    let too_much = Body::Allocated {
        allocation: allocation_id(1),
        wave: WaveId::from_bytes(id(6, 1)),
        line: line_id(1),
        key: heap(&sku(1), "A-01"),
        qty: Qty(6),
    };
    let error = refused(&mut store, |store| record(store, 2, too_much).err());
    assert!(matches!(error, StoreError::Invariant { .. }), "{error}");
    record(&mut store, 3, receipt(&sku(1), "B-07", 1)).unwrap();
    assert_eq!(broken(&store), Vec::<String>::new());
}

#[test]
fn events_are_immutable_even_to_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_book(folder.path());
    let direct = rusqlite::Connection::open(&path).unwrap();
    for sql in ["UPDATE event SET body = '{}' WHERE seq = 1", "DELETE FROM event WHERE seq = 40"] {
        let error = direct.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("events are immutable"), "{sql}: {error}");
    }
}
