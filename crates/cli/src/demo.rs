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
}

pub fn run(args: &Args) -> Result<()> {
    let scale = if args.small { Scale::SMALL } else { Scale::FULL };
    let mut said = |what: &str| eprintln!("making {what} ...");
    let zone = app::zones::of_this_machine();
    make(&args.dir, args.seed, clock::now(), &zone, scale, &mut said)?;
    println!("Demo warehouse in {}. The PIN of everybody is 1234.", args.dir.display());
    Ok(())
}
