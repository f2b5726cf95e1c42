//! Two desktops apart and together again.

use crate::process::{ServerProcess, admin};
use crate::station::{Desktop, on_hand, receipt, scrap, wait};
use domain::{Body, LineId, Qty, Sku};
use serde_json::json;

fn north(data: &std::path::Path) -> [String; 2] {
    admin(data, None, &["site", "north"]);
    [0, 1].map(|n| admin(data, None, &["code", "north", &format!("desk {n}")]))
}

/// 10 - 3 - 4 is 3, whoever was offline when.
#[test]
fn two_picks_made_apart_are_both_counted() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let server = ServerProcess::start(data.path(), None);
    let mut a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 10);
    a.wait_sent();
    let mut b = Desktop::enrolled(&server.url, &codes[1]);
    wait("told", || on_hand(&b, "MUG") == 10);
    a.cable_out();
    b.cable_out();
    a.write(vec![Body::Moved(scrap("MUG", 3))]);
    b.write(vec![Body::Moved(scrap("MUG", 4))]);
    assert_eq!((on_hand(&a, "MUG"), on_hand(&b, "MUG")), (7, 6));
    assert!(a.only_here() > 0 && b.only_here() > 0);
    let (a, b) = (a.cable_in(), b.cable_in());
    wait("agreed", || on_hand(&a, "MUG") == 3 && on_hand(&b, "MUG") == 3);
    wait("quiet", || a.only_here() == 0 && a.site_events() == b.site_events());
    assert_eq!(a.hash(), b.hash());
}

/// Each promises the only unit of an order's line, and neither hears of the other's promise.
#[test]
fn a_line_promised_by_two_desktops_apart_is_promised_once() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let server = ServerProcess::start(data.path(), None);
    let mut a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 1);
    let gone = vec![Body::Moved(scrap("MUG", 1))];
    a.write(gone);
    let order = json!({"external_id": "D-1", "customer": "Bo", "address": "Quay 2", "lon": null,
        "lat": null, "lines": [{"sku": "MUG", "qty": 1}]});
    let placed = a.ask("place_order", order);
    let number = |desk: &Desktop| {
        let list = json!({"view": "all", "search": "", "sort": "number", "offset": 0, "limit": 9});
        desk.ask("orders", list)["rows"].as_array().unwrap().len()
    };
    a.wait_sent();
    let mut b = Desktop::enrolled(&server.url, &codes[1]);
    wait("told", || number(&b) == 1);
    a.cable_out();
    b.cable_out();
    let list = json!({"view": "all", "search": "", "sort": "number", "offset": 0, "limit": 9});
    let id = a.ask("orders", list)["rows"][0]["id"].clone();
    let line = a.ask("order", json!({"id": id}))["lines"][0]["id"].clone();
    let line = LineId::parse(line.as_str().unwrap()).unwrap();
    for desk in [&a, &b] {
        let quota = Some(Sku::parse("MUG").unwrap());
        let promised = Body::Promised { line, qty: Qty(1), quota };
        desk.write(vec![Body::Moved(receipt("MUG", 2)), promised]);
        assert_eq!(desk.promised("MUG"), 1, "{placed}");
    }
    let (a, b) = (a.cable_in(), b.cable_in());
    wait("agreed", || a.available("MUG") == 3 && b.available("MUG") == 3);
    wait("quiet", || a.only_here() == 0 && a.site_events() == b.site_events());
    assert_eq!((a.promised("MUG"), b.promised("MUG")), (1, 1));
    assert_eq!(a.hash(), b.hash());
}

/// Both facts stand: four mugs left the shelf. The order needs two, so two wait on the dock.
#[test]
fn a_line_picked_by_two_desktops_apart_is_put_back_once() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let server = ServerProcess::start(data.path(), None);
    let mut a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 10);
    let order = json!({"external_id": "D-2", "customer": "Bo", "address": "Quay 2", "lon": null,
        "lat": null, "lines": [{"sku": "MUG", "qty": 2}]});
    a.ask("place_order", order);
    a.wait_sent();
    let mut b = Desktop::enrolled(&server.url, &codes[1]);
    wait("promised", || {
        [&a, &b].iter().all(|desk| on_hand(desk, "MUG") == 10 && desk.promised("MUG") == 2)
    });
    a.cable_out();
    b.cable_out();
    for desk in [&a, &b] {
        desk.ask("create_wave", json!({"order_ids": [], "max_orders": 9}));
        let wave = desk.ask("waves", json!({}))[0]["id"].clone();
        desk.ask("release_wave", json!({"id": wave}));
        let next = desk.ask("pick_next", json!({"wave_id": wave, "skipped": []}));
        let task = next["task"]["id"].clone();
        desk.ask("pick", json!({"task_id": task, "qty": 2, "serials": []}));
    }
    let (a, b) = (a.cable_in(), b.cable_in());
    let at = |desk: &Desktop, bin: &str| {
        let rows = desk.ask("bin", json!({"id": bin}))["keys"].clone();
        rows.as_array().unwrap().iter().map(|row| row["on_hand"].as_i64().unwrap()).sum::<i64>()
    };
    let settled =
        |desk: &Desktop| (at(desk, "A-01"), at(desk, "PACK-1"), at(desk, "DOCK-1")) == (6, 2, 2);
    wait("agreed", || settled(&a) && settled(&b));
    wait("quiet", || a.only_here() == 0 && a.site_events() == b.site_events());
    assert_eq!(a.hash(), b.hash());
    // Work goes on: the line is not stuck.
    a.write(vec![Body::Moved(scrap("MUG", 1))]);
    a.wait_sent();
}

/// What was acknowledged is there after the server was killed; what was not is sent again.
#[test]
fn a_killed_server_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let mut server = ServerProcess::start(data.path(), None);
    let a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 100);
    for _ in 0..20 {
        a.write(vec![Body::Moved(scrap("MUG", 1))]);
    }
    server.kill();
    for _ in 0..20 {
        a.write(vec![Body::Moved(scrap("MUG", 1))]);
    }
    assert!(a.only_here() >= 20);
    let again = server.again(data.path(), None);
    a.wait_sent();
    let b = Desktop::enrolled(&again.url, &codes[1]);
    wait("told", || on_hand(&b, "MUG") == 60);
    wait("quiet", || a.only_here() == 0 && a.site_events() == b.site_events());
    assert_eq!(a.hash(), b.hash());
}

#[test]
fn a_code_opens_once_and_a_revoked_desktop_is_kept_aside() {
    let data = tempfile::tempdir().unwrap();
    let codes = north(data.path());
    let server = ServerProcess::start(data.path(), None);
    let a = Desktop::enrolled(&server.url, &codes[0]);
    a.furnish("MUG", 10);
    a.wait_sent();
    let refused = Desktop::asking(&server.url, &codes[0]);
    wait("refused", || refused.trouble().contains("has been used"));
    let b = Desktop::enrolled(&server.url, &codes[1]);
    wait("told", || on_hand(&b, "MUG") == 10);
    let station = a.app.with_store(|store| store.station()).to_string();
    admin(data.path(), None, &["revoke", &station]);
    a.write(vec![Body::Moved(scrap("MUG", 5))]);
    wait("set aside", || a.only_here() == 0);
    let attention = admin(data.path(), None, &["attention", "north"]);
    assert!(attention.contains("Revoked"), "{attention}");
    assert_eq!(on_hand(&b, "MUG"), 10);
}

/// What a desktop may not say is kept aside at the server; the desktop's inbox says so.
#[test]
fn what_the_server_sets_aside_stands_in_the_inbox() {
    let data = tempfile::tempdir().unwrap();
    admin(data.path(), None, &["site", "north"]);
    let code = admin(data.path(), None, &["code", "north", "desk", "--not", "setting_set"]);
    let server = ServerProcess::start(data.path(), None);
    let a = Desktop::enrolled(&server.url, &code);
    a.furnish("MUG", 10);
    a.wait_sent();
    let inbox = || a.ask("inbox", json!({}))["items"].as_array().unwrap().clone();
    assert!(inbox().is_empty());
    a.ask("set_offline_share", json!({"percent": 10}));
    a.write(vec![Body::Moved(scrap("MUG", 1))]);
    a.wait_sent();
    wait("noticed", || !inbox().is_empty());
    let items = inbox();
    assert_eq!((items.len(), &items[0]["kind"]), (1, &json!("set_aside")), "{items:?}");
    assert!(items[0]["what"].as_str().unwrap().contains("setting_set"), "{items:?}");
    let attention = admin(data.path(), None, &["attention", "north"]);
    assert!(attention.contains("KindNotAllowed"), "{attention}");
}
