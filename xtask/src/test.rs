//! Everything that can turn red, in the order that finds mistakes soonest.

use crate::packages;
use crate::screens;
use crate::step::{Steps, sh};
use crate::walk;

/// The same packages and features for every Rust step: with any other selection cargo would unify
/// features differently and build the typesetter and the window again.
pub const ALL: &str = "--workspace --features quayside/embedded-ui";

pub fn test() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    let ready = steps.step("system packages", || {
        packages::ensure_installed(&[packages::BUILD, packages::WINDOW, packages::TESTS])
    }) && steps.step("screen packages", screens::install)
        && steps.step("build the screens", screens::build);
    if ready {
        steps.step("check the screens", || sh("npm run check --workspace ui"));
        steps.step("test the screens", || sh("npm run test --workspace ui"));
        // With --tests the development dependencies take part, as they do in every later step.
        let built = steps.step("build Rust", || sh(&format!("cargo build {ALL} --bins --tests")));
        if built {
            steps.step("test Rust", || sh(&format!("cargo test {ALL}")));
            steps.step("test the window", || sh(&format!("cargo test {ALL} --test desktop")));
            steps.step("test the browser", || sh(&format!("cargo test {ALL} --test browser")));
            steps.step("walk the screens", walk::walk);
        }
    }
    steps.finish()
}
