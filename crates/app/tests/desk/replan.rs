//! Planning again during the day: late vans, broken ones, new orders, a stop dragged elsewhere.

use crate::house::House;
use crate::seed::ORDERS;
use serde_json::{Value, json};

fn routes(day: &Value) -> &Vec<Value> {
    day["routes"].as_array().unwrap()
}

fn ids(route: &Value) -> Vec<String> {
    let stops = route["stops"].as_array().unwrap();
    stops.iter().map(|stop| stop["id"].as_str().unwrap().to_owned()).collect()
}

fn all(day: &Value) -> Vec<String> {
    let mut all: Vec<String> = routes(day).iter().flat_map(ids).collect();
    all.sort();
    all
}

/// A day with one van on the road and its first stop delivered.
fn on_the_road(house: &House) -> (Value, String) {
    house.plan();
    house.call("publish_plan", json!({}));
    house.pack_all();
    let day = house.call("dispatch_day", json!({}));
    let route = &routes(&day)[0];
    let (van, first) = (route["van_id"].as_str().unwrap().to_owned(), ids(route)[0].clone());
    house.call("load_van", json!({"van_id": van}));
    house.call("dispatch_van", json!({"van_id": van}));
    let done = json!({"stop_id": first, "outcome": "delivered", "reason": "", "received_by": "Li"});
    (house.call("stop_result", done), van)
}

#[test]
fn a_stop_without_a_van_gets_the_best_place_and_the_offer_says_what_it_costs() {
    let house = House::new();
    let day = house.plan();
    let stop = ids(&routes(&day)[0])[0].clone();
    house.call("move_stop", json!({"stop_id": stop, "to_van": null, "position": 0}));
    let slots = house.call("best_slots", json!({"id": stop}));
    let added = |slot: &Value| slot["added"]["minor"].as_i64().unwrap();
    let slots = slots.as_array().unwrap();
    assert!(slots.windows(2).all(|pair| added(&pair[0]) <= added(&pair[1])));

    let offer = house.call("replan", json!({"what": "new_stop", "stop_id": stop}));
    assert_eq!(
        (offer["unplanned_before"].clone(), offer["unplanned_after"].clone()),
        (json!(1), json!(0))
    );
    let change = offer["changes"].as_array().unwrap().iter().find(|c| c["stop_id"] == json!(stop));
    assert!(change.unwrap()["text"].as_str().unwrap().contains("joins"), "{offer}");
    assert!(offer["reasons"][0].as_str().unwrap().contains("more."), "{offer}");
    // Looking changes nothing; dropping neither.
    assert_eq!(house.call("dispatch_day", json!({}))["stops"], ORDERS - 1);
    house.call("replan_drop", json!({}));
    assert_eq!(house.refused("replan_take", json!({})), "nothing_found");
    house.call("replan", json!({"what": "new_stop", "stop_id": stop}));
    let taken = house.call("replan_take", json!({}));
    assert_eq!(taken["stops"], ORDERS);
    assert_eq!(all(&taken), all(&day));
}

#[test]
fn an_offer_that_was_overtaken_is_not_taken() {
    let house = House::new();
    let day = house.plan();
    let stop = ids(&routes(&day)[0])[0].clone();
    house.call("move_stop", json!({"stop_id": stop, "to_van": null, "position": 0}));
    house.call("replan", json!({"what": "new_stop", "stop_id": stop}));
    house.call("lock_route", json!({"id": routes(&day)[0]["van_id"], "locked": true}));
    assert_eq!(house.refused("replan_take", json!({})), "conflict");
}

#[test]
fn a_late_van_keeps_what_is_on_board_and_what_is_driven() {
    let house = House::new();
    let (day, van) = on_the_road(&house);
    let route = routes(&day).iter().find(|route| route["van_id"] == json!(van)).unwrap();
    let (before, driven) = (ids(route), ids(route)[0].clone());
    let until = route["end"].as_i64().unwrap() + 30 * 60_000;
    let offer = house.call("replan", json!({"what": "van_late", "van_id": van, "until": until}));
    assert!(!offer["changes"].as_array().unwrap().is_empty(), "{offer}");
    let taken = house.call("replan_take", json!({}));
    let route = routes(&taken).iter().find(|route| route["van_id"] == json!(van)).unwrap();
    let mut after = ids(route);
    assert_eq!(after[0], driven);
    // It has left with these goods, so nobody else can bring them.
    after.sort();
    let mut before = before;
    before.sort();
    assert_eq!(after, before);
    let second = &route["stops"][1];
    assert!(second["arrive"].as_i64().unwrap() >= until, "{second}");
    // The book remembers that it is late.
    let again = house.call("dispatch_day", json!({}));
    assert_eq!(again["routes"], taken["routes"]);
}

#[test]
fn a_broken_van_hands_its_goods_on_once_they_are_home() {
    let house = House::new();
    let (day, van) = on_the_road(&house);
    let driven = {
        let route = routes(&day).iter().find(|route| route["van_id"] == json!(van)).unwrap();
        ids(route)[0].clone()
    };
    let stay =
        house.call("replan", json!({"what": "van_out", "van_id": van, "goods_are_back": false}));
    assert!(stay["unplanned_after"].as_i64().unwrap() > 0, "{stay}");
    let offer =
        house.call("replan", json!({"what": "van_out", "van_id": van, "goods_are_back": true}));
    let moved: Vec<&Value> = offer["changes"].as_array().unwrap().iter().collect();
    assert!(
        moved.iter().any(|change| change["text"].as_str().unwrap().contains(" to ")),
        "{offer}"
    );
    let taken = house.call("replan_take", json!({}));
    let broken = routes(&taken).iter().find(|route| route["van_id"] == json!(van)).unwrap();
    assert_eq!((ids(broken), broken["state"].clone()), (vec![driven], json!("done")));
    let other = routes(&taken).iter().find(|route| route["van_id"] != json!(van)).unwrap();
    assert_eq!(other["warnings"], json!([]), "{other}");
    // The goods stand in the house again and go out with the other van.
    let van = json!({"van_id": other["van_id"]});
    house.call("publish_plan", json!({}));
    house.call("load_van", van.clone());
    house.call("dispatch_van", van);
    assert_eq!(house.call("verify", json!({}))["ok"], true);
}

#[test]
fn a_dragged_stop_stays_and_the_others_fit_themselves_around_it() {
    let house = House::new();
    let day = house.plan();
    let (from, stop) = (&routes(&day)[0]["van_id"], ids(&routes(&day)[0])[0].clone());
    let to = if *from == json!("V1") { "V2" } else { "V1" };
    let drag = json!({"what": "dragged", "stop_id": stop, "van_id": to, "position": 0});
    house.call("replan", drag);
    let taken = house.call("replan_take", json!({}));
    let route = routes(&taken).iter().find(|route| route["van_id"] == to).unwrap();
    assert!(ids(route).contains(&stop));
    assert_eq!(all(&taken), all(&day));
}

#[test]
fn rules_and_breaks_are_kept_and_planned_with() {
    let house = House::new();
    let fleet = house.call("fleet", json!({}));
    let mut van = fleet["vans"][0].clone();
    van["pause"] = json!({"earliest_min": 600, "latest_min": 840, "length_min": 30});
    van["stops_max"] = json!(0);
    assert_eq!(house.refused("save_van", van.clone()), "invalid");
    van["stops_max"] = json!(7);
    house.call("save_van", van.clone());
    assert_eq!(house.call("fleet", json!({}))["vans"][0], van);
    let mut rules = fleet["rules"].clone();
    rules["km_minor"] = json!(-1);
    assert_eq!(house.refused("save_route_rules", rules.clone()), "invalid");
    rules["km_minor"] = json!(60);
    rules["late_max_min"] = json!(20);
    rules["speeds"] = json!([{"from_min": 960, "percent": 60}, {"from_min": 420, "percent": 80}]);
    house.call("save_route_rules", rules);
    let kept = house.call("fleet", json!({}))["rules"].clone();
    assert_eq!(
        (kept["km_minor"].clone(), kept["speeds"][0]["from_min"].clone()),
        (json!(60), json!(420))
    );
    let day = house.plan();
    let busiest = routes(&day).iter().map(|route| ids(route).len());
    let first = routes(&day).iter().find(|route| route["van_id"] == van["id"]);
    assert!(first.is_none_or(|route| ids(route).len() <= 7), "{:?}", busiest.collect::<Vec<_>>());
}

#[test]
fn what_a_rule_costs_is_said() {
    let house = House::new();
    let day = house.plan();
    let stop = ids(&routes(&day)[0])[0].clone();
    let van = routes(&day)[0]["van_id"].clone();
    for question in [
        json!({"what": "any_time", "stop_id": stop}),
        json!({"what": "one_more_van", "like": van}),
        json!({"what": "later_end", "van_id": van, "minutes": 60}),
    ] {
        let answer = house.call("what_if", question);
        let saved = answer["saved"]["minor"].as_i64().unwrap();
        let said = answer["text"].as_str().unwrap();
        assert_eq!(saved > 0, said.contains("EUR"), "{answer}");
    }
    let unknown = json!({"what": "later_end", "van_id": "V99", "minutes": 60});
    assert_eq!(house.refused("what_if", unknown), "unknown");
}
