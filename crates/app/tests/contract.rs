//! The screens' contract and the registry name the same commands.

use std::collections::BTreeSet;

const BINDINGS: &str = include_str!("../../../ui/src/api/bindings.ts");

#[test]
fn every_command_of_the_screens_has_a_door_and_every_door_a_screen() {
    let api = BINDINGS.split("export interface Api {").nth(1).unwrap();
    let screens: BTreeSet<&str> = api
        .split(';')
        .filter_map(|entry| entry.split(": [").next())
        .map(|name| name.trim())
        .filter(|name| !name.is_empty() && *name != "}")
        .collect();
    let doors: BTreeSet<&str> = app::registry::names().into_iter().collect();
    let missing: Vec<_> = screens.difference(&doors).collect();
    let unused: Vec<_> = doors.difference(&screens).collect();
    assert!(missing.is_empty() && unused.is_empty(), "no door: {missing:?}; no screen: {unused:?}");
}
