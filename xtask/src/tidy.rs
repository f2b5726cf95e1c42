//! Rules that a compiler does not know. Each check returns what is wrong, one line for each.

mod arrows;
mod licenses;
mod texts;

use crate::step::{self, Steps, sh};
use crate::{bindings, manifests};
use anyhow::bail;

pub fn tidy() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    let crates = manifests::read()?;
    let files = texts::tracked()?;
    steps.step("arrows between crates", || none(arrows::wrong(&crates)));
    steps.step("licenses", || licenses(&crates));
    steps.step("length of files", || none(texts::too_long(&files)));
    steps.step("paths of one machine", || none(texts::machine_paths(&files)));
    steps.step("reasons for dependencies", || none(texts::unexplained(&crates)?));
    steps.step("format", || sh("cargo fmt --all --check"));
    steps.step("lints", || sh("cargo clippy --workspace --all-targets -- -D warnings"));
    steps.step("bindings", bindings::check);
    steps.finish()
}

fn licenses(crates: &[manifests::Crate]) -> anyhow::Result<()> {
    if step::is_installed("cargo-deny") && std::path::Path::new("deny.toml").exists() {
        return sh("cargo deny check licenses");
    }
    none(licenses::wrong(crates))
}

fn none(wrong: Vec<String>) -> anyhow::Result<()> {
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("\n   {}", wrong.join("\n   "))
}
