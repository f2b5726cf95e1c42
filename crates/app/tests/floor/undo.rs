//! Undo puts everything back, once, and only while nothing rests on it.

use crate::house::{House, by};
use app::commands as c;
use app::queries as q;
use app::view::Nothing;

#[test]
fn each_move_can_be_undone_once() {
    let house = House::new();
    house.stock("MUG", 10, "", "A1");
    let received = house.receive("MUG", 5, "", &[]).unwrap();
    let moved = house.carry("MUG", "", "A1", "A2", 4).unwrap();
    let args =
        c::scrap::ScrapArgs { key: house.key("MUG", "", "A1"), qty: 1, reason: "broken".into() };
    let scrapped = house.run("rita", c::scrap::run, args).unwrap();
    assert_eq!(house.on_hand("MUG", "", "A1"), 5);

    let last = house.run("rita", q::last_undo::run, Nothing {}).unwrap();
    assert_eq!(last.event_id.as_deref(), Some(scrapped.event_ids[0].as_str()));
    for done in [&scrapped, &moved, &received] {
        house.undo(&done.event_ids[0]).unwrap();
        assert_eq!(house.undo(&done.event_ids[0]).unwrap_err().code, "already_undone");
    }
    assert_eq!(house.on_hand("MUG", "", "A1"), 10);
    assert_eq!(house.on_hand("MUG", "", "A2"), 0);
    assert_eq!(house.on_hand("MUG", "", "DOCK"), 0);
    house.check();
}

#[test]
fn goods_that_moved_on_cannot_be_called_back() {
    let house = House::new();
    let received = house.receive("MUG", 5, "", &[]).unwrap();
    house.carry("MUG", "", "DOCK", "A1", 2).unwrap();
    let preview = house.run("rita", q::undo_preview::run, by(&received.event_ids[0])).unwrap();
    assert!(!preview.allowed && preview.why_not.contains("only 3 of 5"), "{}", preview.why_not);
    assert_eq!(house.undo(&received.event_ids[0]).unwrap_err().code, "not_undoable");
}

#[test]
fn the_preview_says_what_both_bins_will_show() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let moved = house.carry("MUG", "", "A1", "A2", 2).unwrap();
    let preview = house.run("rita", q::undo_preview::run, by(&moved.event_ids[0])).unwrap();
    let effects: Vec<_> = preview
        .effects
        .iter()
        .map(|e| (e.what.as_str(), e.before.as_str(), e.after.as_str()))
        .collect();
    assert_eq!(effects, [("mug on hand in A2", "2", "0"), ("mug on hand in A1", "3", "5")]);
}

#[test]
fn a_hold_is_undone_by_its_opposite() {
    let house = House::new();
    house.stock("MILK", 6, "L1", "A1");
    let args =
        c::hold_lot::HoldLotArgs { sku: "MILK".into(), lot: "L1".into(), reason: "x".into() };
    let held = house.run("rita", c::hold_lot::run, args).unwrap();
    assert_eq!(house.sellable("MILK"), 0);
    house.undo(&held.event_ids[0]).unwrap();
    assert_eq!(house.sellable("MILK"), 6);
    assert_eq!(house.undo(&held.event_ids[0]).unwrap_err().code, "already_undone");
    house.check();
}

#[test]
fn a_received_serial_can_be_undone_and_received_again() {
    let house = House::new();
    let done = house.receive("PC", 1, "", &["S1"]).unwrap();
    house.undo(&done.event_ids[0]).unwrap();
    assert_eq!(house.sellable("PC"), 0);
    house.receive("PC", 1, "", &["S1"]).unwrap();
    assert_eq!(house.sellable("PC"), 1);
    house.check();
}
