//! `cargo xtask bench real [SECONDS] [SEED]`: what tests/real does for half a minute, for ten.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::disallowed_methods)]

#[path = "../tests/common/pair.rs"]
mod pair;
#[path = "../tests/common/postgres.rs"]
#[allow(dead_code)]
mod postgres;
#[path = "../tests/real/mod.rs"]
mod real;

use std::process::Command;
use std::time::Duration;

const SECONDS: u64 = 600;

fn main() {
    real::roles::play();
    let mut words = std::env::args().skip(1).map(|word| word.parse().unwrap());
    let (seconds, seed) = (words.next().unwrap_or(SECONDS), words.next().unwrap_or(1));
    println!("{seconds} s of work, kills and cuts; seed {seed}");
    let after = real::storm::run(again, Duration::from_secs(seconds), seed);
    println!("{}", real::checks::check(&after));
}

fn again() -> Command {
    Command::new(std::env::current_exe().unwrap())
}
