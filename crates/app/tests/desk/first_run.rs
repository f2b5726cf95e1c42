//! An empty book becomes a house that can work, and only once.

use app::{App, Edge};
use domain::Day;
use serde_json::{Value, json};
use store::OpenMode;

fn empty() -> (tempfile::TempDir, App) {
    let dir = tempfile::tempdir().unwrap();
    let now = Day::parse("2026-03-10").unwrap().start();
    let app = App::open_with(dir.path(), Edge::seeded(5, move || now), OpenMode::Bulk).unwrap();
    (dir, app)
}

fn founding(pin: &str, aisles: u32) -> Value {
    json!({
        "warehouse": "North", "site": "Pier 4", "currency": "CNY", "time_zone": "Asia/Shanghai", "person": "Li Wei", "pin": pin,
        "aisles": aisles, "bays": 3, "levels": 2, "pick_levels": 1
    })
}

#[test]
fn goods_can_be_taken_in_right_after_the_first_run() {
    let (_dir, app) = empty();
    let startup = app.call("en:", "startup", json!({})).unwrap();
    assert!(startup["people"].as_array().unwrap().is_empty());
    app.call("zh:", "found_house", founding("2468", 2)).unwrap();
    let startup = app.call("zh:", "startup", json!({})).unwrap();
    assert_eq!(startup["warehouse"], "North");
    assert_eq!(startup["currency"], "CNY");
    let who = startup["people"][0]["id"].clone();
    let signed = app.call("zh:", "sign_in", json!({"person_id": who, "pin": "2468"})).unwrap();
    let session = format!("en:{}", signed["token"].as_str().unwrap());
    let import = |kind: &str, text: &str| {
        let args = json!({"kind": kind, "file_name": kind, "text": text, "dry_run": false});
        app.call(&session, "import_file", args).unwrap()
    };
    assert_eq!(import("products", "sku,name\nMUG,Mug\n")["accepted"], 1);
    assert_eq!(import("places", "code,kind\nCAGE-1,bulk\n")["accepted"], 1);
    let stock = import("stock", "sku,location,qty\nMUG,B-03-2,7\nMUG,CAGE-1,5\nMUG,C-01-1,1\n");
    assert_eq!(stock["accepted"], 2);
    assert_eq!(stock["rejected"][0]["line"], 4);
    let mug = app.call(&session, "sku", json!({"id": "MUG"})).unwrap();
    assert_eq!(mug["row"]["on_hand"], 12);
}

#[test]
fn a_house_is_founded_once_and_not_by_halves() {
    let (_dir, app) = empty();
    for (wrong, code) in [(founding("12", 1), "invalid"), (founding("1234", 27), "invalid")] {
        let problem = app.call("en:", "found_house", wrong).unwrap_err();
        assert_eq!(problem.code, code, "{}", problem.what_happened);
    }
    assert!(
        app.call("en:", "startup", json!({})).unwrap()["people"].as_array().unwrap().is_empty()
    );
    app.call("en:", "found_house", founding("1234", 1)).unwrap();
    let again = app.call("en:", "found_house", founding("9999", 1)).unwrap_err();
    assert_eq!(again.code, "founded");
    // Once there are people, only those in charge may hand the house over to a server.
    let enroll = json!({"url": "http://127.0.0.1:9", "code": "ABCD-EFGH-JKMN"});
    assert_eq!(app.call("en:", "enroll", enroll).unwrap_err().code, "signed_out");
}
