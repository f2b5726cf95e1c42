//! A day on the road: planned, changed by hand, published, loaded, driven.

use crate::house::House;
use crate::seed::ORDERS;
use domain::{Body, Qty};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn stops(route: &Value) -> Vec<String> {
    let stops = route["stops"].as_array().unwrap();
    stops.iter().map(|stop| stop["id"].as_str().unwrap().to_owned()).collect()
}

fn routes(day: &Value) -> &Vec<Value> {
    day["routes"].as_array().unwrap()
}

#[test]
fn a_plan_serves_every_door_and_is_the_same_again() {
    let house = House::new();
    let before = house.call("dispatch_day", json!({}));
    assert_eq!((before["state"].clone(), before["version"].clone()), (json!("none"), json!(0)));
    assert_eq!(before["unplanned"].as_array().unwrap().len(), ORDERS);
    let day = house.plan();
    assert_eq!(day["state"], "optimised");
    assert_eq!(day["stops"], ORDERS);
    assert!(day["unplanned"].as_array().unwrap().is_empty());
    for route in routes(&day) {
        assert!(
            route["geometry"].as_array().unwrap().len() > route["stops"].as_array().unwrap().len()
        );
    }
    let again = House::new().plan();
    assert_eq!(again["routes"], day["routes"]);
    let map = house.call("map_view", json!({}));
    assert!(map["west"].as_f64().unwrap() < map["east"].as_f64().unwrap());
    assert_eq!(map["source"], "an invented town");
}

#[test]
fn without_a_map_the_message_says_what_to_do() {
    let house = House::new();
    std::fs::remove_file(house.dir.path().join("town.roads")).unwrap();
    assert_eq!(house.refused("dispatch_day", json!({})), "no_roads");
}

#[test]
fn a_stop_moves_to_an_empty_van_and_locks_hold() {
    let house = House::new();
    let day = house.plan();
    let route = &routes(&day)[0];
    let from = route["van_id"].as_str().unwrap();
    let stop = stops(route)[0].clone();
    let to = if from == "V1" { "V2" } else { "V1" };
    let spot = json!({"stop_id": stop, "to_van": to, "position": 0});
    let check = house.call("check_move", spot.clone());
    assert_eq!(check["broken"], json!([]), "{check}");
    let moved = house.call("move_stop", spot.clone());
    let target = routes(&moved).iter().find(|route| route["van_id"] == to).unwrap();
    assert_eq!(stops(target)[0], stop);
    assert_eq!(moved["state"], "draft");

    let locked = house.call("lock_stop", json!({"id": stop, "locked": true}));
    assert!(locked["version"].as_i64() > moved["version"].as_i64());
    let back = json!({"stop_id": stop, "to_van": from, "position": 0});
    assert_eq!(house.call("check_move", back.clone())["ok"], false);
    assert_eq!(house.refused("move_stop", back.clone()), "locked");
    let replanned = house.plan();
    let target = routes(&replanned).iter().find(|route| route["van_id"] == to).unwrap();
    assert!(stops(target).contains(&stop), "planning keeps a locked stop on its van");

    house.call("lock_stop", json!({"id": stop, "locked": false}));
    house.call("lock_route", json!({"id": to, "locked": true}));
    assert_eq!(house.refused("move_stop", back.clone()), "locked");
    house.call("lock_route", json!({"id": to, "locked": false}));
    let off = house.call("move_stop", json!({"stop_id": stop, "to_van": null, "position": 0}));
    assert_eq!(off["unplanned"][0]["id"], stop);
    assert!(!off["unplanned"][0]["why"].as_array().unwrap().is_empty());
}

#[test]
fn a_cancelled_order_leaves_the_board() {
    let house = House::new();
    house.plan();
    let gone = house.orders[4].clone();
    house.write(|w| {
        for line in &gone.lines {
            let (id, qty, reason) = (line.id, line.qty, String::from("called off"));
            w.record(Body::PromiseReleased { line: id, qty, reason: reason.clone() })?;
            w.record(Body::LineCancelled { line: id, qty, reason })?;
        }
        Ok(())
    });
    let day = house.call("dispatch_day", json!({}));
    assert_eq!(day["stops"], ORDERS - 1);
    assert!(routes(&day).iter().all(|route| !stops(route).contains(&gone.id.to_string())));
}

#[test]
fn the_search_runs_behind_and_its_plan_is_taken() {
    let house = House::new();
    assert_eq!(house.refused("plan_take", json!({})), "nothing_found");
    house.call("plan_routes", json!({"seconds": 60}));
    house.call("plan_cancel", json!({}));
    let begin = Instant::now();
    let found = loop {
        let progress = house.call("plan_progress", json!({}));
        if progress["offer"] == true {
            break progress;
        }
        assert!(begin.elapsed() < Duration::from_secs(50), "{progress}");
        std::thread::yield_now();
    };
    assert_eq!(found["running"], false);
    let day = house.call("plan_take", json!({}));
    assert_eq!((day["state"].clone(), day["version"].clone()), (json!("optimised"), json!(1)));
    assert_eq!(house.call("plan_progress", json!({}))["offer"], false);
}

#[test]
fn a_van_is_loaded_driven_and_comes_home() {
    let house = House::new();
    house.plan();
    let day = house.call("publish_plan", json!({}));
    assert_eq!(
        (day["state"].clone(), routes(&day)[0]["state"].clone()),
        (json!("published"), json!("published"))
    );
    let van = json!({"van_id": routes(&day)[0]["van_id"]});
    assert_eq!(house.refused("load_van", van.clone()), "not_packed");
    house.pack_all();
    assert_eq!(house.refused("dispatch_van", van.clone()), "wrong_state");
    let loaded = house.call("load_van", van.clone());
    assert_eq!(routes(&loaded)[0]["state"], "loading");
    let started = house.call("dispatch_van", van.clone());
    assert_eq!(
        (started["state"].clone(), routes(&started)[0]["state"].clone()),
        (json!("started"), json!("on_the_way"))
    );
    assert_eq!(started["stops"], ORDERS);

    let doors = stops(&routes(&started)[0]);
    let result = |stop: &str, outcome: &str| json!({"stop_id": stop, "outcome": outcome, "reason": "nobody home", "received_by": "Eve"});
    house.call("stop_result", result(&doors[0], "failed"));
    for door in &doors[1..] {
        house.call("stop_result", result(door, "delivered"));
    }
    assert_eq!(house.refused("stop_result", result(&doors[1], "delivered")), "wrong_state");
    let evening = house.call("dispatch_day", json!({}));
    let route = &routes(&evening)[0];
    assert_eq!(route["state"], "done");
    assert_eq!(route["stops"][0]["state"], "failed");
    assert_eq!(route["stops"][1]["state"], "delivered");
    let home: Qty = house.write(|w| {
        let query = store::read::HeapQuery { location: Some("S-1"), ..Default::default() };
        Ok(w.heaps(&query)?.iter().map(|heap| heap.on_hand).sum())
    });
    // What failed is back, and what other vans would have taken still stands there.
    assert_eq!(home, Qty(3 * (ORDERS - doors.len() + 1) as i64));
    assert_eq!(house.call("verify", json!({}))["ok"], true);
}
