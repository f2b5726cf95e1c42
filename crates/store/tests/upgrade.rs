//! A book written by an earlier version opens, is brought up to date and proves itself.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Body, Cause, CountId, Observed, Qty};
use rusqlite::Connection;
use std::path::Path;
use store::OpenMode;

/// What later schemas added is taken away again, as if it had never been there.
fn downgrade_to_1(book: &Path) {
    let conn = Connection::open(book).unwrap();
    conn.execute_batch(
        "ALTER TABLE stock DROP COLUMN picks;
         DROP INDEX event_released; DROP TABLE proof; DROP TABLE van_seen;
         DROP INDEX line_overpicked; DROP INDEX stock_allocated; DROP INDEX orders_placed; DROP INDEX cost_layer_age; DROP TABLE closure;
         CREATE INDEX orders_placed ON orders (placed_at, id);
         DROP INDEX stock_live; DROP INDEX stock_live_sku; DROP INDEX stock_loose;
         DROP INDEX bin_kind; DROP INDEX leg_in; DROP INDEX orders_wave; DROP INDEX receipt_open;
         CREATE INDEX stock_here ON stock (location, sku) WHERE on_hand > 0;
         DROP TABLE sync; DROP TABLE sync_cursor; DROP TABLE incarnation; DROP TABLE unnumbered;
         DROP TABLE chain_gap; DROP TABLE held_event; DROP TABLE quota; DROP TABLE lease;
         DROP TRIGGER event_no_update; DROP INDEX event_number; ALTER TABLE event DROP COLUMN number;
         CREATE TRIGGER event_no_update BEFORE UPDATE ON event
         BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
         PRAGMA user_version = 1;",
    )
    .unwrap();
}

#[test]
fn a_book_of_the_first_schema_keeps_its_state() {
    let mut history = History::default();
    history.add(1, 0, receipt(&sku(1), "A-01", 10));
    history.add(1, 10, transfer(&sku(1), "A-01", "B-01", 3));
    let seen = vec![Observed { key: heap(&sku(1), "A-01"), qty: Qty(6) }];
    let count = CountId::from_bytes(id(8, 1));
    history.add(1, 30, Body::CountPosted { count, watermark: at(20), seen });
    history.add(1, 40, Body::Moved(moved(&sku(1), "A-01", "B-01", 2, Cause::Transfer)));

    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), OpenMode::Durable);
    store.replay(&history.events).unwrap();
    let before = store.db().state_hash().unwrap();
    drop(store);
    let book = folder.path().join("book.db");
    downgrade_to_1(&book);
    let store = open(folder.path(), OpenMode::Durable);
    assert_eq!(store.db().state_hash().unwrap(), before);
    let checks = store.verify(&folder.path().join("scratch")).unwrap().checks;
    let failures: Vec<_> = checks.into_iter().filter_map(|check| check.failure).collect();
    assert_eq!(failures, Vec::<String>::new());
}
