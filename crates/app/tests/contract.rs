//! The screens are checked against what the commands really take and answer.

const COMMITTED: &str = include_str!("../../../ui/src/api/bindings.ts");

#[test]
fn the_types_of_the_screens_are_those_of_the_commands() {
    let fresh = app::bindings::typescript().unwrap();
    let differs =
        fresh.lines().zip(COMMITTED.lines()).find(|(fresh, committed)| fresh != committed);
    assert!(
        fresh == COMMITTED,
        "ui/src/api/bindings.ts is stale; run: cargo xtask bindings\nfirst difference: {differs:?}"
    );
}
