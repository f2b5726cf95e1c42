//! Tables as files for a spreadsheet.

use crate::house::House;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

fn saved(house: &House, format: &str) -> (Value, Vec<u8>) {
    let rows = json!([
        ["=1+1", 7, {"minor": -1905, "currency": "EUR"}, {"at": 90_000_000}],
        ["Li, \"Wei\" 李伟", 0, {"minor": 5, "currency": "EUR"}, ""]
    ]);
    let heads = json!(["Customer", "Units", "Value", "Placed"]);
    let args = json!({"name": "Orders / 订单", "format": format, "heads": heads, "rows": rows});
    let sheet = house.call("save_sheet", args);
    let bytes = STANDARD.decode(sheet["base64"].as_str().unwrap()).unwrap();
    assert_eq!(std::fs::read(sheet["saved_path"].as_str().unwrap()).unwrap(), bytes);
    (sheet, bytes)
}

#[test]
fn a_sheet_as_csv_opens_in_excel_and_runs_nothing() {
    let house = House::new();
    let (sheet, bytes) = saved(&house, "csv");
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "\u{feff}Customer,Units,Value,Placed\r\n'=1+1,7,-19.05,1970-01-02 01:00\r\n\
         \"Li, \"\"Wei\"\" 李伟\",0,0.05,\r\n"
    );
    let name = sheet["file_name"].as_str().unwrap();
    assert!(name.starts_with("Orders---订单-") && name.ends_with(".csv"), "{name}");
}

#[test]
fn a_sheet_as_a_workbook_is_a_package_with_its_words() {
    let house = House::new();
    let (_, bytes) = saved(&house, "xlsx");
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    let none = json!({"name": "x", "format": "xlsx", "heads": [], "rows": []});
    assert!(house.call("save_sheet", none)["base64"].as_str().unwrap().len() > 1000);
}

#[test]
fn a_workbook_is_read_as_the_file_that_it_was_saved_as() {
    let house = House::new();
    let (sheet, _) = saved(&house, "xlsx");
    let read = house.call("read_sheet", json!({"base64": sheet["base64"], "sheet": ""}));
    assert_eq!(read["sheets"].as_array().unwrap().len(), 1);
    assert_eq!(
        read["text"],
        "Customer,Units,Value,Placed\n=1+1,7,-19.05,1970-01-02 01:00\n\"Li, \"\"Wei\"\" 李伟\",0,0.05,\n"
    );
    let wrong = json!({"base64": sheet["base64"], "sheet": "no such sheet"});
    assert_eq!(house.refused("read_sheet", wrong), "unreadable_file");
    let csv = json!({"base64": STANDARD.encode("a,b\n1,2"), "sheet": ""});
    assert_eq!(house.refused("read_sheet", csv), "unreadable_file");
}

#[test]
fn the_file_for_support_has_refusals_by_their_code_and_no_names() {
    let house = House::new();
    assert_eq!(house.refused("order", json!({"id": "Li Wei"})), "unknown");
    let file = house.call("save_support", json!({"text": "Version: 1"}));
    let bytes = STANDARD.decode(file["base64"].as_str().unwrap()).unwrap();
    assert_eq!(std::fs::read(file["saved_path"].as_str().unwrap()).unwrap(), bytes);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("Version: 1\n\n") && text.contains("order: unknown"), "{text}");
    assert!(!text.contains("Li Wei"), "{text}");
}
