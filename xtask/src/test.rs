//! Everything that can turn red, in the order that finds mistakes soonest.

use crate::packages;
use crate::screens;
use crate::step::{Steps, sh};

/// The same features for every Rust step: with others, the window's crates would be built twice.
const EMBEDDED: &str = "--features quayside/embedded-ui";

pub fn test() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    let ready = steps.step("system packages", || {
        packages::ensure_installed(&[packages::WINDOW, packages::TESTS])
    }) && steps.step("screen packages", screens::install)
        && steps.step("build the screens", screens::build);
    if ready {
        steps.step("check the screens", || sh("npm run check --workspace ui"));
        steps.step("test the screens", || sh("npm run test --workspace ui"));
        steps.step("test Rust", || sh(&format!("cargo test --workspace {EMBEDDED}")));
        let built = steps.step("build the programs", || {
            sh(&format!("cargo build -p quayside -p quayside-cli {EMBEDDED}"))
        });
        if built {
            steps.step("test the window", || sh("cargo test -p quayside-tests --test desktop"));
        }
        steps.step("test the browser", || sh("cargo test -p quayside-tests --test browser"));
    }
    steps.finish()
}
