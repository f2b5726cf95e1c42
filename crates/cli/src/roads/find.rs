//! Where an address is.

use super::load;
use anyhow::{Context, Result, bail};
use roads::addresses::{Addresses, Precision, decode};
use std::fs;
use std::path::PathBuf;

/// More answers than this say that the question was too short.
const ANSWERS_MAX: usize = 10;

#[derive(clap::Args)]
pub struct Args {
    /// The road file; its addresses lie beside it
    roads: PathBuf,
    /// Street and number, with or without postcode and town
    address: String,
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let path = args.roads.with_extension("addresses");
    let addresses = match fs::read(&path) {
        Ok(bytes) => decode(&bytes).with_context(|| format!("reading {}", path.display()))?,
        Err(_) => Addresses::of_roads(&load(&args.roads)?),
    };
    let found = addresses.find(&args.address, ANSWERS_MAX);
    if found.is_empty() {
        bail!("{}: this map has no such street", args.address);
    }
    if args.json {
        println!("{}", serde_json::to_string(&found)?);
        return Ok(());
    }
    for one in found {
        let precision = match one.precision {
            Precision::House if one.is_sure => "house",
            Precision::House => "house, not for certain",
            Precision::Near => "between its neighbors",
            Precision::Street => "only the street",
        };
        println!("{:.7},{:.7}  {}  ({precision})", one.place.lon(), one.place.lat(), one.label);
    }
    Ok(())
}
