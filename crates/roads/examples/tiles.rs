//! Prints how long the tiles of a map take and how large they are: `tiles MAP.osm.pbf OUT.pmtiles`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use roads::tiles::from_osm;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bytes = std::fs::read(&arguments[0]).unwrap();
    let out = BufWriter::new(std::fs::File::create(&arguments[1]).unwrap());
    let start = Instant::now();
    let made = from_osm(&bytes, out, &mut |_| ControlFlow::Continue(())).unwrap();
    println!("{} tiles, {} KB, {} ms", made.tiles, made.bytes / 1024, start.elapsed().as_millis());
}
