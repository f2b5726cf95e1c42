//! The TypeScript face of the commands, generated from the Rust types.

use crate::step;
use crate::test::ALL;
use anyhow::{Context, ensure};
use std::fs;

pub const FILE: &str = "ui/src/api/bindings.ts";

pub fn write() -> anyhow::Result<()> {
    let fresh = generate()?;
    // An unchanged file keeps its time, so that the screens are not built again for nothing.
    if fs::read_to_string(FILE).ok().as_ref() != Some(&fresh) {
        fs::write(FILE, fresh).with_context(|| format!("writing {FILE}"))?;
    }
    Ok(())
}

pub fn check() -> anyhow::Result<()> {
    let committed = fs::read_to_string(FILE).with_context(|| format!("reading {FILE}"))?;
    ensure!(committed == generate()?, "{FILE} is stale; run: cargo xtask bindings");
    Ok(())
}

/// Built with everything else: any other selection of crates would build the typesetter again.
fn generate() -> anyhow::Result<String> {
    step::sh(&format!("cargo build {ALL} --bins --tests --example bindings"))?;
    step::read(&step::target("debug/examples/bindings").to_string_lossy())
}
