//! `quay solve`.

use anyhow::{Context, Result, bail};
use routing::{Params, best_of, check, formats, island_seed, solve};
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
    /// Searches that run side by side, each with its own seed; the best plan wins
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

pub fn run(args: &Args) -> Result<()> {
    // Reading counts: the person waits for it too.
    let started = Instant::now();
    let text = fs::read_to_string(&args.instance)
        .with_context(|| format!("opening {}", args.instance.display()))?;
    let problem =
        formats::read(&text).with_context(|| format!("reading {}", args.instance.display()))?;
    let search = |island: usize| {
        let mut spent = |_| started.elapsed().as_secs_f64() / args.seconds.max(0.01);
        let seed = island_seed(args.seed, island);
        let mut params =
            Params { seed, max_iterations: u64::MAX, spent: &mut spent, start: Vec::new() };
        solve(&problem, &mut params)
    };
    // Each thread searches alone from a seed of its own; the first one's is the seed given.
    let found: Vec<_> = std::thread::scope(|scope| {
        let islands: Vec<_> =
            (0..args.threads.max(1)).map(|island| scope.spawn(move || search(island))).collect();
        islands.into_iter().filter_map(|island| island.join().ok()).collect()
    });
    let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
    let solution = best_of(&problem, found).context("no search came to an end")?;
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
