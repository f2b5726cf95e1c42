//! From an OpenStreetMap extract to roads, tiles and addresses.

use anyhow::{Context, Result};
use clap::ValueEnum;
use roads::addresses::Addresses;
use roads::import::{Options, Truck};
use roads::{Profile, RoadGraph};
use std::fs::{self, File};
use std::io::{BufWriter, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    Van,
    Truck,
    Bike,
}

#[derive(clap::Args)]
pub struct Args {
    /// An OpenStreetMap extract (`.osm.pbf`)
    map: PathBuf,
    /// The road file; tiles and addresses go beside it
    #[arg(short, long)]
    out: PathBuf,
    #[arg(long, value_enum, default_value = "van")]
    profile: ProfileName,
    /// Only the roads and addresses
    #[arg(long)]
    no_tiles: bool,
    #[command(flatten)]
    truck: TruckArgs,
}

/// What signs compare a truck with; without them a two-axle truck of 12 t.
#[derive(clap::Args)]
#[command(next_help_heading = "With --profile truck")]
struct TruckArgs {
    /// Height in centimeters
    #[arg(long, value_name = "CM")]
    height: Option<u32>,
    /// Width in centimeters
    #[arg(long, value_name = "CM")]
    width: Option<u32>,
    /// Length in centimeters
    #[arg(long, value_name = "CM")]
    length: Option<u32>,
    /// Gross weight in kilograms
    #[arg(long, value_name = "KG")]
    weight: Option<u32>,
    /// Load of the heaviest axle in kilograms
    #[arg(long, value_name = "KG")]
    axle: Option<u32>,
    /// It carries dangerous goods
    #[arg(long)]
    hazmat: bool,
}

impl TruckArgs {
    fn truck(&self) -> Truck {
        let usual = Truck::default();
        Truck {
            height_cm: self.height.unwrap_or(usual.height_cm),
            width_cm: self.width.unwrap_or(usual.width_cm),
            length_cm: self.length.unwrap_or(usual.length_cm),
            weight_kg: self.weight.unwrap_or(usual.weight_kg),
            axle_kg: self.axle.unwrap_or(usual.axle_kg),
            hazmat: self.hazmat,
        }
    }
}

pub fn run(args: &Args) -> Result<()> {
    let profile = match args.profile {
        ProfileName::Van => Profile::Van,
        ProfileName::Truck => Profile::Truck,
        ProfileName::Bike => Profile::Bike,
    };
    anyhow::ensure!(
        args.profile == ProfileName::Truck || args.truck.truck() == Truck::default(),
        "sizes and dangerous goods are a truck's: add --profile truck"
    );
    let bytes = fs::read(&args.map).with_context(|| format!("opening {}", args.map.display()))?;
    let bytes = bytes.as_slice();
    let options = Options { profile, truck: args.truck.truck(), ..Options::default() };
    let mut shown = Shown::new();
    let (graph, report) = roads::import::read_with(bytes, &options, &mut |progress| {
        shown.show("Roads", progress.done.saturating_mul(1000) / progress.total.max(1));
        true
    })
    .with_context(|| format!("reading {}", args.map.display()))?;
    shown.end();
    replace(&args.out, &roads::file::encode(&graph))
        .with_context(|| format!("writing {}", args.out.display()))?;
    println!("{} junctions, {} arcs", graph.node_count(), graph.arc_count());
    println!("{report}");
    addresses(args, bytes, &graph)?;
    if args.no_tiles { Ok(()) } else { tiles(args, bytes) }
}

fn addresses(args: &Args, bytes: &[u8], graph: &RoadGraph) -> Result<()> {
    let path = args.out.with_extension("addresses");
    let found = Addresses::read(bytes, graph)
        .with_context(|| format!("reading addresses of {}", args.map.display()))?;
    replace(&path, &roads::addresses::encode(&found))
        .with_context(|| format!("writing {}", path.display()))?;
    println!("{} named streets, {} numbered houses", found.street_count(), found.house_count());
    Ok(())
}

/// A file of this name may be mapped by a running program, which must keep the old bytes.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".part");
    fs::write(&fresh, bytes)?;
    fs::rename(&fresh, path)
}

fn tiles(args: &Args, bytes: &[u8]) -> Result<()> {
    let path = args.out.with_extension("pmtiles");
    let out = File::create(&path).with_context(|| format!("writing {}", path.display()))?;
    let mut shown = Shown::new();
    let mut watch = |progress: roads::tiles::Progress| {
        shown.show(&format!("{:?}", progress.stage), u64::from(progress.per_mille));
        ControlFlow::Continue(())
    };
    let made = roads::tiles::from_osm(bytes, BufWriter::new(out), &mut watch)
        .with_context(|| format!("drawing {}", args.map.display()))?;
    shown.end();
    println!("{} tiles, {} KB in {}", made.tiles, made.bytes / 1024, path.display());
    Ok(())
}

/// Progress on a terminal; nothing is said in a file. Tenths are enough.
struct Shown {
    terminal: bool,
    last: Option<(String, u64)>,
}

impl Shown {
    fn new() -> Shown {
        Shown { terminal: std::io::stderr().is_terminal(), last: None }
    }

    fn show(&mut self, stage: &str, per_mille: u64) {
        let now = (stage.to_owned(), per_mille / 100);
        if self.terminal && self.last.as_ref() != Some(&now) {
            eprint!("\r{stage} {:>3} %  ", now.1 * 10);
            self.last = Some(now);
        }
    }

    fn end(&self) {
        if self.last.is_some() {
            eprintln!();
        }
    }
}
