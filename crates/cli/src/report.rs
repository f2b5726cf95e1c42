//! `quay report`: the week or the day on paper, without a window.

use crate::house;
use anyhow::{Context, Result};
use base64::Engine;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    dir: PathBuf,
    /// What to report on
    #[arg(long, value_enum, default_value_t = Span::Week)]
    span: Span,
    /// The last day of it, as 2026-11-23; yesterday for a week, today for a day
    #[arg(long)]
    date: Option<String>,
    /// In Chinese instead of English
    #[arg(long)]
    zh: bool,
    /// The PDF to write; beside the warehouse if not named
    #[arg(long, short)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Span {
    Week,
    Day,
}

pub fn run(args: &Args) -> Result<()> {
    let app = house::open(&args.dir)?;
    let (doc, name) = match args.span {
        Span::Week => ("week_report", "week.pdf"),
        Span::Day => ("day_report", "day.pdf"),
    };
    let lang = if args.zh { app::lang::Lang::Zh } else { app::lang::Lang::En };
    let ids: Vec<&str> = args.date.as_deref().into_iter().collect();
    let paper = serde_json::from_value(json!({"doc": doc, "ids": ids}))?;
    let printed = app.as_person(app::SYSTEM, lang, |ctx| app::commands::print::run(ctx, paper))?;
    let pdf = base64::engine::general_purpose::STANDARD.decode(&printed.pdf_base64)?;
    let out = args.out.clone().unwrap_or_else(|| args.dir.join(name));
    fs::write(&out, pdf).with_context(|| format!("writing {}", out.display()))?;
    println!("{} ({} pages)", out.display(), printed.pages_svg.len());
    Ok(())
}
