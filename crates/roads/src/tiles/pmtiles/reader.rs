//! Reads single tiles out of the file.

use super::directory::{Entry, decode, find};
use super::{GZIP, HEADER_BYTES, MAGIC, MVT, VERSION, tile_id};
use flate2::read::GzDecoder;
use std::io::{Read, Seek, SeekFrom};
use thiserror::Error;

/// Larger than any tile or directory this program writes, unpacked.
const UNPACKED_BYTES_MAX: u64 = 64 << 20;
/// A leaf never lies deeper in a file that was not made to go in circles.
const DEPTH_MAX: u32 = 3;

#[derive(Debug, Error)]
pub enum TilesError {
    #[error("the map tiles cannot be read")]
    Read(#[from] std::io::Error),
    #[error("this is no file of map tiles")]
    NotTiles,
    #[error("the map tiles are damaged: {0}")]
    Damaged(&'static str),
}

/// Degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// An open file of tiles.
#[derive(Debug)]
pub struct Tiles<R> {
    source: R,
    root: Vec<Entry>,
    leaves: (u64, u64),
    data: (u64, u64),
    pub zoom_min: u8,
    pub zoom_max: u8,
    pub bounds: Bounds,
}

impl<R: Read + Seek> Tiles<R> {
    pub fn open(mut source: R) -> Result<Tiles<R>, TilesError> {
        let mut head = [0_u8; HEADER_BYTES as usize];
        source.seek(SeekFrom::Start(0))?;
        source.read_exact(&mut head).map_err(|_| TilesError::NotTiles)?;
        if !head.starts_with(MAGIC) || head[7] != VERSION {
            return Err(TilesError::NotTiles);
        }
        if head[97] != GZIP || head[98] != GZIP || head[99] != MVT {
            return Err(TilesError::Damaged("another kind of tile"));
        }
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| head[at + i]));
        let degrees =
            |at: usize| f64::from(i32::from_le_bytes(std::array::from_fn(|i| head[at + i]))) / 1e7;
        let mut tiles = Tiles {
            source,
            root: Vec::new(),
            leaves: (long(40), long(48)),
            data: (long(56), long(64)),
            zoom_min: head[100],
            zoom_max: head[101],
            bounds: Bounds {
                west: degrees(102),
                south: degrees(106),
                east: degrees(110),
                north: degrees(114),
            },
        };
        tiles.root = tiles.directory(long(8), long(16))?;
        Ok(tiles)
    }

    /// The unpacked tile, or `None` where the map has nothing.
    pub fn tile(&mut self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TilesError> {
        let side = 1_u64 << z.min(31);
        let outside = z < self.zoom_min || z > self.zoom_max;
        if outside || z > 26 || u64::from(x) >= side || u64::from(y) >= side {
            return Ok(None);
        }
        let id = tile_id(z, x, y);
        let Some(mut entry) = find(&self.root, id) else { return Ok(None) };
        for _ in 0..DEPTH_MAX {
            if entry.run > 0 {
                let (start, length) = (entry.offset, u64::from(entry.length));
                if start.saturating_add(length) > self.data.1 {
                    return Err(TilesError::Damaged("a tile lies outside the file"));
                }
                return self.unpack(self.data.0.saturating_add(start), length).map(Some);
            }
            let start = self.leaves.0.saturating_add(entry.offset);
            let leaf = self.directory(start, u64::from(entry.length))?;
            match find(&leaf, id) {
                Some(found) => entry = found,
                None => return Ok(None),
            }
        }
        Err(TilesError::Damaged("directories without end"))
    }

    fn directory(&mut self, start: u64, length: u64) -> Result<Vec<Entry>, TilesError> {
        let bytes = self.unpack(start, length)?;
        decode(&bytes).ok_or(TilesError::Damaged("a directory"))
    }

    fn unpack(&mut self, start: u64, length: u64) -> Result<Vec<u8>, TilesError> {
        self.source.seek(SeekFrom::Start(start))?;
        let packed = (&mut self.source).take(length);
        let mut bytes = Vec::new();
        GzDecoder::new(packed)
            .take(UNPACKED_BYTES_MAX)
            .read_to_end(&mut bytes)
            .map_err(|_| TilesError::Damaged("a piece does not unpack"))?;
        Ok(bytes)
    }
}
