//! How the house runs, and what a supervisor wants to be warned of.

use crate::house::House;
use crate::seed::ORDERS;
use serde_json::{Value, json};

fn alerts(house: &House) -> Vec<String> {
    let today = house.call("today", json!({}));
    let ids = today["alerts"].as_array().unwrap().iter();
    ids.map(|alert| alert["id"].as_str().unwrap().to_owned()).collect()
}

fn rule(kind: &str, on: bool, limit: i64) -> Value {
    json!({"rules": [{"kind": kind, "on": on, "limit": limit}]})
}

#[test]
fn an_alert_comes_once_its_limit_is_passed_and_goes_when_it_is_off() {
    let house = House::new();
    assert!(alerts(&house).is_empty());
    house.call("save_alert_rules", rule("waiting_orders", true, ORDERS as i64 - 1));
    assert_eq!(alerts(&house), ["level/waitingorders"]);
    house.call("save_alert_rules", rule("waiting_orders", true, ORDERS as i64));
    assert!(alerts(&house).is_empty());
    house.call("save_alert_rules", rule("waiting_orders", true, 0));
    house.call("save_alert_rules", rule("waiting_orders", false, 0));
    assert!(alerts(&house).is_empty());
}

#[test]
fn rules_are_kept_and_a_limit_out_of_range_is_refused() {
    let house = House::new();
    let rules = house.call("alert_rules", json!({}));
    let rules = rules.as_array().unwrap();
    assert_eq!(rules.len(), 9);
    let on = rules.iter().filter(|rule| rule["on"] == true).count();
    assert_eq!(on, 3, "late orders, discrepancies and lots warn from the first day");
    assert_eq!(house.refused("save_alert_rules", rule("fill_rate", true, 101)), "invalid");
    assert_eq!(house.refused("save_alert_rules", rule("expiring_lots", true, -1)), "invalid");
    house.call("save_alert_rules", rule("fill_rate", true, 99));
    // Another rule is changed without the first.
    house.call("save_alert_rules", rule("expiring_lots", true, 30));
    let kept = house.call("alert_rules", json!({}));
    let of = |kind: &str| {
        let found = kept.as_array().unwrap().iter().find(|rule| rule["kind"] == kind);
        (found.unwrap()["on"].clone(), found.unwrap()["limit"].clone())
    };
    assert_eq!(of("fill_rate"), (json!(true), json!(99)));
    assert_eq!(of("expiring_lots"), (json!(true), json!(30)));
    assert_eq!(of("late_orders"), (json!(true), json!(0)));
}

#[test]
fn what_was_promised_is_measured_once_it_is_due() {
    let house = House::new();
    let before = house.call("health", json!({}));
    assert_eq!(before["promise_permille"], Value::Null);
    assert_eq!(before["lead_median_hours"], Value::Null);
    assert_eq!(before["promise_by_day"].as_array().unwrap().len(), 28);
    assert_eq!(before["fill_permille"], 1000);
    assert_eq!(before["stock"]["out"], 0);

    house.pack_all();
    let day = house.plan();
    house.call("publish_plan", json!({}));
    let route = &day["routes"][0];
    let van = json!({"van_id": route["van_id"]});
    house.call("load_van", van.clone());
    house.call("dispatch_van", van);
    for stop in route["stops"].as_array().unwrap() {
        let result = json!({"stop_id": stop["id"], "outcome": "delivered", "reason": "",
            "received_by": "Ada"});
        house.call("stop_result", result);
    }
    let after = house.call("health", json!({}));
    assert_eq!(after["promise_permille"], 1000, "{after}");
    assert!(after["lead_median_hours"].as_i64().is_some());
    let planned = after["route_by_day"].as_array().unwrap().last().unwrap();
    assert_eq!(planned["stops"], ORDERS);
    let cost = planned["cost"]["minor"].as_i64().unwrap();
    assert_eq!(after["route_per_stop"]["minor"], cost / ORDERS as i64);
}
