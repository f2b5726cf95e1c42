//! `quay backup` and `quay restore`.

use anyhow::Result;
use app::{Edge, backup};
use std::path::PathBuf;

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
    backup::back_up(&args.dir, &link::FILES, &args.file)?;
    println!("{} bytes in {}", std::fs::metadata(&args.file)?.len(), args.file.display());
    Ok(())
}

pub fn restore(args: &RestoreArgs) -> Result<()> {
    backup::restore(&args.file, &args.dir, &Edge::real())?;
    println!("{} is a data folder now; `quay verify` proves it.", args.dir.display());
    Ok(())
}
