//! `quay lock` and `quay unlock`.

use anyhow::{Result, bail};
use app::{Edge, lang::Lang, locking};
use std::path::{Path, PathBuf};
use vault::Vault;

#[derive(clap::Args)]
pub struct LockArgs {
    /// The data folder; nobody may be working in it
    dir: PathBuf,
    /// Keep the key in this file, on another disk, instead of the machine's keychain
    #[arg(long)]
    key_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct UnlockArgs {
    /// The data folder; nobody may be working in it
    dir: PathBuf,
}

pub fn lock(args: &LockArgs) -> Result<()> {
    must_be_a_house(&args.dir)?;
    let (vault, edge) = (Vault::of_this_machine(), Edge::real());
    let wished = locking::wish_locked(&args.dir, args.key_file.as_deref(), &vault, &edge);
    let key = wished.map_err(|fault| fault.into_problem(Lang::En))?;
    println!("Write this key down; without it and without its keychain or file the data is lost:");
    println!("{key}");
    now(&args.dir, "locked")
}

pub fn unlock(args: &UnlockArgs) -> Result<()> {
    must_be_a_house(&args.dir)?;
    locking::wish_open(&args.dir).map_err(|fault| fault.into_problem(Lang::En))?;
    now(&args.dir, "open")
}

fn must_be_a_house(dir: &Path) -> Result<()> {
    if !dir.join("quayside.sqlite").exists() {
        bail!("{} holds no warehouse", dir.display());
    }
    Ok(())
}

/// The wish is done when the folder is opened.
fn now(dir: &Path, wished: &str) -> Result<()> {
    let app = crate::house::open(dir)?;
    let safe = app.call_as(app::SYSTEM, "safekeeping", serde_json::json!({}))?;
    match safe["trouble"].as_str() {
        None => println!("The book is {wished}."),
        Some(trouble) => println!("The book is {wished} from the next start on: {trouble}."),
    }
    Ok(())
}
