//! One benchmark in release mode: `cargo xtask bench NAME` runs the program `bench-NAME`. A bench
//! lives with the crate it measures, so that measuring the ledger does not build the window.

use crate::step;
use anyhow::bail;
use std::process::Command;

const BENCHES: &[(&str, &str)] = &[("ledger", "quayside-store")];

pub fn bench(name: &str, words: &[&str]) -> anyhow::Result<()> {
    let Some((_, package)) = BENCHES.iter().find(|(known, _)| *known == name) else {
        let names: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!("there is no benchmark {name}; there are: {}", names.join(", "));
    };
    let program = format!("bench-{name}");
    println!("> {program} {}", words.join(" "));
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "-p", package, "--example", &program, "--"]).args(words);
    step::run(cargo)
}
