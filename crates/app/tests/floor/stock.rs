//! Receiving, putaway, moves, scrap and holds.

use crate::house::{House, RECEIPT, by};
use app::commands as c;
use app::queries as q;
use app::view::Nothing;

#[test]
fn more_than_expected_is_taken_and_said() {
    let house = House::new();
    let done = house.receive("MUG", 12, "", &[]).unwrap();
    assert!(done.message.contains("2 more than expected"), "{}", done.message);
    let view = house.run("rita", q::receipt::run, by(RECEIPT)).unwrap();
    let mug = view.lines.iter().find(|line| line.sku == "MUG").unwrap();
    assert_eq!((mug.expected, mug.received, mug.chip.text.as_str()), (10, 12, "2 over"));
    let detail = house.run("rita", q::sku::run, by("MUG")).unwrap();
    assert_eq!(detail.layers[0].unit_cost_micros, 2_000_000, "the receipt's cost, not the list's");
    assert_eq!(detail.curve.last().unwrap().value, 12);
    assert!(detail.identity.starts_with("on hand 12 = sellable 12 + held 0;"));
    house.run("rita", c::close_receipt::run, by(RECEIPT)).unwrap();
    let twice = house.run("rita", c::close_receipt::run, by(RECEIPT)).unwrap_err();
    assert_eq!(twice.code, "wrong_state");
    house.check();
}

#[test]
fn a_label_says_item_lot_and_expiry_at_once() {
    let house = House::new();
    let scan = |text: &str| {
        let args =
            q::receive_scan::ReceiveScanArgs { receipt_id: RECEIPT.into(), scan: text.into() };
        house.run("rita", q::receive_scan::run, args).unwrap()
    };
    let label = scan("(01)04012345678901(17)270331(10)L7");
    assert_eq!(label.line.unwrap().sku, "MILK");
    assert_eq!((label.lot.as_str(), label.expires.as_str(), label.qty), ("L7", "2027-03-31", 1));
    assert_eq!(scan("4006381333931").line.unwrap().sku, "MUG");
    let extra = scan("PC");
    assert!(extra.line.is_some() && extra.message.contains("Not on this receipt"));
    let unknown = scan("nothing");
    assert!(unknown.line.is_none() && unknown.message.contains("No product"));
}

#[test]
fn goods_go_from_the_dock_to_where_their_own_kind_is() {
    let house = House::new();
    house.stock("MUG", 5, "", "A2");
    house.receive("MUG", 3, "", &[]).unwrap();
    let tasks = house.run("rita", q::putaway_tasks::run, Nothing {}).unwrap();
    let places: Vec<_> = tasks[0].proposals.iter().map(|p| p.location.as_str()).collect();
    assert_eq!((tasks.len(), places), (1, vec!["A2", "A1", "B1"]));
    let put = |qty, to: &str| {
        let args = c::put_away::PutawayArgs { key: tasks[0].key.clone(), to: to.into(), qty };
        house.run("rita", c::put_away::run, args)
    };
    assert_eq!(put(4, "A2").unwrap_err().code, "not_enough");
    assert_eq!(put(0, "A2").unwrap_err().code, "qty_not_positive");
    assert_eq!(put(3, "Z9").unwrap_err().code, "unknown");
    put(3, "A2").unwrap();
    assert_eq!((house.on_hand("MUG", "", "A2"), house.on_hand("MUG", "", "DOCK")), (8, 0));
    house.check();
}

#[test]
fn a_low_pick_face_is_refilled_from_bulk() {
    let house = House::new();
    house.stock("MUG", 2, "", "A1");
    house.stock("MUG", 30, "", "B1");
    let tasks = house.run("rita", q::refills::run, Nothing {}).unwrap();
    assert_eq!((tasks[0].from.as_str(), tasks[0].to.as_str(), tasks[0].qty), ("B1", "A1", 8));
    let task = &tasks[0];
    let args =
        c::put_away::PutawayArgs { key: task.key.clone(), to: task.to.clone(), qty: task.qty };
    house.run("rita", c::refill::run, args).unwrap();
    assert_eq!(house.on_hand("MUG", "", "A1"), 10);
    assert!(house.run("rita", q::refills::run, Nothing {}).unwrap().is_empty());
}

#[test]
fn a_face_that_was_picked_empty_is_refilled_too() {
    let house = House::new();
    house.stock("MUG", 2, "", "A1");
    house.stock("MUG", 30, "", "B1");
    let key = house.key("MUG", "", "A1");
    let args = c::scrap::ScrapArgs { key, qty: 2, reason: "broken".into() };
    house.run("rita", c::scrap::run, args).unwrap();
    let tasks = house.run("rita", q::refills::run, Nothing {}).unwrap();
    assert_eq!((tasks[0].from.as_str(), tasks[0].to.as_str(), tasks[0].qty), ("B1", "A1", 10));
}

#[test]
fn a_held_lot_is_on_hand_but_not_sellable() {
    let house = House::new();
    house.stock("MILK", 6, "L1", "A1");
    house.stock("MILK", 4, "L2", "A2");
    let args = || c::hold_lot::HoldLotArgs {
        sku: "MILK".into(),
        lot: "L1".into(),
        reason: "recall".into(),
    };
    house.run("rita", c::hold_lot::run, args()).unwrap();
    assert_eq!(house.sellable("MILK"), 4);
    house.run("rita", c::hold_lot::run, args()).unwrap();
    house.run("sue", c::unhold_lot::run, args()).unwrap();
    assert_eq!(house.sellable("MILK"), 10);
    let bin = || c::hold_bin::HoldBinArgs { location: "A2".into(), reason: "wet".into() };
    house.run("rita", c::hold_bin::run, bin()).unwrap();
    assert_eq!(house.sellable("MILK"), 6);
    let args = c::hold_lot::HoldLotArgs { sku: "MILK".into(), lot: "L9".into(), reason: "".into() };
    assert_eq!(house.run("rita", c::hold_lot::run, args).unwrap_err().code, "unknown");
    house.check();
}

#[test]
fn a_serial_stands_in_one_place() {
    let house = House::new();
    house.receive("PC", 2, "", &["S1", "S2"]).unwrap();
    assert_eq!(house.receive("PC", 1, "", &["S2"]).unwrap_err().code, "serial_elsewhere");
    assert_eq!(house.receive("PC", 2, "", &["S3"]).unwrap_err().code, "invalid");
    assert_eq!(house.sellable("PC"), 2);
    house.check();
}

#[test]
fn the_moves_of_a_heap_explain_its_number() {
    let house = House::new();
    house.stock("MUG", 9, "", "A1");
    house.carry("MUG", "", "A1", "A2", 2).unwrap();
    let key = house.key("MUG", "", "A1");
    let args = q::moves::MovesArgs {
        key: Some(key),
        sku: None,
        location: None,
        lot: None,
        offset: 0,
        limit: 50,
    };
    let view = house.run("rita", q::moves::run, args).unwrap();
    let rows: Vec<_> = view.rows.iter().map(|r| (r.what.as_str(), r.qty, r.balance)).collect();
    assert_eq!(rows, [("Moved", -2, Some(7)), ("Moved", 9, Some(9))]);
    assert_eq!(view.identity, "in 9 − out 2 + counted 0 = 7");
}
