//! `cargo xtask bench sync`: a hundred thousand events from one desktop through the server to
//! another, beside PouchDB's replication of as many documents; then orders through the API beside
//! single-row commits on the same PostgreSQL.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::disallowed_methods)]

mod orders;
mod ours;
mod pouch;

#[path = "../../tests/common/pair.rs"]
#[allow(dead_code)]
mod pair;
#[path = "../../tests/common/postgres.rs"]
#[allow(dead_code)]
mod postgres;
#[path = "../../tests/real/mod.rs"]
#[allow(dead_code)]
mod real;

use std::process::Command;

const EVENTS: usize = 100_000;

fn main() {
    real::roles::play();
    let word = std::env::args().nth(1);
    let events: usize = word.map_or(EVENTS, |word| word.parse().unwrap());
    let ours = ours::run(again, events);
    match pouch::run(events) {
        Ok(theirs) => println!(
            "time, ours to PouchDB's     {:>7.2} (goal 0.33)\n",
            ours.as_secs_f64() / theirs.as_secs_f64()
        ),
        Err(why) => println!("PouchDB was not measured: {why}\n"),
    }
    orders::run(again);
}

fn again() -> Command {
    Command::new(std::env::current_exe().unwrap())
}
