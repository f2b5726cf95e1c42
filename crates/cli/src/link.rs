//! `quay link`: belong to a server, and say how that stands.

use crate::house;
use anyhow::{Result, bail};
use app::App;
use app::syncing::LinkState;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

const LOOK_EVERY: Duration = Duration::from_millis(200);

#[derive(clap::Subcommand)]
pub enum Command {
    /// Become a station of a server's site, with the one-time code that the server gave out
    Enroll { dir: PathBuf, url: String, code: String },
    /// What only this desktop has, and what it knows of its server
    Status { dir: PathBuf },
    /// Send and receive without a window
    Run {
        dir: PathBuf,
        /// End as soon as the server has everything and nothing more comes
        #[arg(long)]
        once: bool,
    },
}

pub fn run(command: &Command) -> Result<()> {
    match command {
        Command::Enroll { dir, url, code } => enroll(dir, url, code),
        Command::Status { dir } => {
            println!("{}", serde_json::to_string_pretty(&status(&house::open(dir)?)?)?);
            Ok(())
        }
        Command::Run { dir, once } => carry(dir, *once),
    }
}

fn status(app: &App) -> Result<serde_json::Value> {
    Ok(app.call_as(app::SYSTEM, "server", json!({}))?)
}

fn enroll(dir: &Path, url: &str, code: &str) -> Result<()> {
    let app = Arc::new(house::open(dir)?);
    let _wire = link::start(app.clone());
    app.call_as(app::SYSTEM, "enroll", json!({ "url": url, "code": code }))?;
    let until = Instant::now() + Duration::from_secs(20);
    while !app.is_enrolled() {
        let status = status(&app)?;
        let trouble = status["trouble"].as_str().unwrap_or_default();
        if !trouble.is_empty() {
            bail!("{trouble}");
        }
        if Instant::now() > until {
            bail!("the server does not answer");
        }
        std::thread::sleep(LOOK_EVERY);
    }
    println!(
        "This desktop belongs to site {}.",
        status(&app)?["site"].as_str().unwrap_or_default()
    );
    Ok(())
}

fn carry(dir: &Path, once: bool) -> Result<()> {
    let app = Arc::new(house::open(dir)?);
    if !app.is_enrolled() {
        bail!("this folder belongs to no server; run `quay link enroll` first");
    }
    let _wire = link::start(app.clone());
    let mut last = (0, String::new());
    let mut still = 0;
    loop {
        std::thread::sleep(LOOK_EVERY);
        let status = status(&app)?;
        let now = (
            status["only_here"].as_i64().unwrap_or_default(),
            format!("{} {} {}", status["state"], status["trouble"], status["site_events"]),
        );
        if now != last {
            println!("{} only here; {}", now.0, now.1);
            (last, still) = (now, 0);
        } else {
            still += 1;
        }
        if once && app.link.state() == LinkState::Online && last.0 == 0 && still > 10 {
            return Ok(());
        }
    }
}
