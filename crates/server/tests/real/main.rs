//! Two replicas, a database with a standby and five desktops, killed for half a minute: nothing that
//! was confirmed to anybody is lost or doubled. `cargo xtask bench real` does it for ten minutes.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::disallowed_methods)]

#[path = "../common/pair.rs"]
mod pair;
#[path = "../common/postgres.rs"]
#[allow(dead_code)]
mod postgres;
#[path = "mod.rs"]
mod real;

use std::process::Command;
use std::time::Duration;

const SPAN: Duration = Duration::from_secs(30);

/// The processes that are killed: this same program, which runs this one test.
#[test]
fn role() {
    real::roles::play();
}

fn again() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "role", "--nocapture"]);
    command
}

#[test]
fn nothing_confirmed_is_lost_or_doubled_whatever_is_killed() {
    let after = real::storm::run(again, SPAN, 1);
    println!("{}", real::checks::check(&after));
    assert!(after.kills.iter().any(|(what, _)| *what == "primary"), "no primary was killed");
}
