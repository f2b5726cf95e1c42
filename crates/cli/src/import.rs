//! `quay import`.

use crate::house;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// What the file holds
    #[arg(value_parser = ["orders", "products", "places", "stock"])]
    kind: String,
    file: PathBuf,
    /// The warehouse's folder
    #[arg(long)]
    into: PathBuf,
    /// Try everything, change nothing
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let text = std::fs::read_to_string(&args.file)
        .with_context(|| format!("reading {}", args.file.display()))?;
    let app = house::open(&args.into)?;
    let file_name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let report = app.call_as(
        "system",
        "import_file",
        serde_json::json!({
            "kind": args.kind, "file_name": file_name, "text": text, "dry_run": args.dry_run,
        }),
    )?;
    if args.json {
        println!("{report}");
    } else {
        println!("{}", report["message"].as_str().unwrap_or_default());
        for error in report["rejected"].as_array().into_iter().flatten() {
            let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
            println!("line {}: {} {}", error["line"], text("column"), text("message"));
        }
    }
    let refused = report["rejected"].as_array().map_or(0, Vec::len);
    if refused > 0 {
        bail!("{refused} rows were refused; the others are in");
    }
    Ok(())
}
