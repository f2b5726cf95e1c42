//! Orders come with addresses in words; a van needs a place on the map.

use crate::house::House;
use domain::LonLat;
use serde_json::{Value, json};

/// Orders due today, of customers who only wrote where they live.
fn ordered(house: &House, addresses: &[String]) {
    let mut text = "order_id,customer,address,placed_at,sku,qty\n".to_owned();
    for (number, address) in addresses.iter().enumerate() {
        text += &format!("N{number},Newcomer {number},\"{address}\",2026-03-01 06:30,MUG-1,1\n");
    }
    let args = json!({"kind": "orders", "file_name": "o.csv", "text": text});
    let report = house.call("import_file", args);
    assert_eq!(report["accepted"], addresses.len(), "{report}");
}

fn doors() -> Vec<roads::town::Address> {
    let center = LonLat::from_degrees(8.68, 49.41).unwrap();
    roads::town::generate(3, center).addresses
}

fn unplaced(house: &House) -> Vec<String> {
    let day = house.call("dispatch_day", json!({}));
    let orders = day["unplaced"].as_array().unwrap();
    orders.iter().map(|order| order["address"].as_str().unwrap().to_owned()).collect()
}

fn stop(house: &House, customer: &str) -> Option<Value> {
    let day = house.call("dispatch_day", json!({}));
    let stops = day["unplanned"].as_array().unwrap();
    stops.iter().find(|stop| stop["customer"] == customer).cloned()
}

#[test]
fn an_order_without_a_place_is_shown_and_found_by_its_address() {
    let house = House::new();
    let town = app::demo::put_town(house.dir.path(), 3).unwrap();
    let door = &town.addresses[1234];
    let known = format!("{} {}", door.street, door.number);
    let unknown = "Nowhere Alley 3".to_owned();
    ordered(&house, &[known.clone(), unknown.clone()]);
    let mut waiting = unplaced(&house);
    waiting.sort();
    let mut both = [known.clone(), unknown.clone()];
    both.sort();
    assert_eq!(waiting, both);
    assert!(stop(&house, "Newcomer 0").is_none());

    let found = house.call("find_address", json!({"text": known}));
    assert_eq!(found[0]["sure"], true, "{found}");
    let done = house.call("locate_orders", json!({}));
    assert_eq!(done["message"], "1 address found; 1 to place by hand.");
    assert_eq!(unplaced(&house), [unknown]);
    let stop = stop(&house, "Newcomer 0").unwrap();
    let place = (stop["lon"].as_f64().unwrap(), stop["lat"].as_f64().unwrap());
    assert_eq!(place, (door.place.lon(), door.place.lat()));
    assert_eq!(house.call("verify", json!({}))["ok"], true);
}

#[test]
fn a_folder_without_addresses_knows_its_streets() {
    let house = House::new();
    let door = &doors()[1234];
    let text = format!("{} {}", door.street, door.number);
    let found = house.call("find_address", json!({ "text": text }));
    assert_eq!(
        (&found[0]["precision"], &found[0]["sure"]),
        (&json!("only the street"), &json!(false))
    );
}

#[test]
fn a_person_places_what_the_map_does_not_know() {
    let house = House::new();
    ordered(&house, &["behind the old mill".to_owned()]);
    let day = house.call("dispatch_day", json!({}));
    let id = day["unplaced"][0]["order_id"].clone();
    let far = json!({"order_id": id, "lon": 20.0, "lat": 20.0, "found": ""});
    assert_eq!(house.refused("locate_order", far), "off_map");
    let (lon, lat) = (day["depot"]["lon"].clone(), day["depot"]["lat"].clone());
    let near = json!({"order_id": id, "lon": lon, "lat": lat, "found": ""});
    house.call("locate_order", near);
    assert!(unplaced(&house).is_empty());
    let timeline = house.call("order", json!({"id": id}))["timeline"].clone();
    assert!(timeline.to_string().contains("Place set"), "{timeline}");
    let nobody = json!({"order_id": "x", "lon": lon, "lat": lat, "found": ""});
    assert_eq!(house.refused("locate_order", nobody), "unknown");
}

#[test]
fn the_warehouse_stands_where_somebody_says() {
    let house = House::new();
    let door = &doors()[77];
    let (lon, lat) = (door.place.lon(), door.place.lat());
    house.call("set_depot", json!({"name": " North hub ", "lon": lon, "lat": lat}));
    let depot = house.call("dispatch_day", json!({}))["depot"].clone();
    assert_eq!(depot, json!({"name": "North hub", "lon": lon, "lat": lat, "guessed": false}));
    assert_eq!(house.call("map_view", json!({}))["depot"], json!([lon, lat]));
    let plan = house.plan();
    let first = plan["routes"][0]["geometry"][0].clone();
    let away = |axis: usize, of: f64| (first[axis].as_f64().unwrap() - of).abs();
    assert!(away(0, lon) < 0.002 && away(1, lat) < 0.002, "{first}");
    let off = json!({"name": "", "lon": 0.0, "lat": 0.0});
    assert_eq!(house.refused("set_depot", off), "off_map");
    let nonsense = json!({"name": "", "lon": 400.0, "lat": 0.0});
    assert_eq!(house.refused("set_depot", nonsense), "invalid");
}
