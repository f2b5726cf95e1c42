//! One benchmark in release mode: `cargo xtask bench NAME` runs the program `bench-NAME`.

use crate::step;
use std::process::Command;

pub fn bench(name: &str, words: &[&str]) -> anyhow::Result<()> {
    let program = format!("bench-{name}");
    println!("> {program} {}", words.join(" "));
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "-p", "quayside-tests", "--bin", &program, "--"]).args(words);
    step::run(cargo)
}
