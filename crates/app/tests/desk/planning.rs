//! What planning shows: service against money, a budget, demand, slotting, what counts teach, the
//! order of a walk, and what could stand in.

use crate::house::House;
use crate::seed::{NOW, at, sku};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{
    AllocationId, Bin, BinKind, Body, Cause, CountId, Grams, Hlc, Key, Milliliters, Move, Observed,
    Qty, Spot, WaveId,
};
use serde_json::{Value, json};

fn face(house: &House, code: &str, walk: i64) {
    let (capacity, max_weight) = (Milliliters(1_000_000), Grams(500_000));
    let bin =
        Bin { code: at(code), kind: BinKind::Pick, zone: "A".into(), walk, capacity, max_weight };
    house.write(|w| Ok(w.record(Body::BinSet { bin })?));
}

fn carry(house: &House, number: usize, from: &str, to: &str, qty: i64) {
    let moved = Move {
        sku: sku(number),
        lot: Default::default(),
        serial: Default::default(),
        owner: String::new(),
        from: Spot::at(at(from)),
        to: Spot::at(at(to)),
        qty: Qty(qty),
        cause: Cause::Transfer,
        reason: String::new(),
        reverses: None,
    };
    house.write(|w| Ok(w.record(Body::Moved(moved))?));
}

fn rows(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[test]
fn a_proposal_tells_what_being_wrong_costs_and_what_another_level_changes() {
    let house = House::new();
    let detail = house.call("proposal", json!({"id": "MUG-1"}));
    let explained = &detail["explained"];
    let (with, without) = (&explained["service_permille"], &explained["service_without_permille"]);
    assert!(with.as_i64() >= without.as_i64(), "{explained}");
    assert!(explained["lead_text"].as_str().unwrap().contains("Pottery"), "{explained}");
    let levels = rows(&detail["levels"]);
    assert_eq!(levels.iter().filter(|level| level["current"] == true).count(), 1);
    let points: Vec<i64> = levels.iter().map(|l| l["reorder_point"].as_i64().unwrap()).collect();
    assert!(points.is_sorted(), "{points:?}");

    let all = house.call("service_levels", json!({}));
    let stock: Vec<i64> =
        rows(&all).iter().map(|l| l["stock"]["minor"].as_i64().unwrap()).collect();
    assert!(stock.is_sorted(), "{stock:?}");
    assert_eq!(house.refused("set_service_level", json!({"permille": 42})), "invalid");
    house.call("set_service_level", json!({"permille": 990}));
    assert_eq!(house.call("proposal", json!({"id": "MUG-1"}))["service_permille"], 990);
}

#[test]
fn a_refusal_rests_with_its_reason() {
    let house = House::new();
    let refuse = json!({"sku": "MUG-1", "action": "refuse", "qty": 0, "reason": "kiln closed"});
    house.call("decide_proposals", json!({"decisions": [refuse]}));
    let detail = house.call("proposal", json!({"id": "MUG-1"}));
    assert_eq!(detail["row"]["decided_why"], "kiln closed");
    let why = detail["why"].to_string();
    assert!(why.contains("kiln closed") && why.contains("2026-03-09"), "{why}");
}

#[test]
fn a_budget_is_kept_and_says_what_it_cut() {
    let house = House::new();
    let wanted = house.call("budget_plan", json!({"budget": 1_000_000}));
    for budget in [0, 10, 100] {
        let plan = house.call("budget_plan", json!({"budget": budget}));
        let spent = plan["spent"]["minor"].as_i64().unwrap();
        assert!(spent <= budget * 100, "{plan}");
        assert_eq!(plan["left"]["minor"], budget * 100 - spent);
        assert_eq!(rows(&plan["rows"]).len(), rows(&wanted["rows"]).len());
    }
    assert_eq!(house.refused("budget_plan", json!({"budget": -1})), "invalid");
}

#[test]
fn purchase_orders_go_out_as_csv_json_and_paper() {
    let house = House::new();
    let export = |format: &str| json!({"ids": [], "format": format});
    assert_eq!(house.refused("export_orders", export("csv")), "nothing_to_print");
    let accept = |sku: &str| json!({"sku": sku, "action": "accept", "qty": 24, "reason": ""});
    house.call("decide_proposals", json!({"decisions": [accept("MUG-1"), accept("MUG-3")]}));
    let csv = house.call("export_orders", export("csv"));
    let text = std::fs::read_to_string(csv["saved_path"].as_str().unwrap()).unwrap();
    assert_eq!(STANDARD.decode(csv["base64"].as_str().unwrap()).unwrap(), text.as_bytes());
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("PO-20260302-1,Kiln,2026-03-02,2026-03-09,1,MUG-3"), "{text}");
    assert!(text.contains(",24,pc,6,2.50,60.00,EUR"), "{text}");
    let orders = house.call("export_orders", export("json"));
    let orders = STANDARD.decode(orders["base64"].as_str().unwrap()).unwrap();
    let orders: Value = serde_json::from_slice(&orders).unwrap();
    assert_eq!(orders[1]["lines"][0]["cost_minor"], 6_000);
    let printed = house.call("print", json!({"doc": "purchase_order", "ids": []}));
    assert_eq!(rows(&printed["pages_svg"]).len(), 2);
    let one = house.call("print", json!({"doc": "purchase_order", "ids": ["PO-20260302-2"]}));
    assert_eq!(rows(&one["pages_svg"]).len(), 1);
}

#[test]
fn the_week_is_reported_with_its_charts() {
    let house = House::new();
    let week = house.call("print", json!({"doc": "week_report", "ids": ["2026-03-02"]}));
    let pages = rows(&week["pages_svg"]);
    assert!((2..=3).contains(&pages.len()), "{}", pages.len());
    assert_eq!(house.refused("print", json!({"doc": "week_report", "ids": ["soon"]})), "invalid");
}

#[test]
fn demand_is_shown_by_day_week_and_category() {
    let house = House::new();
    for (rhythm, ahead) in [("daily", 28), ("weekly", 12), ("monthly", 6)] {
        let view = house.call("demand_explorer", json!({"id": "category:mugs", "rhythm": rhythm}));
        let fan = rows(&view["fan"]).len();
        // Twelve days are not yet four weeks.
        assert_eq!(
            fan,
            if rows(&view["history"]).is_empty() { 0 } else { ahead },
            "{rhythm} {view}"
        );
        assert!(!rows(&view["words"]).is_empty(), "{rhythm}");
    }
    let all = house.call("demand_explorer", json!({"id": "category:mugs", "rhythm": "daily"}));
    let sold: i64 = rows(&all["history"]).iter().map(|p| p["value"].as_i64().unwrap()).sum();
    assert_eq!(sold, 36);
    let choices = house.call("demand_choices", json!({"search": "mug"}));
    assert_eq!(choices[0]["id"], "category:mugs");
    assert_eq!(rows(&choices).len(), 4);
    let unknown = json!({"id": "NOPE", "rhythm": "daily"});
    assert_eq!(house.refused("demand_explorer", unknown), "unknown");
}

#[test]
fn a_day_without_stock_and_sale_is_unknown() {
    let house = House::new();
    // Everything of it leaves six days ago; nothing was asked for since the order before.
    let moved = Move {
        sku: sku(2),
        lot: Default::default(),
        serial: Default::default(),
        owner: String::new(),
        from: Spot::at(at("A-01")),
        to: Spot::at(domain::LocationCode::scrap()),
        qty: Qty(40),
        cause: Cause::Transfer,
        reason: String::new(),
        reverses: None,
    };
    house.write(|w| {
        w.now = NOW.plus_seconds(-86_400 * 6);
        Ok(w.record(Body::Moved(moved))?)
    });
    let view = house.call("demand_explorer", json!({"id": "MUG-2", "rhythm": "daily"}));
    let unknown = rows(&view["history"]).iter().filter(|point| point["known"] == false).count();
    assert!(unknown >= 3, "{view}");
}

#[test]
fn slotting_brings_the_quick_one_nearer_and_records_the_swap() {
    let house = House::new();
    for (code, walk) in [("B-01-1", 2), ("B-40-1", 900)] {
        face(&house, code, walk);
    }
    // A long aisle between, so that the walk is worth something.
    for bay in 2..40 {
        face(&house, &format!("B-{bay:02}-1"), bay * 10);
    }
    carry(&house, 1, "A-01", "B-40-1", 40);
    let args = json!({"minutes": 240, "lines_per_walk": 1});
    let view = house.call("slotting", args);
    assert_eq!(view["aisles"], json!(["A", "B"]));
    let first = rows(&view["moves"]).first().unwrap_or_else(|| panic!("{view}")).clone();
    assert_eq!(first["sku"], "MUG-1");
    assert!(first["why"].as_str().unwrap().contains("nearer"), "{first}");
    house.call("print", json!({"doc": "slotting_list", "ids": [first["id"]]}));
    house.call("reslot", json!({"ids": [first["id"]]}));
    let bin = house.call("bin", json!({"id": first["to"]}));
    assert!(bin.to_string().contains("MUG-1"), "{bin}");
    assert_eq!(house.refused("reslot", json!({"ids": [first["id"]]})), "unknown");
    assert_eq!(house.refused("reslot", json!({"ids": ["nonsense"]})), "unknown");
}

#[test]
fn a_bin_that_was_found_wrong_is_doubted_more() {
    let house = House::new();
    face(&house, "B-01", 2);
    face(&house, "B-02", 3);
    carry(&house, 2, "A-01", "B-01", 10);
    carry(&house, 2, "A-01", "B-02", 10);
    for (code, found, minute) in [("B-01", 4, 1), ("B-02", 8, 2)] {
        // Handled before and since, or nothing could have gone wrong.
        carry(&house, 2, code, "A-01", 1);
        carry(&house, 2, code, "A-01", 1);
        let key = Key { sku: sku(2), location: at(code), ..Key::default() };
        house.write(|w| {
            // After everything before it, and before everything after it.
            w.now = NOW.plus_seconds(60 * minute);
            let count = CountId(w.id());
            let seen = vec![Observed { key, qty: Qty(found) }];
            let watermark = Hlc::at(w.now);
            w.record(Body::CountOpened { count, location: at(code), why: "routine".into() })?;
            w.record(Body::CountObserved { count, round: 1, watermark, seen: seen.clone() })?;
            w.record(Body::CountPosted { count, watermark, seen })?;
            Ok(())
        });
        carry(&house, 2, code, "A-01", 1);
        carry(&house, 2, code, "A-01", 1);
    }
    let plan = house.call("count_plan", json!({"minutes": 600}));
    let chance = |code: &str| {
        let row = rows(&plan).iter().find(|row| row["location"] == code);
        row.map(|row| row["chance_permille"].as_i64().unwrap())
    };
    assert!(chance("B-01") > chance("B-02"), "{plan}");
}

#[test]
fn a_wave_is_walked_the_short_way() {
    let house = House::new();
    for (code, walk) in [("A-10-1", 10), ("B-01-1", 30), ("B-09-1", 22), ("B-10-1", 21)] {
        face(&house, code, walk);
    }
    let order = house.orders[0].clone();
    let bins = ["A-10-1", "B-09-1", "B-01-1"];
    for bin in bins {
        carry(&house, 1, "A-01", bin, 2);
    }
    let wave = house.write(|w| {
        let wave = WaveId(w.id());
        w.record(Body::WavePlanned { wave, name: "W-9".into(), orders: vec![order.id] })?;
        w.record(Body::WaveReleased { wave })?;
        for bin in bins {
            let key = Key { sku: sku(1), location: at(bin), ..Key::default() };
            let (allocation, line) = (AllocationId(w.id()), order.lines[1].id);
            w.record(Body::Allocated { allocation, wave, line, key, qty: Qty(1) })?;
        }
        Ok(wave)
    });
    let next = house.call("pick_next", json!({"wave_id": wave.to_string(), "skipped": []}));
    let first = next["task"]["location"].as_str().unwrap();
    assert!(first.starts_with("A-"), "{next}");
}

#[test]
fn a_short_pick_is_told_what_could_stand_in() {
    let house = House::new();
    let found = house.call("substitutes", json!({"sku": "MUG-1", "limit": 3}));
    let skus: Vec<&str> = rows(&found).iter().map(|one| one["sku"].as_str().unwrap()).collect();
    assert_eq!(skus, ["MUG-2", "MUG-3"]);
    assert_eq!(found[0]["location"], "A-01");
    assert!(found[0]["why"].as_str().unwrap().contains("Same category: mugs"), "{found}");
    let unknown = json!({"sku": "NOPE", "limit": 3});
    assert_eq!(house.refused("substitutes", unknown), "unknown");
}
