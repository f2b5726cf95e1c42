//! From a fresh checkout to an open window.

use crate::packages;
use crate::screens;
use crate::step::sh;
use anyhow::Context;
use std::fs;
use std::path::Path;

const DEMO: &str = "target/demo";
const DEMO_UNFINISHED: &str = "target/demo.unfinished";

/// With no display, or when asked to, it is the browser; then the window is not built at all, which
/// is most of the time that a first build takes.
pub fn run(browser: bool) -> anyhow::Result<()> {
    let display =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let on_linux = cfg!(target_os = "linux");
    let window = !browser && (display || !on_linux);
    let needed = if window { &[packages::BUILD, packages::WINDOW][..] } else { &[packages::BUILD] };
    packages::ensure_installed(needed)?;
    screens::install()?;
    screens::build()?;
    if window {
        // One build for both programs: what they share is compiled once.
        sh("cargo build --release -p quayside -p quayside-cli --features quayside/embedded-ui")?;
    } else {
        sh("cargo build --release -p quayside-cli")?;
    }
    make_demo()?;
    if window {
        return sh(&format!("target/release/quayside {DEMO}"));
    }
    if !browser {
        println!("There is no display here, so the same screens are served to a browser:");
    }
    sh(&format!("target/release/quay serve {DEMO}"))
}

/// Made beside and then renamed, so that half a warehouse is never opened.
fn make_demo() -> anyhow::Result<()> {
    if Path::new(DEMO).exists() {
        return Ok(());
    }
    if Path::new(DEMO_UNFINISHED).exists() {
        fs::remove_dir_all(DEMO_UNFINISHED).context("removing an unfinished demo")?;
    }
    sh(&format!("target/release/quay demo {DEMO_UNFINISHED}"))?;
    fs::rename(DEMO_UNFINISHED, DEMO).context("putting the demo in its place")
}
