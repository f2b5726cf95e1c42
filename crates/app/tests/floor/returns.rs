//! Returned goods: asked for, approved, received apart, graded, put back.

use crate::house::{House, by};
use app::commands as c;
use app::commands::grade_return::{Grade, ReturnGradeArgs};
use app::commands::open_return::{OpenReturnArgs, OpenReturnLine};
use app::commands::receive_return::ReturnReceiveArgs;
use app::queries as q;
use app::queries::returns::ReturnState;
use app::view::Nothing;
use domain::order::{Order, OrderLine};
use domain::{
    AllocationId, Body, CartonId, Cause, LineId, LocationCode, LotCode, Move, OrderId, Qty, Serial,
    Sku, Spot, Timestamp, WaveId,
};

const ORDER: [u8; 16] = [0x11; 16];
const LINE: [u8; 16] = [0x22; 16];

/// Four of lot L1 went out to a customer.
fn delivered() -> House {
    let house = House::new();
    house.stock("MILK", 6, "L1", "A1");
    let (order, line) = (OrderId::from_bytes(ORDER), LineId::from_bytes(LINE));
    let (allocation, carton) = (AllocationId::from_bytes([3; 16]), CartonId::from_bytes([4; 16]));
    let wave = WaveId::from_bytes([5; 16]);
    let hop = |from: &str, to: &str, cause| {
        Body::Moved(Move {
            sku: Sku::parse("MILK").unwrap(),
            lot: LotCode::parse("L1").unwrap(),
            serial: Serial::none(),
            owner: String::new(),
            from: Spot::at(LocationCode::parse(from).unwrap()),
            to: Spot::at(LocationCode::parse(to).unwrap()),
            qty: Qty(4),
            cause,
            reason: String::new(),
            reverses: None,
        })
    };
    house.seed(vec![
        Body::OrderPlaced { order: placed(order, line) },
        Body::Promised { line, qty: Qty(4), quota: None },
        Body::WavePlanned { wave, name: "W1".into(), orders: vec![order] },
        Body::WaveReleased { wave },
        Body::Allocated {
            allocation,
            wave,
            line,
            key: crate::house::heap("MILK", "L1", "A1"),
            qty: Qty(4),
        },
        hop("A1", "PACK", Cause::Pick { line, allocation }),
        hop("PACK", "STAGE", Cause::Pack { line, carton }),
        hop("STAGE", "VAN", Cause::Load { line, carton }),
        hop("VAN", "~customer", Cause::Deliver { line }),
    ]);
    house
}

fn placed(id: OrderId, line: LineId) -> Order {
    let at = Timestamp(1_790_000_000_000);
    Order {
        id,
        number: "SO-1".into(),
        channel: "web".into(),
        external_id: "1".into(),
        body_hash: "x".into(),
        customer: "Ann".into(),
        phone: String::new(),
        address: "Street 1".into(),
        place: None,
        note: String::new(),
        placed_at: at,
        promise_at: at,
        window: (at, at),
        lines: vec![OrderLine {
            id: line,
            line_no: 1,
            sku: Sku::parse("MILK").unwrap(),
            qty: Qty(4),
            unit_price_minor: 100,
        }],
        paid_minor: 0,
        import: None,
    }
}

fn ask(house: &House, qty: i64) -> Result<app::view::Done, app::Problem> {
    let line = OpenReturnLine {
        line_id: LineId::from_bytes(LINE).to_string(),
        qty,
        reason: "sour".into(),
    };
    let args =
        OpenReturnArgs { order_id: OrderId::from_bytes(ORDER).to_string(), lines: vec![line] };
    house.run("rita", c::open_return::run, args)
}

#[test]
fn a_return_comes_back_in_its_lot_and_is_sold_only_after_grading() {
    let house = delivered();
    assert_eq!(ask(&house, 5).unwrap_err().code, "invalid");
    ask(&house, 3).unwrap();
    assert_eq!(ask(&house, 2).unwrap_err().code, "invalid", "three are already on a return");
    let row = || house.run("rita", q::returns::run, Nothing {}).unwrap().remove(0);
    let line = row().lines[0].id.clone();
    let receive = |qty| {
        let args = ReturnReceiveArgs { return_line_id: line.clone(), qty };
        house.run("rita", c::receive_return::run, args)
    };
    assert_eq!(receive(3).unwrap_err().code, "wrong_state", "not approved yet");
    house.run("sue", c::approve_return::run, by(&row().id)).unwrap();
    assert_eq!(row().state, ReturnState::Approved);
    receive(3).unwrap();
    assert_eq!((row().state, house.sellable("MILK")), (ReturnState::Received, 2));
    assert!(house.run("rita", q::putaway_tasks::run, Nothing {}).unwrap().is_empty());

    let grade = |grade| {
        let args = ReturnGradeArgs { return_line_id: line.clone(), grade };
        house.run("rita", c::grade_return::run, args)
    };
    let graded = grade(Grade::Good).unwrap();
    assert_eq!((row().state, house.sellable("MILK")), (ReturnState::Closed, 5));
    assert_eq!(house.on_hand("MILK", "L1", "DOCK"), 3);
    house.undo(graded.event_ids.last().unwrap()).unwrap();
    assert_eq!((row().state, house.sellable("MILK")), (ReturnState::Received, 2));
    grade(Grade::Scrap).unwrap();
    assert_eq!((row().state, row().lines[0].grade.as_str()), (ReturnState::Closed, "scrap"));
    assert_eq!(grade(Grade::Good).unwrap_err().code, "wrong_state");
    house.check();
}

#[test]
fn damaged_returns_go_apart() {
    let house = delivered();
    ask(&house, 1).unwrap();
    let row = house.run("rita", q::returns::run, Nothing {}).unwrap().remove(0);
    house.run("sue", c::approve_return::run, by(&row.id)).unwrap();
    let line = row.lines[0].id.clone();
    let args = ReturnReceiveArgs { return_line_id: line.clone(), qty: 1 };
    house.run("rita", c::receive_return::run, args).unwrap();
    let args = ReturnGradeArgs { return_line_id: line, grade: Grade::Damaged };
    house.run("rita", c::grade_return::run, args).unwrap();
    let bin = house.run("rita", q::bin::run, by("Q1")).unwrap();
    assert_eq!((bin.keys[0].condition.as_str(), bin.keys[0].on_hand), ("damaged", 1));
    assert_eq!(house.sellable("MILK"), 2);
    house.check();
}
