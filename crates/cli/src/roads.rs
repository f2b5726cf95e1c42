//! `quay roads build | matrix | route`.

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use domain::LonLat;
use roads::RoadGraph;
use roads::import::Options;
use std::fs::{self, File};
use std::io::{BufWriter, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(Subcommand)]
pub enum Command {
    /// Read an OpenStreetMap extract into a road file, and into the map's tiles beside it
    ///
    /// Writes the roads to OUT and the map to look at beside it, under the same name with the
    /// ending `.pmtiles`.
    Build(Build),
    /// Seconds and meters between all pairs of points
    Matrix(Matrix),
    /// The fastest way between two points
    Route(Route),
}

#[derive(Clone, Copy, ValueEnum)]
enum ProfileName {
    Van,
    Truck,
    Bike,
}

#[derive(Args)]
pub struct Build {
    /// An OpenStreetMap extract (`.osm.pbf`)
    map: PathBuf,
    /// The road file; the map's tiles go beside it as `.pmtiles`
    #[arg(short, long)]
    out: PathBuf,
    #[arg(long, value_enum, default_value = "van")]
    profile: ProfileName,
    /// Only the roads
    #[arg(long)]
    no_tiles: bool,
}

#[derive(Args)]
pub struct Matrix {
    roads: PathBuf,
    /// CSV with a `lon,lat` row per point
    #[arg(long)]
    points: PathBuf,
    #[arg(short, long)]
    out: PathBuf,
    #[arg(long, default_value_t = 1)]
    repeat: u32,
}

#[derive(Args)]
pub struct Route {
    roads: PathBuf,
    #[arg(long, allow_hyphen_values = true)]
    from: String,
    #[arg(long, allow_hyphen_values = true)]
    to: String,
    #[arg(long)]
    geojson: bool,
}

pub fn run(command: &Command) -> Result<()> {
    match command {
        Command::Build(args) => build(args),
        Command::Matrix(args) => matrix(args),
        Command::Route(args) => route(args),
    }
}

fn build(args: &Build) -> Result<()> {
    let profile = match args.profile {
        ProfileName::Van => roads::Profile::Van,
        ProfileName::Truck => roads::Profile::Truck,
        ProfileName::Bike => roads::Profile::Bike,
    };
    let bytes = fs::read(&args.map).with_context(|| format!("opening {}", args.map.display()))?;
    let options = Options { profile, ..Options::default() };
    let (graph, report) = roads::import::read_with(&bytes, &options, &mut |_| true)
        .with_context(|| format!("reading {}", args.map.display()))?;
    replace(&args.out, &roads::file::encode(&graph))
        .with_context(|| format!("writing {}", args.out.display()))?;
    println!("{} junctions, {} arcs", graph.node_count(), graph.arc_count());
    println!("{report}");
    if args.no_tiles { Ok(()) } else { tiles(args, &bytes) }
}

/// A file of this name may be mapped by a running program, which must keep the old bytes.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("part");
    fs::write(&fresh, bytes)?;
    fs::rename(&fresh, path)
}

fn tiles(args: &Build, bytes: &[u8]) -> Result<()> {
    let path = args.out.with_extension("pmtiles");
    let out = File::create(&path).with_context(|| format!("writing {}", path.display()))?;
    let mut shown = u32::MAX;
    let mut watch = |progress: roads::tiles::Progress| {
        // Tenths are enough on a terminal, and nothing is said in a file.
        let tenth = progress.per_mille / 100;
        if tenth != shown && std::io::stderr().is_terminal() {
            eprint!("\r{:?} {:>3} %  ", progress.stage, tenth * 10);
            shown = tenth;
        }
        ControlFlow::Continue(())
    };
    let made = roads::tiles::from_osm(bytes, BufWriter::new(out), &mut watch)
        .with_context(|| format!("drawing {}", args.map.display()))?;
    if shown != u32::MAX {
        eprintln!();
    }
    println!("{} tiles, {} KB in {}", made.tiles, made.bytes / 1024, path.display());
    Ok(())
}

fn load(path: &Path) -> Result<RoadGraph> {
    let file = mapped::open(path).with_context(|| format!("opening {}", path.display()))?;
    roads::file::open(file).with_context(|| format!("reading {}", path.display()))
}

fn matrix(args: &Matrix) -> Result<()> {
    let loading = Instant::now();
    let graph = load(&args.roads)?;
    let points = points(&args.points)?;
    let load_ms = loading.elapsed().as_secs_f64() * 1e3;
    let computing = Instant::now();
    let mut matrix = graph.matrix(&points);
    for _ in 1..args.repeat {
        matrix = graph.matrix(&points);
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

fn points(path: &Path) -> Result<Vec<LonLat>> {
    let text = fs::read_to_string(path).with_context(|| format!("opening {}", path.display()))?;
    let mut points = Vec::new();
    for (index, line) in text.lines().enumerate() {
        match LonLat::parse(line) {
            Ok(point) => points.push(point),
            // A header is welcome on the first line only.
            Err(_) if index == 0 || line.trim().is_empty() => {}
            Err(error) => bail!("line {}: {error}", index + 1),
        }
    }
    Ok(points)
}

fn route(args: &Route) -> Result<()> {
    let graph = load(&args.roads)?;
    let point = |text: &str| LonLat::parse(text).map_err(|e| anyhow!("{text}: {e}"));
    let route = graph
        .route(point(&args.from)?, point(&args.to)?)
        .map_err(|why| anyhow!("no way: {why:?}"))?;
    if args.geojson {
        let line: Vec<[f64; 2]> = route.geometry.iter().map(|p| [p.lon(), p.lat()]).collect();
        let feature = serde_json::json!({
            "type": "Feature",
            "properties": { "seconds": route.seconds.0, "meters": route.meters.0 },
            "geometry": { "type": "LineString", "coordinates": line },
        });
        println!("{feature}");
        return Ok(());
    }
    println!("{} s, {} m", route.seconds.0, route.meters.0);
    for (street, meters) in &route.streets {
        println!("{:>7} m  {street}", meters.0);
    }
    Ok(())
}
