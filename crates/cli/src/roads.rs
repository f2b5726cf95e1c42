//! `quay roads build | matrix | route | reach | match | find`.

mod build;
mod changed;
mod find;
mod matrix;
mod reach;
mod route;
mod trace;

use ::roads::RoadGraph;
use anyhow::{Context, Result, anyhow, bail};
use clap::Subcommand;
use domain::LonLat;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

#[derive(Subcommand)]
pub enum Command {
    /// Read an OpenStreetMap extract into a road file, with the map's tiles and addresses beside it
    ///
    /// Writes the roads to OUT, and under the same name the map to look at (`.pmtiles`) and the
    /// addresses (`.addresses`).
    Build(build::Args),
    /// Seconds and meters between all pairs of points
    Matrix(matrix::Args),
    /// The fastest way between two points, with instructions
    Route(route::Args),
    /// The streets that can be reached within a time, as GeoJSON
    Reach(reach::Args),
    /// Lay the positions of a drive onto streets, as GeoJSON
    Match(trace::Args),
    /// Where an address is
    Find(find::Args),
}

pub fn run(command: &Command) -> Result<()> {
    match command {
        Command::Build(args) => build::run(args),
        Command::Matrix(args) => matrix::run(args),
        Command::Route(args) => route::run(args),
        Command::Reach(args) => reach::run(args),
        Command::Match(args) => trace::run(args),
        Command::Find(args) => find::run(args),
    }
}

fn load(path: &Path) -> Result<RoadGraph> {
    let file = mapped::open(path).with_context(|| format!("opening {}", path.display()))?;
    ::roads::file::open(file).with_context(|| format!("reading {}", path.display()))
}

fn point(text: &str) -> Result<LonLat> {
    LonLat::parse(text).map_err(|error| anyhow!("{text}: {error}"))
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

/// Lines as one GeoJSON feature.
fn feature(lines: &[Vec<LonLat>], properties: &Value) -> Value {
    let places = |line: &Vec<LonLat>| -> Vec<[f64; 2]> {
        line.iter().map(|place| [place.lon(), place.lat()]).collect()
    };
    let geometry = match lines {
        [line] => json!({"type": "LineString", "coordinates": places(line)}),
        lines => {
            let all: Vec<_> = lines.iter().map(places).collect();
            json!({"type": "MultiLineString", "coordinates": all})
        }
    };
    json!({"type": "Feature", "properties": properties, "geometry": geometry})
}
