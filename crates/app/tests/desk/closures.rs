//! Streets closed for a while: the routes through them change, and are back when they open.

use crate::house::House;
use domain::Timestamp;
use serde_json::{Value, json};

/// A point in the middle of a leg of the first route that closing changes.
fn busy_point(house: &House, day: &Value) -> (Value, Value) {
    let geometry = day["routes"][0]["geometry"].as_array().unwrap();
    for point in geometry.iter().skip(geometry.len() / 3) {
        let place = json!({"lon": point[0], "lat": point[1]});
        let street = house.call("street_at", place.clone());
        if !street["changes"].as_array().unwrap().is_empty() {
            return (place, street);
        }
    }
    panic!("no street of the route matters to it");
}

fn later(house: &House, minutes: i64) -> i64 {
    let now = house.app.edge().now();
    Timestamp(now.0).plus_seconds(minutes * 60).0
}

#[test]
fn a_closed_street_is_driven_around_until_it_opens() {
    let house = House::new();
    let before = house.plan();
    let (place, street) = busy_point(&house, &before);
    assert_eq!(street["closed"], Value::Null);
    let close = json!({"lon": place["lon"], "lat": place["lat"], "until": later(&house, 90),
        "reason": "burst pipe"});
    let done = house.call("close_street", close);
    let changed = street["changes"].as_array().unwrap().len();
    assert!(done["message"].as_str().unwrap().contains(&format!("{changed} routes change")));

    let closed = house.call("dispatch_day", json!({}));
    assert_eq!(closed["closures"][0]["reason"], "burst pipe");
    assert_eq!(closed["closures"][0]["name"], street["name"]);
    assert_eq!(closed["version"], json!(before["version"].as_i64().unwrap() + 1));
    assert_ne!(closed["routes"], before["routes"]);
    let again = house.call("street_at", place.clone());
    assert_eq!(again["closed"], closed["closures"][0]["id"]);

    let id = again["closed"].clone();
    house.call("open_street", json!({"id": id}));
    let open = house.call("dispatch_day", json!({}));
    assert_eq!(open["closures"], json!([]));
    assert_eq!(open["routes"], before["routes"]);
    assert_eq!(house.refused("open_street", json!({"id": id})), "unknown");
}

#[test]
fn what_cannot_be_closed_is_said() {
    let house = House::new();
    house.plan();
    let depot = house.call("map_view", json!({}))["depot"].clone();
    let at = |lon: &Value, lat: &Value, until: i64| json!({"lon": lon, "lat": lat, "until": until, "reason": ""});
    let past = at(&depot[0], &depot[1], later(&house, -1));
    assert_eq!(house.refused("close_street", past), "invalid");
    let sea = at(&json!(0.0), &json!(0.0), later(&house, 60));
    assert_eq!(house.refused("close_street", sea), "no_street");
}
