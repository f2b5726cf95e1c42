//! Which streets a van really drove.

use super::{feature, load, points};
use anyhow::{Result, ensure};
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    roads: PathBuf,
    /// CSV with a `lon,lat` row per position, in the order taken
    trace: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    let graph = load(&args.roads)?;
    let positions = points(&args.trace)?;
    ensure!(!positions.is_empty(), "{} has no positions", args.trace.display());
    let matched = graph.match_trace(graph.metric(), &positions);
    let missed = matched.places.iter().filter(|place| place.is_none()).count();
    let properties = json!({"positions": positions.len(), "off_street": missed});
    println!("{}", feature(&matched.lines, &properties));
    Ok(())
}
