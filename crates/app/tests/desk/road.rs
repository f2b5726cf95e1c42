//! Vans that say where they are, and what their drivers bring back from a door.

use crate::house::House;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The first van of the day, on its way.
fn on_the_way(house: &House) -> Value {
    house.pack_all();
    let day = house.plan();
    house.call("publish_plan", json!({}));
    let van = json!({"van_id": day["routes"][0]["van_id"]});
    house.call("load_van", van.clone());
    let day = house.call("dispatch_van", van.clone());
    let routes = day["routes"].as_array().unwrap();
    routes.iter().find(|route| route["van_id"] == van["van_id"]).unwrap().clone()
}

fn route_of(house: &House, van: &Value) -> Value {
    let day = house.call("dispatch_day", json!({}));
    day["routes"].as_array().unwrap().iter().find(|r| r["van_id"] == *van).unwrap().clone()
}

#[test]
fn a_van_that_says_where_it_is_has_arrival_times() {
    let house = House::new();
    let route = on_the_way(&house);
    assert_eq!(route["seen"], Value::Null);
    assert_eq!(route["stops"][0]["eta"], Value::Null);
    let van = &route["van_id"];
    let door = &route["stops"][1];
    let at = json!({"van_id": van, "lon": door["lon"], "lat": door["lat"]});
    house.call("van_position", at.clone());
    let seen = route_of(&house, van);
    assert_eq!(seen["seen"]["lon"], door["lon"]);
    let etas: Vec<i64> =
        seen["stops"].as_array().unwrap().iter().map(|s| s["eta"].as_i64().unwrap()).collect();
    assert!(etas.is_sorted(), "{etas:?}");
    assert!(etas[0] >= seen["seen"]["at"].as_i64().unwrap());

    // Said again in the same minute, it is one event.
    let again = house.call("van_position", at);
    assert_eq!(again["event_ids"], json!([]));
    let done = json!({"stop_id": route["stops"][0]["id"], "outcome": "delivered", "reason": "",
        "received_by": ""});
    house.call("stop_result", done);
    let ahead = route_of(&house, van);
    assert_eq!(ahead["stops"][0]["eta"], Value::Null, "a door behind the van has no arrival");
    assert!(ahead["stops"][1]["eta"].is_i64());

    let nowhere = json!({"van_id": van, "lon": 999.0, "lat": 0.0});
    assert_eq!(house.refused("van_position", nowhere), "invalid");
    let unknown = json!({"van_id": "V9", "lon": 8.0, "lat": 49.0});
    assert_eq!(house.refused("van_position", unknown), "unknown");
}

#[test]
fn proof_is_kept_and_shown_on_the_stop() {
    let house = House::new();
    let route = on_the_way(&house);
    let stop = &route["stops"][0];
    assert_eq!(stop["proof"], false);
    let by_id = json!({"id": stop["id"]});
    assert_eq!(house.call("proof", by_id.clone()), Value::Null);
    let jpeg = STANDARD.encode([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    let proof = |code: &str, signature: Value, photo: &str| {
        json!({"stop_id": stop["id"],
        "code": code, "signature": signature, "photo": photo})
    };
    for wrong in [
        proof(" ", json!([]), ""),
        proof(&"x".repeat(81), json!([]), ""),
        proof("", json!([[[0, 1001]]]), ""),
        proof("", json!([]), &STANDARD.encode(b"GIF89a")),
        proof("", json!([]), "not base64!"),
        proof("", json!([]), &STANDARD.encode([&[0xff, 0xd8, 0xff][..], &[0; 120_000]].concat())),
    ] {
        assert_eq!(house.refused("keep_proof", wrong), "invalid");
    }
    let strokes = json!([[[10, 20], [500, 600]], [[0, 1000]]]);
    house.call("keep_proof", proof("PKG-77", strokes.clone(), &jpeg));
    let kept = house.call("proof", by_id);
    assert_eq!((&kept["code"], &kept["signature"]), (&json!("PKG-77"), &strokes));
    assert_eq!(kept["photo"], jpeg);
    assert_eq!(route_of(&house, &route["van_id"])["stops"][0]["proof"], true);
    let order = house.call("order", json!({"id": stop["id"]}));
    let words: Vec<&Value> =
        order["timeline"].as_array().unwrap().iter().map(|entry| &entry["what"]).collect();
    assert!(words.contains(&&json!("Proof of delivery")), "{words:?}");
    assert_eq!(house.call("verify", json!({}))["ok"], true);
}
