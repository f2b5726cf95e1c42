//! Who may do what is decided in Rust, for every door of the registry, whatever a screen offers.

use crate::house::House;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Doors without a person: the first screen needs them.
const OPEN: [&str; 6] = ["startup", "sign_in", "sign_out", "status", "found_house", "enroll"];
/// Commands that whoever is signed in may call: they print or write files beside the book.
const FOR_ALL: [&str; 4] = ["print", "save_sheet", "save_support", "export_orders"];
const ROLES: [&str; 7] =
    ["picker", "packer", "receiver", "counter", "dispatcher", "supervisor", "admin"];

/// `"name" roles => module::file::run;` of the three lists, as they are written.
fn doors() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/registry");
    let mut doors = Vec::new();
    for list in ["desk.rs", "floor.rs", "orders.rs"] {
        let text = std::fs::read_to_string(folder.join(list)).unwrap();
        for line in text.lines().filter_map(|line| line.trim().strip_prefix('"')) {
            let (name, rest) = line.split_once('"').unwrap();
            let (roles, run) = rest.split_once("=>").unwrap();
            doors.push((name.to_owned(), roles.trim().to_owned(), run.trim().to_owned()));
        }
    }
    doors
}

fn session(house: &House, role: &str) -> (String, BTreeSet<String>) {
    let person = json!({"id": role, "name": role, "roles": [role], "pin": "4711", "active": true});
    house.call("save_person", person);
    let signed_in =
        house.app.call("en:", "sign_in", json!({"person_id": role, "pin": "4711"})).unwrap();
    let allowed = signed_in["allowed"].as_array().unwrap();
    let names = allowed.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    (format!("en:{}", signed_in["token"].as_str().unwrap()), names)
}

#[test]
fn a_command_that_changes_the_book_names_its_roles() {
    let doors = doors();
    assert!(doors.len() > 120, "only {} doors were found", doors.len());
    for (name, roles, run) in &doors {
        let is_command = run.starts_with("c::");
        let known = OPEN.contains(&name.as_str()) || FOR_ALL.contains(&name.as_str());
        assert!(!is_command || roles != "[]" || known, "{name} changes something for anybody");
        assert_eq!(roles == "open", OPEN.contains(&name.as_str()), "{name} {roles}");
    }
}

#[test]
fn every_door_is_shut_to_those_who_are_not_named() {
    let house = House::new();
    let code = |session: &str, name: &str| {
        house.app.call(session, name, Value::Null).err().map(|problem| problem.code)
    };
    let people: Vec<_> = ROLES.iter().map(|role| (*role, session(&house, role))).collect();
    let mut refused = 0;
    for (name, ..) in doors().iter().filter(|(name, ..)| !OPEN.contains(&name.as_str())) {
        assert_eq!(code("en:", name).as_deref(), Some("signed_out"), "{name} without anybody");
        assert_eq!(code("en:made-up", name).as_deref(), Some("signed_out"), "{name}");
        for (role, (session, allowed)) in &people {
            // What the screens are told is what is held to.
            if !allowed.contains(name.as_str()) {
                assert_eq!(code(session, name).as_deref(), Some("not_allowed"), "{role}: {name}");
                refused += 1;
            }
        }
    }
    assert!(refused > 200, "only {refused} refusals");
}

#[test]
fn who_may_do_what() {
    let house = House::new();
    let people: Vec<_> = ROLES.iter().map(|role| (*role, session(&house, role).1)).collect();
    let may = |name: &str| -> Vec<&str> {
        people.iter().filter(|(_, names)| names.contains(name)).map(|(role, _)| *role).collect()
    };
    for (name, roles) in [
        ("pick", "picker supervisor admin"),
        ("pack_scan", "packer supervisor admin"),
        ("receive", "receiver supervisor admin"),
        ("submit_count", "counter supervisor admin"),
        ("approve_count", "supervisor admin"),
        ("plan_routes", "dispatcher supervisor admin"),
        ("keep_proof", "dispatcher supervisor admin"),
        ("van_position", "dispatcher supervisor admin"),
        ("save_alert_rules", "supervisor admin"),
        ("import_file", "supervisor admin"),
        ("save_person", "admin"),
        ("set_time_zone", "admin"),
    ] {
        assert_eq!(may(name).join(" "), roles, "{name}");
    }
    // Somebody who has left may do nothing, signed in or not.
    let (token, _) = session(&house, "picker");
    let gone =
        json!({"id": "picker", "name": "picker", "roles": ["picker"], "pin": "", "active": false});
    house.call("save_person", gone);
    assert_eq!(house.app.call(&token, "pick", Value::Null).unwrap_err().code, "not_allowed");
    assert_eq!(house.app.call(&token, "orders", Value::Null).unwrap_err().code, "not_allowed");
}
