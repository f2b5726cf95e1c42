//! Single cases of events that arrive late or twice: what the books then say.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::{Body, Cause, CountId, Key, Observed, Qty, Serial, WaveId};
use store::{HeapQuery, OpenMode, Store};

fn counted(count: u64, second: i64, key: Key, qty: i64) -> Body {
    Body::CountPosted {
        count: CountId::from_bytes(id(8, count)),
        watermark: at(second),
        seen: vec![Observed { key, qty: Qty(qty) }],
    }
}

fn serial_move(from: &str, to: &str) -> Body {
    let mut m = moved(&sku(1), from, to, 1, Cause::Transfer);
    m.serial = Serial::parse("S-1").unwrap();
    Body::Moved(m)
}

/// The events are written in the order of `history` and arrive in the order of `arrival`.
fn arrive(history: &History, arrival: &[usize]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path(), OpenMode::Bulk);
    for place in arrival {
        store.replay(&history.events[*place..=*place]).unwrap();
    }
    assert_eq!(broken(&store), Vec::<String>::new(), "arrival {arrival:?}");
    (folder, store)
}

fn on_hand(store: &Store, code: &str) -> i64 {
    store.db().on_hand(&heap(&sku(1), code)).unwrap().0.0
}

/// Receive 10 at 0 s, take 3 at `taken` s, count 6 with the watermark at 20 s.
fn receive_take_count(taken: i64) -> History {
    let mut history = History::default();
    history.add(1, 0, receipt(&sku(1), "A-01", 10));
    history.add(2, taken, transfer(&sku(1), "A-01", "B-01", 3));
    history.add(1, 30, counted(1, 20, heap(&sku(1), "A-01"), 6));
    history
}

#[test]
fn a_late_move_that_the_count_saw_leaves_on_hand_as_counted() {
    for arrival in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
        let (_folder, store) = arrive(&receive_take_count(10), &arrival);
        assert_eq!((on_hand(&store, "A-01"), on_hand(&store, "B-01")), (6, 3), "{arrival:?}");
    }
}

#[test]
fn the_watermark_itself_is_covered() {
    let (_folder, store) = arrive(&receive_take_count(20), &[0, 2, 1]);
    assert_eq!(on_hand(&store, "A-01"), 6);
}

#[test]
fn a_move_after_the_count_stands() {
    for arrival in [[0, 1, 2], [0, 2, 1], [1, 2, 0]] {
        let (_folder, store) = arrive(&receive_take_count(25), &arrival);
        assert_eq!((on_hand(&store, "A-01"), on_hand(&store, "B-01")), (3, 3), "{arrival:?}");
    }
}

#[test]
fn an_overdrawn_bin_shows_nothing_and_names_the_difference() {
    let mut history = History::default();
    history.add(1, 0, receipt(&sku(1), "A-01", 3));
    history.add(2, 10, transfer(&sku(1), "A-01", "B-01", 5));
    let (_folder, store) = arrive(&history, &[0, 1]);
    assert_eq!((on_hand(&store, "A-01"), on_hand(&store, "B-01")), (0, 5));
    let query = HeapQuery { only_discrepancies: true, ..HeapQuery::default() };
    let unexplained = store.db().heaps(&query).unwrap();
    assert_eq!(unexplained.len(), 1);
    assert_eq!((unexplained[0].on_hand, unexplained[0].discrepancy), (Qty(0), Qty(-2)));
}

#[test]
fn a_serial_that_leaves_a_third_place_keeps_the_cost_layers_equal_to_stock() {
    let mut history = History::default();
    history.add(1, 0, serial_move("~supplier", "DOCK"));
    history.add(2, 10, serial_move("DOCK", "A-01"));
    history.add(2, 20, serial_move("A-01", "B-01"));
    for arrival in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
        let (_folder, store) = arrive(&history, &arrival);
        let stands = store.db().serial_at(&sku(1), "S-1").unwrap().unwrap();
        assert_eq!(stands.location, place("B-01"), "{arrival:?}");
        let layers = store.db().cost_layers(&sku(1)).unwrap();
        assert_eq!(layers.iter().map(|layer| layer.remaining.0).sum::<i64>(), 1, "{arrival:?}");
    }
}

#[test]
fn one_count_posted_by_two_stations_is_posted_once() {
    let mut history = History::default();
    history.add(1, 0, receipt(&sku(1), "A-01", 10));
    history.add(1, 30, counted(1, 20, heap(&sku(1), "A-01"), 6));
    history.add(2, 31, counted(1, 20, heap(&sku(1), "A-01"), 7));
    for arrival in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
        let (_folder, store) = arrive(&history, &arrival);
        assert_eq!(on_hand(&store, "A-01"), 6, "{arrival:?}: the first posting stands");
    }
}

#[test]
fn two_counts_at_one_instant_do_not_add_up() {
    let mut history = History::default();
    history.add(1, 0, receipt(&sku(1), "A-01", 10));
    history.add(1, 30, counted(1, 20, heap(&sku(1), "A-01"), 6));
    history.add(2, 31, counted(2, 20, heap(&sku(1), "A-01"), 6));
    for arrival in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
        let (_folder, store) = arrive(&history, &arrival);
        assert_eq!(on_hand(&store, "A-01"), 6, "{arrival:?}");
    }
}

#[test]
fn a_count_approved_by_two_stations_names_the_same_person_everywhere() {
    let approved = || Body::CountApproved { count: CountId::from_bytes(id(8, 1)) };
    let mut history = History::default();
    history.add(1, 10, approved());
    history.add(2, 11, approved());
    let (_one, forward) = arrive(&history, &[0, 1]);
    let (_two, backward) = arrive(&history, &[1, 0]);
    assert_eq!(forward.db().state_hash().unwrap(), backward.db().state_hash().unwrap());
}

#[test]
fn an_undone_pick_that_comes_before_its_allocation_keeps_the_heap_allocated() {
    let mut history = History::default();
    let pick = Cause::Pick { line: line_id(1), allocation: allocation_id(1) };
    history.add(1, 0, receipt(&sku(1), "A-01", 5));
    history.add(
        1,
        1,
        Body::Allocated {
            allocation: allocation_id(1),
            wave: WaveId::from_bytes(id(6, 1)),
            line: line_id(1),
            key: heap(&sku(1), "A-01"),
            qty: Qty(2),
        },
    );
    let picked = moved(&sku(1), "A-01", "PACK", 1, pick.clone());
    let picked = history.add(2, 2, Body::Moved(picked));
    let mut undone = moved(&sku(1), "PACK", "A-01", 1, pick);
    undone.reverses = Some(picked);
    history.add(2, 3, Body::Moved(undone));
    for arrival in [[0, 1, 2, 3], [3, 0, 1, 2], [3, 2, 1, 0]] {
        let (_folder, store) = arrive(&history, &arrival);
        let allocated = store.db().on_hand(&heap(&sku(1), "A-01")).unwrap().1;
        assert_eq!(allocated, Qty(2), "{arrival:?}");
    }
}

#[test]
fn a_serial_that_a_count_missed_is_gone_until_it_moves_again() {
    let bin = || Key { serial: Serial::parse("S-1").unwrap(), ..heap(&sku(1), "A-01") };
    let mut history = History::default();
    history.add(1, 0, serial_move("~supplier", "A-01"));
    history.add(2, 30, counted(1, 20, bin(), 0));
    history.add(1, 40, serial_move("B-01", "A-01"));
    for (arrival, expected) in [(&[0, 1][..], 0), (&[1, 0], 0), (&[0, 1, 2], 1), (&[2, 1, 0], 1)] {
        let (_folder, store) = arrive(&history, arrival);
        assert_eq!(store.db().on_hand(&bin()).unwrap().0, Qty(expected), "{arrival:?}");
    }
}
