//! Orders from file to shelf to carton, through the same door the screens use.

// A helper outside a test function may fail the test just as well.
#![allow(clippy::unwrap_used)]

use app::{App, Edge, Problem};
use domain::{Day, Timestamp};
use serde_json::{Value, json};
use store::OpenMode;
use tempfile::TempDir;

struct House {
    app: App,
    dir: TempDir,
}

const BINS: [(&str, &str, i64); 6] = [
    ("A-01-1", "pick", 1),
    ("A-01-2", "pick", 2),
    ("B-01-3", "bulk", 3),
    ("DOCK-1", "dock", 0),
    ("PACK-1", "pack", 0),
    ("STAGE-1", "stage", 0),
];

fn house(stock: &str) -> House {
    let dir = tempfile::tempdir().unwrap();
    let now = Day::parse("2026-03-10").unwrap().start().plus_seconds(9 * 3600);
    let edge = Edge::seeded(5, move || Timestamp(now.0));
    let app = App::open_with(dir.path(), edge, OpenMode::Bulk).unwrap();
    app.as_person("system", app::lang::Lang::En, |ctx| {
        ctx.write(|w| {
            for (code, kind, walk) in BINS {
                w.record(domain::Body::BinSet {
                    bin: domain::Bin {
                        code: domain::LocationCode::parse(code).unwrap(),
                        kind: domain::BinKind::parse(kind).unwrap(),
                        zone: "A".into(),
                        walk,
                        capacity: domain::Milliliters(100_000),
                        max_weight: domain::Grams(100_000),
                    },
                })?;
            }
            Ok(())
        })
    })
    .unwrap();
    let house = House { app, dir };
    house.import(
        "products",
        "sku,name,barcode,price,unit_cost\nMUG,Mug,4006381333931,5,2\nCUP,Cup,,3,1\n",
    );
    house.import("stock", &format!("sku,location,qty\n{stock}"));
    house
}

impl House {
    fn call(&self, name: &str, args: Value) -> Result<Value, Problem> {
        self.app.call_as("system", name, args)
    }

    fn ok(&self, name: &str, args: Value) -> Value {
        self.call(name, args).unwrap_or_else(|problem| panic!("{name}: {problem}"))
    }

    fn import(&self, kind: &str, text: &str) -> Value {
        let args = json!({"kind": kind, "file_name": "f.csv", "text": text});
        self.ok("import_file", args)
    }

    fn orders(&self, rows: &str) -> Value {
        self.import("orders", &format!("order_id,customer,address,sku,qty\n{rows}"))
    }

    fn order(&self, number: &str) -> Value {
        let list = self.ok(
            "orders",
            json!({"view":"all","search":number,"sort":"number","offset":0,"limit":10}),
        );
        let id = list["rows"][0]["id"].clone();
        self.ok("order", json!({ "id": id }))
    }

    /// `ordered cancelled allocated picked packed backordered` of a line.
    fn line(&self, number: &str, index: usize) -> String {
        let line = &self.order(number)["lines"][index];
        ["ordered", "cancelled", "allocated", "picked", "packed", "backordered"]
            .map(|name| line[name].to_string())
            .join(" ")
    }

    fn release(&self) -> String {
        self.ok("create_wave", json!({"order_ids": [], "max_orders": 50}));
        let wave = self.ok("waves", Value::Null)[0]["id"].as_str().unwrap().to_owned();
        self.ok("release_wave", json!({ "id": wave }));
        wave
    }

    fn task(&self, wave: &str) -> Value {
        self.ok("pick_next", json!({"wave_id": wave, "skipped": []}))["task"].clone()
    }

    fn books(&self) {
        let scratch = self.dir.path().join("scratch");
        let outcome = self.app.with_store(|store| store.verify(&scratch)).unwrap();
        let bad: Vec<_> = outcome.checks.iter().filter(|c| c.failure.is_some()).collect();
        assert!(bad.is_empty(), "{bad:?}");
    }
}

#[test]
fn an_order_goes_from_file_to_closed_carton() {
    let h = house("MUG,A-01-1,10\nCUP,A-01-2,10\n");
    h.orders("1,Ann,Main St 1,MUG,3\n1,Ann,Main St 1,CUP,1\n");
    assert_eq!(h.line("1", 0), "3 0 3 0 0 0");
    let wave = h.release();
    for _ in 0..2 {
        let task = h.task(&wave);
        let wrong =
            h.ok("pick_scan", json!({"task_id": task["id"], "step": "bin", "scan": "B-01-3"}));
        assert_eq!(wrong["ok"], false);
        let right = h.ok(
            "pick_scan",
            json!({"task_id": task["id"], "step": "bin", "scan": task["location"]}),
        );
        assert_eq!(right["ok"], true);
        let item =
            h.ok("pick_scan", json!({"task_id": task["id"], "step": "item", "scan": task["sku"]}));
        assert_eq!(item["ok"], true);
        h.ok("pick", json!({"task_id": task["id"], "qty": task["qty"]}));
    }
    assert_eq!(h.task(&wave), Value::Null);
    let id = h.order("1")["row"]["id"].clone();
    h.ok("open_carton", json!({"order_id": id, "box_type": "S"}));
    let carton = h.ok("pack_station", json!({ "id": id }))["cartons"][0]["id"].clone();
    for (scan, qty) in [("4006381333931", 3), ("CUP", 1)] {
        let answer = h.ok(
            "pack_scan",
            json!({"order_id": id, "carton_id": carton, "scan": scan, "qty": qty}),
        );
        assert_eq!(answer["ok"], true, "{answer}");
    }
    let more =
        h.ok("pack_scan", json!({"order_id": id, "carton_id": carton, "scan": "CUP", "qty": 1}));
    assert_eq!(more["ok"], false);
    h.ok("close_carton", json!({"carton_id": carton, "weight_g": 1100}));
    assert_eq!(h.ok("pack_station", json!({ "id": id }))["complete"], true);
    assert_eq!(h.line("1", 0), "3 0 3 3 3 0");
    h.books();
}

#[test]
fn the_oldest_order_is_promised_first_and_backorders_are_served_when_stock_comes_in() {
    let h = house("MUG,A-01-1,5\n");
    h.orders("1,Ann,Main St 1,MUG,4\n2,Bob,Main St 2,MUG,4\n");
    assert_eq!((h.line("1", 0).as_str(), h.line("2", 0).as_str()), ("4 0 4 0 0 0", "4 0 1 0 0 3"));
    h.import("stock", "sku,location,qty\nMUG,B-01-3,2\n");
    assert_eq!(h.line("2", 0), "4 0 3 0 0 1");
    h.import("stock", "sku,location,qty,unit_cost\nMUG,B-01-3,9,2.10\n");
    assert_eq!(h.line("2", 0), "4 0 4 0 0 0");
    h.books();
}

#[test]
fn a_short_pick_takes_the_rest_from_the_next_bin_and_opens_a_count() {
    let h = house("MUG,A-01-1,5\nMUG,A-01-2,5\n");
    h.orders("1,Ann,Main St 1,MUG,4\n");
    let wave = h.release();
    let task = h.task(&wave);
    h.ok("pick_short", json!({"task_id": task["id"], "qty": 1, "reason": ""}));
    let next = h.task(&wave);
    assert_ne!(next["location"], task["location"]);
    assert_eq!(next["qty"], 3);
    assert_eq!(h.line("1", 0), "4 0 4 1 0 0");
    let counts = h.ok("counts", Value::Null);
    assert_eq!(counts[0]["location"], task["location"]);
    h.books();
}

#[test]
fn a_short_pick_with_nothing_elsewhere_becomes_a_backorder() {
    let h = house("MUG,A-01-1,5\n");
    h.orders("1,Ann,Main St 1,MUG,4\n");
    let wave = h.release();
    let task = h.task(&wave);
    h.ok("pick_short", json!({"task_id": task["id"], "qty": 1, "reason": ""}));
    assert_eq!(h.line("1", 0), "4 0 1 1 0 3");
    assert_eq!(h.task(&wave), Value::Null);
    h.books();
}

#[test]
fn orders_are_cancelled_at_any_stage_and_picked_goods_wait_on_the_dock() {
    let h = house("MUG,A-01-1,9\n");
    h.orders("1,Ann,Main St 1,MUG,3\n2,Bob,Main St 2,MUG,3\n3,Cy,Main St 3,MUG,3\n");
    let id = |number: &str| h.order(number)["row"]["id"].clone();
    h.ok("cancel_order", json!({"id": id("1"), "reason": "customer"}));
    let wave = h.release();
    let task = h.task(&wave);
    let number = task["order_number"].as_str().unwrap().to_owned();
    h.ok("pick", json!({"task_id": task["id"], "qty": 3}));
    h.ok("cancel_order", json!({"id": id(&number), "reason": "customer"}));
    assert_eq!(h.line(&number, 0), "3 3 0 0 0 0");
    let waiting = h.ok("putaway_tasks", Value::Null);
    assert_eq!(
        (waiting[0]["qty"].as_i64(), waiting[0]["from"].as_str()),
        (Some(3), Some("DOCK-1"))
    );
    h.books();
}

#[test]
fn the_same_file_twice_changes_nothing_and_the_same_order_with_another_body_is_a_conflict() {
    let h = house("MUG,A-01-1,9\n");
    h.orders("1,Ann,Main St 1,MUG,3\n");
    assert_eq!(h.orders("1,Ann,Main St 1,MUG,3\n")["duplicate_file"], true);
    let known = h.orders("1,Ann,Main St 1,MUG,3\n2,Bob,Main St 2,MUG,1\n");
    assert_eq!((known["accepted"].as_i64(), known["already_known"].as_i64()), (Some(1), Some(1)));
    let clash = h.orders("1,Ann,Main St 1,MUG,4\n");
    assert_eq!(clash["rejected"][0]["line"], 2);
    let unknown = h.orders("7,Di,Main St 4,SOAP,1\n8,Di,Main St 4,MUG,1\n");
    assert_eq!(
        (unknown["accepted"].as_i64(), unknown["rejected"][0]["line"].as_i64()),
        (Some(1), Some(2))
    );
    h.books();
}

#[test]
fn a_dry_run_leaves_no_trace_and_a_broken_file_is_refused_whole() {
    let h = house("MUG,A-01-1,9\n");
    let args = json!({"kind": "orders", "file_name": "f.csv", "dry_run": true,
        "text": "order_id,customer,address,sku,qty\n1,Ann,Main St 1,MUG,3\n"});
    assert_eq!(h.ok("import_file", args)["accepted"], 1);
    let args = json!({"view":"all","search":"","sort":"number","offset":0,"limit":10});
    assert_eq!(h.ok("orders", args)["total"], 0);
    let broken = json!({"kind": "orders", "file_name": "half.json", "text": "[{\"order_id\":"});
    assert_eq!(h.call("import_file", broken).unwrap_err().code, "unreadable_file");
    h.books();
}

#[test]
fn a_held_order_is_not_picked_until_the_hold_is_lifted() {
    let h = house("MUG,A-01-1,9\n");
    h.orders("1,Ann,Main St 1,MUG,3\n");
    let wave = h.release();
    let id = h.order("1")["row"]["id"].clone();
    h.ok("hold_order", json!({"id": id, "reason": "address"}));
    assert_eq!(h.task(&wave), Value::Null);
    h.ok("unhold_order", json!({ "id": id }));
    assert_eq!(h.task(&wave)["qty"], 3);
    h.books();
}

#[test]
fn dropped_files_end_in_done_or_rejected_with_the_reason_beside_them() {
    let h = house("MUG,A-01-1,9\n");
    let drop = h.app.drop_dir();
    for name in ["done", "rejected"] {
        std::fs::create_dir_all(drop.join(name)).unwrap();
    }
    let write = |name: &str, text: &[u8]| {
        std::fs::write(drop.join(name), text).unwrap();
        app::drop_folder::take(&h.app, &drop, &drop.join(name)).unwrap();
    };
    write("good.csv", b"order_id,customer,address,sku,qty\n1,Ann,Main St 1,MUG,3\n2,Bo,x,MUG,0\n");
    write("half.json", b"[{\"order_id\":");
    write("binary.csv", &[0xff, 0xfe, 0x00]);
    assert!(drop.join("done/good.csv").exists());
    let errors = std::fs::read_to_string(drop.join("done/good.errors.csv")).unwrap();
    assert!(errors.contains("3,qty,"), "{errors}");
    assert!(drop.join("rejected/half.why.txt").exists());
    assert!(drop.join("rejected/binary.why.txt").exists());
    assert_eq!(h.line("1", 0), "3 0 3 0 0 0");
    h.books();
}
