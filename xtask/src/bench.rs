//! One benchmark in release mode: `cargo xtask bench NAME` runs its programs one after another. Each
//! lives with the crate it measures.

use crate::step;
use anyhow::bail;
use std::process::Command;

const BENCHES: &[(&str, &[(&str, &str)])] = &[
    ("ledger", &[("quayside-store", "bench-ledger"), ("quayside-app", "bench-screens")]),
    ("roads", &[("quayside-roads", "bench-roads")]),
    ("sync", &[("quayside-server", "bench-sync")]),
    ("real", &[("quayside-server", "bench-real")]),
];

pub fn bench(name: &str, words: &[&str]) -> anyhow::Result<()> {
    let Some((_, programs)) = BENCHES.iter().find(|(known, _)| *known == name) else {
        let names: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!("there is no benchmark {name}; there are: {}", names.join(", "));
    };
    for (package, program) in *programs {
        println!("> {program} {}", words.join(" "));
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["run", "--release", "-p", package, "--example", program, "--"]).args(words);
        step::run(cargo)?;
    }
    Ok(())
}
