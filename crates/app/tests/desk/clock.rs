//! The site's clock: days and cut-offs are its own, whatever the machine's clock says.

use crate::house::House;
use crate::seed::NOW;
use domain::Day;
use serde_json::{Value, json};

fn minutes_into(day: &str, at: &Value) -> i64 {
    (at.as_i64().unwrap() - Day::parse(day).unwrap().start().0) / 60_000
}

/// An order taken in now, without words on when it is wanted: when it is promised for.
fn promised(house: &House, number: &str) -> Value {
    let text = format!("order_id,customer,address,sku,qty\n{number},Kim,Quay 1,MUG-1,1\n");
    let args = json!({"kind": "orders", "file_name": "o.csv", "text": text, "dry_run": false});
    assert_eq!(house.call("import_file", args)["rejected"], json!([]));
    let args = json!({
        "view": "all", "search": number, "sort": "promise", "descending": false, "offset": 0, "limit": 5
    });
    house.call("orders", args)["rows"][0]["promise_at"].clone()
}

#[test]
fn the_cut_off_is_noon_on_the_sites_wall() {
    let house = House::new();
    assert_eq!(minutes_into("2026-03-02", &json!(NOW.0)), 6 * 60);
    assert_eq!(minutes_into("2026-03-02", &promised(&house, "EARLY-1")), 18 * 60);
    let done = house.call("set_time_zone", json!({"name": "Asia/Shanghai"}));
    assert!(done["message"].as_str().unwrap().ends_with("14:00 now."), "{done}");
    // Two in the afternoon there: tomorrow by six, which is ten in the morning in Greenwich.
    assert_eq!(minutes_into("2026-03-03", &promised(&house, "LATE-1")), 10 * 60);
}

#[test]
fn a_day_begins_at_the_sites_midnight() {
    let house = House::new();
    let today = |zone: &str| {
        house.call("set_time_zone", json!({"name": zone}));
        let startup = house.call("startup", json!({}));
        assert_eq!(startup["time_zone"], zone);
        startup["today"].clone()
    };
    assert_eq!(today("America/Los_Angeles"), "2026-03-01");
    assert_eq!(today("UTC"), "2026-03-02");
    assert_eq!(house.refused("set_time_zone", json!({"name": "Mars/Olympus"})), "unknown");
}
