//! What was refused stands in the inbox with what to do, and goes when it is done.

use crate::house::House;
use crate::seed::at;
use domain::{Body, Cause, LocationCode, Move, Qty, Sku, Spot, UnitCost};
use serde_json::{Value, json};

fn items(house: &House) -> Vec<Value> {
    house.call("inbox", json!({}))["items"].as_array().unwrap().clone()
}

fn moved(sku: &Sku, from: LocationCode, to: LocationCode, cause: Cause) -> Body {
    Body::Moved(Move {
        sku: sku.clone(),
        lot: Default::default(),
        serial: Default::default(),
        owner: String::new(),
        from: Spot::at(from),
        to: Spot::at(to),
        qty: Qty(40),
        cause,
        reason: String::new(),
        reverses: None,
    })
}

#[test]
fn a_promise_that_was_taken_back_stands_there_until_it_is_given_again() {
    let house = House::new();
    assert!(items(&house).is_empty());
    let order = &house.orders[11];
    let (line, sku, qty) = (order.lines[1].id, order.lines[1].sku.clone(), order.lines[1].qty);
    // Somebody's own wish is no refusal.
    house.write(|w| {
        let reason = "the customer asked".to_owned();
        Ok(w.record(Body::PromiseReleased { line, qty, reason }).map(drop)?)
    });
    assert!(items(&house).is_empty());
    // Everything of the SKU is lost: two lines of each of its four orders.
    house.write(|w| {
        let lost = moved(&sku, at("A-01"), LocationCode::scrap(), Cause::Scrap);
        Ok(w.record(lost).map(drop)?)
    });
    let lost = items(&house);
    assert_eq!(lost.len(), 8, "{lost:?}");
    for item in &lost {
        assert_eq!(item["kind"], "promise_taken_back");
        assert!(item["what"].as_str().unwrap().contains(sku.as_str()), "{item}");
        assert!(!item["why"].as_str().unwrap().is_empty());
        assert!(item["what_to_do"].as_str().unwrap().contains("customer"), "{item}");
    }
    let of_order = |id: &str| lost.iter().filter(|item| item["order"] == id).count();
    assert_eq!(of_order(&order.id.to_string()), 2);
    // A line that nobody wants any more needs no decision.
    house.call("cancel_order", json!({"id": order.id.to_string(), "reason": "gave up"}));
    assert_eq!(items(&house).len(), 6);
    let unit_cost = UnitCost::from_minor(250);
    let found = Cause::Receipt { receipt: None, unit_cost };
    let found = moved(&sku, LocationCode::supplier(), at("A-01"), found);
    house.write(|w| Ok(w.record(found).map(drop)?));
    assert!(items(&house).is_empty());
}
