//! Seconds and meters between all pairs of points.

use super::{changed, load, points};
use anyhow::Result;
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    roads: PathBuf,
    /// CSV with a `lon,lat` row per point
    #[arg(long)]
    points: PathBuf,
    #[arg(short, long)]
    out: PathBuf,
    /// Compute so many times and print the mean
    #[arg(long, default_value_t = 1)]
    repeat: u32,
    #[command(flatten)]
    changed: changed::Args,
}

pub fn run(args: &Args) -> Result<()> {
    let loading = Instant::now();
    let graph = load(&args.roads)?;
    let points = points(&args.points)?;
    let metric = args.changed.metric(&graph)?;
    let load_ms = loading.elapsed().as_secs_f64() * 1e3;
    let computing = Instant::now();
    let mut matrix = graph.matrix_with(&metric, &points, None);
    for _ in 1..args.repeat {
        matrix = graph.matrix_with(&metric, &points, None);
    }
    let compute_ms = computing.elapsed().as_secs_f64() * 1e3 / f64::from(args.repeat.max(1));
    let writing = Instant::now();
    let mut out = csv::Writer::from_path(&args.out)?;
    out.write_record(["from", "to", "seconds", "meters"])?;
    let mut holes = 0;
    for from in 0..points.len() {
        for to in 0..points.len() {
            let (seconds, meters) = match matrix.get(from, to) {
                Some((seconds, meters)) => (seconds.0.to_string(), meters.0.to_string()),
                None => {
                    holes += 1;
                    (String::new(), String::new())
                }
            };
            out.write_record([from.to_string(), to.to_string(), seconds, meters])?;
        }
    }
    out.flush()?;
    let write_ms = writing.elapsed().as_secs_f64() * 1e3;
    println!(
        "load {load_ms:.1} ms, compute {compute_ms:.1} ms, write {write_ms:.1} ms; {} points, {holes} unreachable pairs",
        points.len()
    );
    Ok(())
}
