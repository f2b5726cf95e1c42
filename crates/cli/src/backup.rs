//! `quay backup` and `quay restore`.

use anyhow::Result;
use app::{Edge, backup};
use std::path::PathBuf;
use vault::Vault;

#[derive(clap::Args)]
pub struct BackupArgs {
    /// The data folder; people may be working in it
    dir: PathBuf,
    /// Where the backup goes
    file: PathBuf,
}

#[derive(clap::Args)]
pub struct RestoreArgs {
    /// The backup
    file: PathBuf,
    /// An empty folder
    dir: PathBuf,
}

pub fn back_up(args: &BackupArgs) -> Result<()> {
    let vault = Vault::of_this_machine();
    let (beside, note) = link::beside(&args.dir, &vault)?;
    backup::back_up(&args.dir, &vault, &beside, &args.file)?;
    println!("{} bytes in {}", std::fs::metadata(&args.file)?.len(), args.file.display());
    if let Some(note) = note {
        println!("Its key stays here, so it can be restored on this machine alone: {note}.");
    }
    Ok(())
}

pub fn restore(args: &RestoreArgs) -> Result<()> {
    backup::restore(&args.file, &args.dir, &Vault::of_this_machine(), &Edge::real())?;
    println!("{} is a data folder now; `quay verify` proves it.", args.dir.display());
    Ok(())
}
