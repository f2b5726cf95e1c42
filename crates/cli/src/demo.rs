//! `quay demo`.

use crate::clock;
use anyhow::Result;
use app::demo::{Scale, make};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// An empty or new folder
    dir: PathBuf,
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// A few dozen products and a week of history instead of the full house
    #[arg(long)]
    small: bool,
    /// A busier past with about so many events, to see how a large house feels
    #[arg(long, conflicts_with = "small")]
    events: Option<usize>,
}

pub fn run(args: &Args) -> Result<()> {
    let scale = match args.events {
        Some(events) => Scale::of_events(events),
        None if args.small => Scale::SMALL,
        None => Scale::FULL,
    };
    let mut said = |what: &str| eprintln!("making {what} ...");
    let zone = app::zones::of_this_machine();
    make(&args.dir, args.seed, clock::now(), &zone, scale, &mut said)?;
    println!("Demo warehouse in {}. The PIN of everybody is 1234.", args.dir.display());
    Ok(())
}
