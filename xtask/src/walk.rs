//! Every screen of a served demo warehouse in Chromium: walked through in tests, pictured for the
//! documents.

use crate::screens;
use crate::step::{self, sh};
use anyhow::{Context, ensure};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const HOUSE: &str = "target/walk";

/// What is looked for: everything in both languages, by keyboard too, and words nobody translated.
const WALKS: &[&str] = &[
    "--lang en --theme light --size 1280x800 --keys",
    "--lang zh --theme dark --size 1920x1080",
    "--lang pseudo --theme contrast --size 1440x900",
    // An 11-inch terminal for gloves, and a desk at 200 % zoom.
    "--lang zh --theme contrast --size 1366x768 --density touch",
    "--lang en --theme light --size 1280x800 --zoom 2",
];

pub fn walk() -> anyhow::Result<()> {
    screens::weigh()?;
    let served = Served::demo(&step::target("debug/quay"), true)?;
    let mut wrong = Vec::new();
    for words in WALKS {
        // All of them are walked: one red walk must not hide what the next one finds.
        // On a busy machine something may be drawn late; what is wrong is wrong twice.
        let line = format!("node ui/tools/walk.mjs {} {words}", served.url);
        if sh(&line).is_err() && sh(&line).is_err() {
            wrong.push(*words);
        }
    }
    ensure!(wrong.is_empty(), "complaints in {}", wrong.join("; "));
    Ok(())
}

/// All screens in both languages, three themes and two sizes, into a folder.
pub fn pictures(dir: &str) -> anyhow::Result<()> {
    sh("cargo build --release -p quayside-cli")?;
    let served = Served::demo(&step::target("release/quay"), false)?;
    for size in ["1280x800", "1920x1080"] {
        for lang in ["en", "zh"] {
            for theme in ["light", "dark"] {
                let words = format!("--lang {lang} --theme {theme} --size {size}");
                let to = Path::new(dir).join(format!("{lang}-{theme}-{size}"));
                // Complaints are printed; pictures are made all the same.
                let _ = sh(&format!(
                    "node ui/tools/walk.mjs {} {words} --pictures {}",
                    served.url,
                    to.display()
                ));
            }
        }
    }
    println!("The pictures are in {dir}.");
    Ok(())
}

pub struct Served {
    quay: Child,
    pub url: String,
}

impl Served {
    /// A new demo in a folder of its own, served until this is dropped.
    fn demo(quay: &Path, small: bool) -> anyhow::Result<Served> {
        if Path::new(HOUSE).exists() {
            fs::remove_dir_all(HOUSE).context("removing the last demo")?;
        }
        let small = if small { " --small" } else { "" };
        sh(&format!("{} demo {HOUSE}{small}", quay.display()))?;
        Served::folder(quay, HOUSE)
    }

    /// What is there already.
    pub fn folder(quay: &Path, house: &str) -> anyhow::Result<Served> {
        let mut serving = Command::new(quay);
        serving.args(["serve", house]).stdout(Stdio::piped());
        let mut quay = serving.spawn().context("starting quay serve")?;
        let mut line = String::new();
        let out = quay.stdout.take().context("quay serve says nothing")?;
        BufReader::new(out).read_line(&mut line)?;
        let url = line.split_whitespace().last().unwrap_or_default().to_owned();
        Ok(Served { quay, url })
    }

    pub fn pid(&self) -> u32 {
        self.quay.id()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.quay.kill();
        let _ = self.quay.wait();
    }
}
