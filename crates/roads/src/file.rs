//! The `.roads` file: a road graph and its hierarchy as they lie in memory.
//!
//! Layout, little-endian: magic, version `u32`, number of sections `u32`, length of the file `u64`,
//! checksum `u64` of all that follows; offset and length `u64` of each section; the sections, each a
//! list of numbers at a multiple of 64 bytes. Who maps the file ([`open`]) copies none of them.
//!
//! The checksum finds damage. Forged files are caught by [`check`]: whatever passes can be asked
//! without a panic, an endless loop or memory beyond the file's size, though not always answers well.

mod check;
mod sections;

use crate::graph::RoadGraph;
use crate::sum::sum64;
use bytes::Bytes;
use sections::Reader;
use thiserror::Error;

const MAGIC: [u8; 8] = *b"QUAYROAD";
/// 1 and 2 held streets alone, from which everything else was derived at each start.
const VERSION: u32 = 3;
const HEADER_BYTES: usize = 32;
/// A cache line, and more than any number needs.
const ALIGN: usize = 64;

/// Why a `.roads` file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    #[error("this is not a .roads file")]
    NotRoads,
    #[error(
        "made by an older Quayside (version {found}, now {VERSION}): build it again from the map"
    )]
    Older { found: u32 },
    #[error("made by a newer Quayside (version {found}, here {VERSION}): update this program")]
    Newer { found: u32 },
    #[error("the file is cut short: {found} bytes of {expected}")]
    Truncated { expected: u64, found: u64 },
    #[error("the file is damaged: its checksum does not match")]
    Checksum,
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
}

/// The graph as bytes of a `.roads` file; makes the hierarchy unless it is there.
pub fn encode(graph: &RoadGraph) -> Vec<u8> {
    let mut sections = Vec::new();
    sections::each(graph, &mut |section| sections.push(section.to_vec()));
    let mut offset = (HEADER_BYTES + sections.len() * 16).next_multiple_of(ALIGN);
    let mut bytes = vec![0; HEADER_BYTES];
    for section in &sections {
        bytes.extend_from_slice(&(offset as u64).to_le_bytes());
        bytes.extend_from_slice(&(section.len() as u64).to_le_bytes());
        offset = (offset + section.len()).next_multiple_of(ALIGN);
    }
    for section in &sections {
        bytes.resize(bytes.len().next_multiple_of(ALIGN), 0);
        bytes.extend_from_slice(section);
    }
    let count = sections.len() as u32;
    let length = bytes.len() as u64;
    bytes[..8].copy_from_slice(&MAGIC);
    bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
    bytes[12..16].copy_from_slice(&count.to_le_bytes());
    bytes[16..24].copy_from_slice(&length.to_le_bytes());
    seal(&mut bytes);
    bytes
}

/// The graph in the bytes of a `.roads` file, which are copied.
pub fn decode(bytes: &[u8]) -> Result<RoadGraph, FileError> {
    read(aligned(bytes))
}

/// The graph in a mapped `.roads` file. Places, names, streets, turns and the hierarchy stay where
/// they are; what is read here is only looked at. The file must not change while the graph lives.
pub fn open(mapped: impl AsRef<[u8]> + Send + 'static) -> Result<RoadGraph, FileError> {
    let bytes = Bytes::from_owner(mapped);
    // Maps begin at a page; a slice out of something larger may not.
    let is_aligned = bytes.as_ptr().align_offset(8) == 0;
    read(if is_aligned { bytes } else { aligned(&bytes) })
}

/// Makes the checksum right again, for tests that forge files.
#[doc(hidden)]
pub fn seal(bytes: &mut [u8]) {
    if bytes.len() >= HEADER_BYTES {
        let sum = sum64(&bytes[HEADER_BYTES..]);
        bytes[24..32].copy_from_slice(&sum.to_le_bytes());
    }
}

struct Words(Vec<u64>, usize);

impl AsRef<[u8]> for Words {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.0)[..self.1]
    }
}

fn aligned(bytes: &[u8]) -> Bytes {
    let mut words = vec![0_u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
    Bytes::from_owner(Words(words, bytes.len()))
}

fn read(bytes: Bytes) -> Result<RoadGraph, FileError> {
    let section_count = header(&bytes)?;
    let graph = sections::read(&mut Reader::new(&bytes, section_count)?)?;
    check::check(&graph)?;
    Ok(graph)
}

/// Checks all that does not depend on what the sections say. Returns their number.
fn header(bytes: &[u8]) -> Result<usize, FileError> {
    let found = bytes.len() as u64;
    if bytes.get(..8) != Some(&MAGIC) {
        return Err(FileError::NotRoads);
    }
    let cut = || FileError::Truncated { expected: HEADER_BYTES as u64, found };
    let version = u32_at(bytes, 8).ok_or_else(cut)?;
    match version {
        VERSION => {}
        older if older < VERSION => return Err(FileError::Older { found: older }),
        newer => return Err(FileError::Newer { found: newer }),
    }
    let section_count = u32_at(bytes, 12).ok_or_else(cut)?;
    let expected = u64_at(bytes, 16).ok_or_else(cut)?;
    let sum = u64_at(bytes, 24).ok_or_else(cut)?;
    if found < expected {
        return Err(FileError::Truncated { expected, found });
    }
    if found > expected {
        return Err(FileError::Damaged("it goes on after its end"));
    }
    if sum64(&bytes[HEADER_BYTES..]) != sum {
        return Err(FileError::Checksum);
    }
    Ok(section_count as usize)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().copied().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::LonLat;

    #[test]
    fn foreign_cut_old_and_new_files_are_told_apart() {
        let center = LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };
        let good = encode(&crate::town::generate(1, center).graph);
        let with = |at: usize, value: u8| {
            let mut bytes = good.clone();
            bytes[at] = value;
            bytes
        };
        let whole = good.len() as u64;
        let longer = [good.as_slice(), &[0]].concat();
        let rows: [(Vec<u8>, FileError); 9] = [
            (Vec::new(), FileError::NotRoads),
            (with(0, b'X'), FileError::NotRoads),
            (with(8, 2), FileError::Older { found: 2 }),
            (with(8, 1), FileError::Older { found: 1 }),
            (with(8, 4), FileError::Newer { found: 4 }),
            (good[..20].to_vec(), FileError::Truncated { expected: 32, found: 20 }),
            (
                good[..good.len() - 1].to_vec(),
                FileError::Truncated { expected: whole, found: whole - 1 },
            ),
            (longer, FileError::Damaged("it goes on after its end")),
            (with(good.len() / 2, good[good.len() / 2] ^ 4), FileError::Checksum),
        ];
        for (bytes, expected) in rows {
            assert_eq!(decode(&bytes).unwrap_err(), expected);
        }
        assert!(decode(&good).is_ok());
    }
}
