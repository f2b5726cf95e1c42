//! Counts: blind, recounted by another person, and right although the bin keeps moving.

use crate::house::{House, by, heap};
use app::commands as c;
use app::commands::submit_count::{CountEntry, CountOutcome, SubmitCountArgs};
use app::queries as q;
use app::view::{CountState, Nothing, ReasonArgs};
use app::{App, Problem};
use domain::{
    Body, Cause, Event, EventId, Hlc, HoldScope, Move, PersonId, Qty, Serial, Spot, StationId,
    Timestamp,
};

fn open(house: &House, bin: &str) -> String {
    let args = c::open_counts::OpenCountsArgs { locations: vec![bin.into()], why: "test".into() };
    house.run("carl", c::open_counts::run, args).unwrap();
    let counts = house.run("carl", q::counts::run, Nothing {}).unwrap();
    let found = counts.iter().find(|row| row.location == bin && row.state == CountState::Planned);
    found.unwrap().id.clone()
}

fn submit(
    house: &House,
    person: &str,
    id: &str,
    entries: &[(&str, i64)],
) -> Result<CountOutcome, Problem> {
    let entries = entries
        .iter()
        .map(|(sku, qty)| CountEntry {
            sku: (*sku).into(),
            lot: String::new(),
            serial: String::new(),
            qty: *qty,
        })
        .collect();
    house.run(person, c::submit_count::run, SubmitCountArgs { id: id.into(), entries })
}

#[test]
fn a_count_that_matches_is_posted_at_once() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let id = open(&house, "A1");
    let task = house.run("carl", c::start_count::run, by(&id)).unwrap();
    let text = serde_json::to_string(&task).unwrap();
    assert!(!text.contains("qty") && !text.contains("on_hand"), "blind: {text}");
    assert_eq!(submit(&house, "carl", &id, &[("MUG", 5)]).unwrap().state, CountState::Posted);
    assert_eq!(submit(&house, "cora", &id, &[("MUG", 5)]).unwrap_err().code, "wrong_state");
    house.check();
}

#[test]
fn a_difference_takes_a_second_person_and_a_supervisor() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let id = open(&house, "A1");
    assert_eq!(submit(&house, "carl", &id, &[("MUG", 3)]).unwrap().state, CountState::Recount);
    assert_eq!(submit(&house, "carl", &id, &[("MUG", 3)]).unwrap_err().code, "same_person");
    assert_eq!(house.run("sue", c::approve_count::run, by(&id)).unwrap_err().code, "wrong_state");
    assert_eq!(
        submit(&house, "cora", &id, &[("MUG", 3)]).unwrap().state,
        CountState::Investigating
    );
    let review = house.run("sue", q::review_count::run, by(&id)).unwrap();
    let line = &review.lines[0];
    assert_eq!((line.expected, line.counted, line.recounted, line.adjustment), (5, 3, Some(3), -2));
    assert!(review.may_approve);
    assert!(!house.run("carl", q::review_count::run, by(&id)).unwrap().may_approve);
    let scope = HoldScope::Stock {
        sku: heap("MUG", "", "A1").sku,
        location: heap("MUG", "", "A1").location,
    };
    house.seed(vec![Body::HoldSet { hold: scope, on: true, reason: "short pick".into() }]);
    assert_eq!(house.sellable("MUG"), 0);
    house.run("sue", c::approve_count::run, by(&id)).unwrap();
    assert_eq!((house.on_hand("MUG", "", "A1"), house.sellable("MUG")), (3, 3));
    let review = house.run("sue", q::review_count::run, by(&id)).unwrap();
    assert_eq!((review.row.state, review.lines[0].adjustment), (CountState::Posted, -2));
    house.check();
}

#[test]
fn a_recount_that_equals_the_book_is_posted() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let id = open(&house, "A1");
    submit(&house, "carl", &id, &[("MUG", 4)]).unwrap();
    assert_eq!(submit(&house, "cora", &id, &[("MUG", 5)]).unwrap().state, CountState::Posted);
    assert_eq!(house.on_hand("MUG", "", "A1"), 5);
    house.check();
}

#[test]
fn a_small_difference_within_the_tolerance_is_posted() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    house.seed(vec![Body::SettingSet { name: "tolerance_units".into(), value: "1".into() }]);
    let id = open(&house, "A1");
    assert_eq!(submit(&house, "carl", &id, &[("MUG", 4)]).unwrap().state, CountState::Posted);
    assert_eq!(house.on_hand("MUG", "", "A1"), 4);
    house.check();
}

#[test]
fn a_bin_that_moves_during_the_count_is_not_frozen() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let id = open(&house, "A1");
    house.run("carl", c::start_count::run, by(&id)).unwrap();
    house.carry("MUG", "", "A1", "A2", 5).unwrap();
    // Counted before the move, submitted after it: both the count and the move are right.
    assert_eq!(submit(&house, "carl", &id, &[("MUG", 5)]).unwrap().state, CountState::Posted);
    assert_eq!((house.on_hand("MUG", "", "A1"), house.on_hand("MUG", "", "A2")), (0, 5));
    house.check();
}

#[test]
fn what_is_found_enters_the_book_and_what_is_missing_leaves_it() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let id = open(&house, "A1");
    submit(&house, "carl", &id, &[("PC", 0)]).unwrap();
    submit(&house, "cora", &id, &[("MUG", 7)]).unwrap();
    house.run("sue", c::approve_count::run, by(&id)).unwrap();
    assert_eq!(house.on_hand("MUG", "", "A1"), 7);
    let args = q::moves::MovesArgs {
        key: Some(house.key("MUG", "", "A1")),
        sku: None,
        location: None,
        lot: None,
        offset: 0,
        limit: 9,
    };
    let view = house.run("sue", q::moves::run, args).unwrap();
    assert_eq!(view.identity, "in 5 − out 0 + counted 2 = 7");
    assert!(!view.rows[0].undoable);
    assert_eq!(house.undo(&view.rows[0].event_id).unwrap_err().code, "not_undoable");
    house.check();
}

#[test]
fn a_late_move_that_the_counter_saw_does_not_count_twice() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let before = house.clock.load(std::sync::atomic::Ordering::SeqCst);
    house.clock.fetch_add(60_000, std::sync::atomic::Ordering::SeqCst);
    let id = open(&house, "A1");
    // Another desktop moved two away; its event is still on its way when the bin is counted.
    submit(&house, "carl", &id, &[("MUG", 3)]).unwrap();
    submit(&house, "cora", &id, &[("MUG", 3)]).unwrap();
    house.run("sue", c::approve_count::run, by(&id)).unwrap();
    assert_eq!(house.on_hand("MUG", "", "A1"), 3);
    late_move(&house.app, Timestamp(before + 1_000));
    assert_eq!((house.on_hand("MUG", "", "A1"), house.on_hand("MUG", "", "A2")), (3, 2));
    house.check();
}

fn late_move(app: &App, at: Timestamp) {
    let (from, to) = (heap("MUG", "", "A1"), heap("MUG", "", "A2"));
    let event = Event {
        id: EventId::from_bytes([9; 16]),
        at: Hlc::at(at),
        station: StationId::from_bytes([5; 16]),
        station_seq: 1,
        actor: PersonId("other".into()),
        body: Body::Moved(Move {
            sku: from.sku.clone(),
            lot: from.lot,
            serial: Serial::none(),
            owner: String::new(),
            from: Spot::at(from.location),
            to: Spot::at(to.location),
            qty: Qty(2),
            cause: Cause::Transfer,
            reason: String::new(),
            reverses: None,
        }),
    };
    assert_eq!(app.with_store(|store| store.replay(&[event])).unwrap(), 1);
}

#[test]
fn bins_are_proposed_and_a_count_can_be_dropped() {
    let house = House::new();
    house.stock("MUG", 5, "", "A1");
    let plan =
        || house.run("sue", q::count_plan::run, q::count_plan::CountPlanArgs { minutes: 60 });
    let proposals = plan().unwrap();
    assert_eq!(proposals[0].location, "A1");
    assert!(proposals[0].reasons.contains(&"Never counted".to_owned()));
    let id = open(&house, "A1");
    assert!(plan().unwrap().is_empty(), "an open count is not proposed again");
    let args = ReasonArgs { id: id.clone(), reason: "no time".into() };
    house.run("sue", c::drop_count::run, args).unwrap();
    assert_eq!(plan().unwrap().len(), 1);
}
