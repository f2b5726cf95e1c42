//! The fastest way between two points.

use super::{changed, feature, load, point};
use anyhow::{Result, anyhow};
use clap::ValueEnum;
use roads::{Language, Snapped};
use serde_json::json;
use std::path::PathBuf;

#[derive(Clone, Copy, ValueEnum)]
enum LanguageName {
    En,
    Zh,
}

#[derive(clap::Args)]
pub struct Args {
    roads: PathBuf,
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    from: String,
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    to: String,
    /// Print the way as GeoJSON, with its instructions
    #[arg(long, alias = "json")]
    geojson: bool,
    /// Instructions instead of street names
    #[arg(long)]
    steps: bool,
    /// Language of the instructions
    #[arg(long, value_enum, default_value = "en")]
    lang: LanguageName,
    /// Arrive with the door on the side of the destination
    #[arg(long)]
    curb: bool,
    #[command(flatten)]
    changed: changed::Args,
}

pub fn run(args: &Args) -> Result<()> {
    let graph = load(&args.roads)?;
    let metric = args.changed.metric(&graph)?;
    let (from, to) = (point(&args.from)?, point(&args.to)?);
    let start = graph.snap(from).ok_or_else(|| no_street(&args.from))?;
    let end = if args.curb { graph.snap_curb(to) } else { graph.snap(to) };
    let end = end.ok_or_else(|| no_street(&args.to))?;
    let route = graph
        .route_between(&metric, &start, &end)
        .map_err(|why| anyhow!("there is no way from {} to {}: {why}", args.from, args.to))?;
    let language = match args.lang {
        LanguageName::En => Language::English,
        LanguageName::Zh => Language::Chinese,
    };
    let steps =
        graph.steps(&metric, &start, &end).map_err(|why| anyhow!("there is no way: {why}"))?;
    if args.geojson {
        let steps: Vec<_> = steps
            .iter()
            .map(|step| {
                json!({
                    "text": step.words(language), "street": step.street,
                    "seconds": step.seconds.0, "meters": step.meters.0,
                    "at": [step.at.lon(), step.at.lat()],
                })
            })
            .collect();
        let properties = json!({
            "seconds": route.seconds.0, "meters": route.meters.0,
            "from_street_m": start.meters.0, "to_street_m": end.meters.0, "steps": steps,
        });
        println!("{}", feature(&[route.geometry], &properties));
        return Ok(());
    }
    println!("{} s, {} m", route.seconds.0, route.meters.0);
    said("start", &start);
    said("end", &end);
    if args.steps {
        for step in &steps {
            println!("{:>7} m  {}", step.meters.0, step.words(language));
        }
        return Ok(());
    }
    for (street, meters) in &route.streets {
        println!("{:>7} m  {street}", meters.0);
    }
    Ok(())
}

fn no_street(point: &str) -> anyhow::Error {
    anyhow!("{point}: no street of this map is within {} m", roads::SNAP_METERS_MAX)
}

/// Beyond a front yard it is worth a word how far the street is.
fn said(end: &str, at: &Snapped) {
    const WORTH_SAYING_M: i64 = 50;
    if at.meters.0 > WORTH_SAYING_M {
        println!("the {end} is {} m from the next street", at.meters.0);
    }
}
