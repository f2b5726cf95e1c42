//! Every paper comes out as a PDF, and is saved.

use crate::house::House;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{Body, CountId};
use serde_json::json;

#[test]
fn every_document_is_a_pdf_in_the_print_folder() {
    let house = House::new();
    house.plan();
    house.call("publish_plan", json!({}));
    let count = house.write(|w| {
        let count = CountId(w.id());
        w.record(Body::CountOpened {
            count,
            location: crate::seed::at("A-01"),
            why: "never counted".into(),
        })?;
        Ok(count)
    });
    let accept = json!({"sku": "MUG-1", "action": "accept", "qty": 24, "reason": ""});
    house.call("decide_proposals", json!({"decisions": [accept]}));
    // A wave with something left to pick.
    assert_eq!(house.refused("print", json!({"doc": "pick_list", "ids": []})), "nothing_to_print");
    house.allocate_first();
    check(&house, "pick_list", &["W-0"]);
    house.pack_all();
    let order = house.orders[1].id.to_string();
    check(&house, "bin_labels", &["A-01", "S-1"]);
    check(&house, "product_labels", &["MUG-1", "MUG-2"]);
    check(&house, "carton_labels", &["C-001", "C-002"]);
    check(&house, "packing_slip", &[&order]);
    check(&house, "packing_slip", &["SO-004"]);
    check(&house, "manifest", &[&first_van(&house)]);
    check(&house, "count_sheet", &[&count.to_string()]);
    check(&house, "purchase_order", &["MUG-1"]);
    check(&house, "day_report", &["2026-03-02"]);
    check(&house, "week_report", &["2026-03-02"]);
}

fn first_van(house: &House) -> String {
    let day = house.call("dispatch_day", json!({}));
    day["routes"][0]["van_id"].as_str().unwrap().to_owned()
}

fn check(house: &House, doc: &str, ids: &[&str]) {
    let printed = house.call("print", json!({"doc": doc, "ids": ids}));
    let pdf = STANDARD.decode(printed["pdf_base64"].as_str().unwrap()).unwrap();
    assert!(pdf.starts_with(b"%PDF"), "{doc}");
    assert!(printed["pages_svg"][0].as_str().unwrap().starts_with("<svg"), "{doc}");
    let file = printed["file_name"].as_str().unwrap();
    assert_eq!(std::fs::read(house.dir.path().join("print").join(file)).unwrap(), pdf, "{doc}");
}
