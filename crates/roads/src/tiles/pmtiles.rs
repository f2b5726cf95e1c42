//! One file for all tiles: PMTiles, version 3 (its public specification, github.com/protomaps/PMTiles).
//!
//! Tiles are written as they come and only their directory is kept in memory, so that a large map
//! needs no more of it than a small one.

mod directory;
mod hilbert;
mod reader;

use directory::{Entry, directories};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io::{self, Seek, SeekFrom, Write};

pub(crate) use hilbert::tile_id;
pub use reader::{Bounds, Tiles, TilesError};

const MAGIC: &[u8; 7] = b"PMTiles";
const VERSION: u8 = 3;
const HEADER_BYTES: u64 = 127;
/// Header and root directory lie in the first 16 KiB, as readers fetch them in one go.
const HEAD_BYTES: u64 = 16_384;
const GZIP: u8 = 2;
const MVT: u8 = 1;
/// Empty sea and plain wood come again and again; larger tiles never do.
const SHARED_BYTES_MAX: usize = 600;

/// Writes tiles in any order, then the directory.
pub(crate) struct Writer<W> {
    out: W,
    at: u64,
    metadata: (u64, u64),
    entries: Vec<Entry>,
    shared: BTreeMap<Vec<u8>, (u64, u32)>,
    contents: u64,
}

/// What the header says beyond the places of things; degrees in 1e-7.
pub(crate) struct Cover {
    pub zoom_min: u8,
    pub zoom_max: u8,
    pub bounds_e7: [i32; 4],
}

impl<W: Write + Seek> Writer<W> {
    pub fn new(mut out: W, metadata_json: &str) -> io::Result<Writer<W>> {
        out.seek(SeekFrom::Start(0))?;
        out.write_all(&vec![0; HEAD_BYTES as usize])?;
        let metadata = gzip(metadata_json.as_bytes())?;
        out.write_all(&metadata)?;
        let length = metadata.len() as u64;
        Ok(Writer {
            out,
            at: HEAD_BYTES + length,
            metadata: (HEAD_BYTES, length),
            entries: Vec::new(),
            shared: BTreeMap::new(),
            contents: 0,
        })
    }

    pub fn add(&mut self, z: u8, x: u32, y: u32, tile: &[u8]) -> io::Result<()> {
        let packed = gzip(tile)?;
        let id = tile_id(z, x, y);
        if let Some(&(offset, length)) = self.shared.get(&packed) {
            self.entries.push(Entry { id, run: 1, offset, length });
            return Ok(());
        }
        let length = u32::try_from(packed.len()).map_err(|_| io::Error::other("tile too large"))?;
        let offset = self.at - self.metadata.0 - self.metadata.1;
        self.out.write_all(&packed)?;
        self.at += u64::from(length);
        self.contents += 1;
        self.entries.push(Entry { id, run: 1, offset, length });
        if packed.len() <= SHARED_BYTES_MAX {
            self.shared.insert(packed, (offset, length));
        }
        Ok(())
    }

    /// How many tiles and bytes there are now.
    pub fn finish(mut self, cover: &Cover) -> io::Result<(u64, u64)> {
        self.entries.sort_unstable_by_key(|entry| entry.id);
        let tiles = self.entries.len() as u64;
        let room = (HEAD_BYTES - HEADER_BYTES) as usize;
        let (root, leaves) = directories(&self.entries, room)?;
        self.out.write_all(&leaves)?;
        let data = self.metadata.0 + self.metadata.1;
        let mut head = Vec::with_capacity(HEADER_BYTES as usize);
        head.extend_from_slice(MAGIC);
        head.push(VERSION);
        let leaves_length = leaves.len() as u64;
        let places = [
            (HEADER_BYTES, root.len() as u64),
            self.metadata,
            (self.at, leaves_length),
            (data, self.at - data),
        ];
        for (offset, length) in places {
            head.extend_from_slice(&offset.to_le_bytes());
            head.extend_from_slice(&length.to_le_bytes());
        }
        for count in [tiles, tiles, self.contents] {
            head.extend_from_slice(&count.to_le_bytes());
        }
        // Not clustered: tiles lie in the order in which the map was cut.
        head.extend_from_slice(&[0, GZIP, GZIP, MVT, cover.zoom_min, cover.zoom_max]);
        let [west, south, east, north] = cover.bounds_e7;
        let middle = |a: i32, b: i32| ((i64::from(a) + i64::from(b)) / 2) as i32;
        for degrees in cover.bounds_e7 {
            head.extend_from_slice(&degrees.to_le_bytes());
        }
        head.push(cover.zoom_min.midpoint(cover.zoom_max));
        for degrees in [middle(west, east), middle(south, north)] {
            head.extend_from_slice(&degrees.to_le_bytes());
        }
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head)?;
        self.out.write_all(&root)?;
        self.out.flush()?;
        Ok((tiles, self.at + leaves_length))
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
