//! How far one gets.

use super::{changed, feature, load, point};
use anyhow::{Result, anyhow};
use domain::Seconds;
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    roads: PathBuf,
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    from: String,
    #[arg(long)]
    minutes: u32,
    #[command(flatten)]
    changed: changed::Args,
}

pub fn run(args: &Args) -> Result<()> {
    let graph = load(&args.roads)?;
    let metric = args.changed.metric(&graph)?;
    let start = graph
        .snap(point(&args.from)?)
        .ok_or_else(|| anyhow!("{}: no street of this map is near", args.from))?;
    let reach = graph.reach(&metric, &start, Seconds(i64::from(args.minutes) * 60));
    println!("{}", feature(&reach.lines, &json!({"minutes": args.minutes})));
    Ok(())
}
