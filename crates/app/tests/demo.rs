//! The demo's every number follows from its events, and one seed makes one house.

// A helper outside a test function may fail the test just as well.
#![allow(clippy::unwrap_used)]

use app::demo::{Scale, make};
use app::{App, Edge};
use domain::{Day, Timestamp};
use store::OpenMode;

fn morning() -> Timestamp {
    Day::parse("2026-03-10").unwrap().start().plus_seconds(8 * 3600 + 1800)
}

#[test]
fn a_small_demo_balances_and_replays_from_its_seed() {
    let hashes: Vec<String> = (0..2)
        .map(|_| {
            let dir = tempfile::tempdir().unwrap();
            let house = dir.path().join("demo");
            make(&house, 7, morning(), "Asia/Shanghai", Scale::SMALL, &mut |_| {}).unwrap();
            let app = App::open_with(&house, Edge::seeded(1, morning), OpenMode::Bulk).unwrap();
            let outcome = app.with_store(|s| s.verify(&dir.path().join("scratch"))).unwrap();
            let bad: Vec<_> = outcome.checks.iter().filter(|c| c.failure.is_some()).collect();
            assert!(bad.is_empty(), "{bad:?}");
            assert!(outcome.events > 1000, "{}", outcome.events);
            outcome.state_hash
        })
        .collect();
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn a_demo_never_overwrites_a_house() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("quayside.sqlite"), "x").unwrap();
    let problem = make(dir.path(), 7, morning(), "UTC", Scale::SMALL, &mut |_| {}).unwrap_err();
    assert_eq!(problem.code, "not_empty");
}
