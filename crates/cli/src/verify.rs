//! `quay verify`.

use crate::house;
use anyhow::{Result, bail};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    dir: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    if !args.dir.join("quayside.sqlite").exists() {
        bail!("{} holds no warehouse", args.dir.display());
    }
    let app = house::open(&args.dir)?;
    let scratch = args.dir.join("verify.sqlite");
    let outcome = app.with_store(|store| store.verify(&scratch))?;
    for check in &outcome.checks {
        match &check.failure {
            None => println!("ok    {}", check.name),
            Some(failure) => println!("FAIL  {}: {failure}", check.name),
        }
    }
    println!("{} events, state {}", outcome.events, outcome.state_hash);
    if !outcome.ok() {
        bail!("the books do not balance");
    }
    Ok(())
}
