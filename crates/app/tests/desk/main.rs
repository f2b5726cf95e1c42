//! The desk through the front door: names and JSON in, JSON out, as the screens see it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod addresses;
mod clock;
mod closures;
mod first_run;
mod health;
mod house;
mod inbox;
mod locked;
mod map;
mod papers;
mod planning;
mod replan;
mod road;
mod roles;
mod routes;
mod seed;
mod sheets;

use house::House;
use serde_json::json;

#[test]
fn today_has_a_card_for_everything_and_find_knows_each_kind() {
    let house = House::new();
    let today = house.call("today", json!({}));
    assert_eq!(today["cards"].as_array().unwrap().len(), 12);
    let ready = today["cards"].as_array().unwrap().iter().find(|card| card["key"] == "ready");
    assert_eq!(ready.unwrap()["count"], 12);
    assert_eq!(today["fill_rate_permille"], 1000);
    assert_eq!(today["stock_units_by_day"].as_array().unwrap().last().unwrap()["value"], 120);
    house.pack_all();
    for (text, kind, id) in [
        ("SO-003", "order", house.orders[3].id.to_string()),
        ("4000000000002", "sku", "MUG-2".into()),
        ("a-01", "bin", "A-01".into()),
        ("C-003", "carton", house.orders[3].id.to_string()),
    ] {
        let found = house.call("find", json!({"text": text}));
        assert_eq!(found["exact"]["kind"], kind, "{text}");
        assert_eq!(found["exact"]["id"], id, "{text}");
    }
    assert_eq!(house.call("find", json!({"text": "w-1"}))["exact"]["kind"], "wave");
    let similar = house.call("find", json!({"text": "SO-0"}));
    assert!(similar["exact"].is_null());
    assert!(similar["matches"].as_array().unwrap().len() > 3);
}

#[test]
fn a_proposal_has_its_reason_and_is_asked_once_a_day() {
    let house = House::new();
    let ask = |filter: &str| {
        house.call("proposals", json!({"filter": filter, "search": "", "offset": 0, "limit": 50}))
    };
    let all = ask("all");
    assert_eq!(all["total"], 3);
    assert!(all["rows"][0]["reason"].as_str().unwrap().contains("a month"), "{all}");
    let detail = house.call("proposal", json!({"id": "MUG-1"}));
    assert_eq!(detail["history"].as_array().unwrap().len(), 90);
    assert_eq!(detail["fan"].as_array().unwrap().len(), 28);
    assert!(detail["why"].as_array().unwrap().len() >= 4);

    let accept = |sku: &str| json!({"sku": sku, "action": "accept", "qty": 24, "reason": ""});
    let refuse = json!({"sku": "MUG-2", "action": "refuse", "qty": 0, "reason": "new model"});
    let decisions = json!({"decisions": [accept("MUG-1"), refuse, accept("MUG-3")]});
    let done = house.call("decide_proposals", decisions.clone());
    // Two suppliers, so two orders.
    let message = done["message"].as_str().unwrap();
    assert!(message.contains("PO-20260302-1, PO-20260302-2"), "{message}");
    assert_eq!(ask("decided")["total"], 3);
    assert_eq!(ask("open")["total"], 0);
    let row = house.call("proposal", json!({"id": "MUG-1"}))["row"].clone();
    assert_eq!((row["on_order"].clone(), row["decision"].clone()), (json!(24), json!("accepted")));
    assert_eq!(house.refused("decide_proposals", decisions), "wrong_state");
}

#[test]
fn people_are_kept_and_the_books_prove_themselves() {
    let house = House::new();
    let bo = |pin: &str, name: &str| json!({"id": "bo", "name": name, "roles": ["picker"], "pin": pin, "active": true});
    assert_eq!(house.refused("save_person", bo("", "Bo")), "invalid");
    house.call("save_person", bo("4711", "Bo"));
    // An empty PIN keeps the old one.
    house.call("save_person", bo("", "Bo B."));
    let args = json!({"person_id": "bo", "pin": "4711"});
    let session = house.app.call("zh:", "sign_in", args).unwrap();
    let bo = format!("zh:{}", session["token"].as_str().unwrap());
    assert_eq!(house.app.call(&bo, "publish_plan", json!({})).unwrap_err().code, "not_allowed");
    let last = json!({"id": "ada", "name": "Ada", "roles": [], "pin": "", "active": true});
    assert_eq!(house.refused("save_person", last), "last_admin");

    let settings = house.call("settings", json!({}));
    assert_eq!(settings["people"].as_array().unwrap().len(), 2);
    assert!(settings["database_bytes"].as_u64().unwrap() > 0);
    let verify = house.call("verify", json!({}));
    assert_eq!(verify["ok"], true, "{verify}");
}
