//! `quay solve`.

use anyhow::{Context, Result, bail};
use routing::{Params, check, formats, solve};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    instance: PathBuf,
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long)]
    out: PathBuf,
    /// One thread unless told; this version always uses one
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

pub fn run(args: &Args) -> Result<()> {
    if args.threads != 1 {
        eprintln!("this version solves on one thread");
    }
    let text = fs::read_to_string(&args.instance)
        .with_context(|| format!("opening {}", args.instance.display()))?;
    let problem =
        formats::read(&text).with_context(|| format!("reading {}", args.instance.display()))?;
    let started = Instant::now();
    let mut spent = |_| started.elapsed().as_secs_f64() / args.seconds.max(0.01);
    let mut params =
        Params { seed: args.seed, max_iterations: u64::MAX, spent: &mut spent, start: Vec::new() };
    let solution = solve(&problem, &mut params)?;
    fs::write(&args.out, formats::write_sol(&problem, &solution))
        .with_context(|| format!("writing {}", args.out.display()))?;
    println!(
        "cost {}, {} routes, {} unassigned, {} iterations",
        solution.cost,
        solution.routes.iter().filter(|route| !route.jobs.is_empty()).count(),
        solution.unassigned.len(),
        solution.iterations
    );
    let broken = check(&problem, &solution);
    if !broken.is_empty() {
        bail!("the solution breaks its own rules: {:?}", broken.first());
    }
    Ok(())
}
