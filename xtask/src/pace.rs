//! How quickly the screens answer a hand on a warehouse with a long history:
//! `cargo xtask bench pace [EVENTS]`.

use crate::step::{self, sh};
use crate::walk::Served;
use crate::{packages, screens};
use std::path::Path;

const EVENTS: &str = "1000000";

pub fn pace(words: &[&str]) -> anyhow::Result<()> {
    packages::ensure_installed(&[packages::TESTS])?;
    screens::install()?;
    screens::build()?;
    screens::weigh()?;
    sh("cargo build --release -p quayside-cli")?;
    let quay = step::target("release/quay");
    let events = words.first().unwrap_or(&EVENTS);
    // Kept, as it takes minutes to make; tomorrow its morning is over and another one is made.
    let day = step::read("date +%F")?;
    let house = format!("target/pace-{events}-{}", day.trim());
    if !Path::new(&house).exists() {
        let fresh = format!("{house}.unfinished");
        let _ = std::fs::remove_dir_all(&fresh);
        sh(&format!("{} demo {fresh} --events {events}", quay.display()))?;
        std::fs::rename(&fresh, &house)?;
    }
    let served = Served::folder(&quay, &house)?;
    sh(&format!("node ui/tools/pace.mjs {} --pid {}", served.url, served.pid()))
}
