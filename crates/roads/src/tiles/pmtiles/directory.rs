//! Where each tile lies: sorted entries, packed as columns of small differences.

use super::super::mvt::varint;
use super::gzip;
use std::io;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: u64,
    /// 0 marks a leaf directory.
    pub run: u32,
    pub offset: u64,
    pub length: u32,
}

const LEAF_ENTRIES: usize = 2048;
/// More than any map of a country has in one directory.
const ENTRIES_MAX: u64 = 1 << 22;

/// The root, which must fit its room, and the leaves behind it, if any are needed.
pub(super) fn directories(entries: &[Entry], room: usize) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let root = encode(entries)?;
    if root.len() <= room {
        return Ok((root, Vec::new()));
    }
    let mut leaf_entries = LEAF_ENTRIES;
    loop {
        let mut leaves = Vec::new();
        let mut above = Vec::new();
        for chunk in entries.chunks(leaf_entries) {
            let leaf = encode(chunk)?;
            let id = chunk.first().map_or(0, |entry| entry.id);
            let length = leaf.len() as u32;
            above.push(Entry { id, run: 0, offset: leaves.len() as u64, length });
            leaves.extend_from_slice(&leaf);
        }
        let root = encode(&above)?;
        if root.len() <= room {
            return Ok((root, leaves));
        }
        leaf_entries *= 2;
    }
}

fn encode(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(entries.len() * 6);
    varint(&mut out, entries.len() as u64);
    let mut before = 0;
    for entry in entries {
        varint(&mut out, entry.id - before);
        before = entry.id;
    }
    for entry in entries {
        varint(&mut out, u64::from(entry.run));
    }
    for entry in entries {
        varint(&mut out, u64::from(entry.length));
    }
    let mut next = None;
    for entry in entries {
        let follows = next == Some(entry.offset);
        varint(&mut out, if follows { 0 } else { entry.offset + 1 });
        next = Some(entry.offset + u64::from(entry.length));
    }
    gzip(&out)
}

/// `None` when the bytes are no directory.
pub(super) fn decode(bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut rest = bytes;
    let count = read_varint(&mut rest)?;
    // Each entry takes at least four bytes.
    if count > ENTRIES_MAX || count > rest.len() as u64 {
        return None;
    }
    let mut entries = Vec::with_capacity(count as usize);
    let mut id = 0_u64;
    for _ in 0..count {
        id = id.checked_add(read_varint(&mut rest)?)?;
        entries.push(Entry { id, run: 0, offset: 0, length: 0 });
    }
    for entry in &mut entries {
        entry.run = u32::try_from(read_varint(&mut rest)?).ok()?;
    }
    for entry in &mut entries {
        entry.length = u32::try_from(read_varint(&mut rest)?).ok()?;
    }
    let mut next = 0_u64;
    for entry in &mut entries {
        entry.offset = match read_varint(&mut rest)? {
            0 => next,
            offset => offset - 1,
        };
        next = entry.offset.checked_add(u64::from(entry.length))?;
    }
    Some(entries)
}

fn read_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The entry that holds `id`: a tile, or the leaf to look into.
pub(super) fn find(entries: &[Entry], id: u64) -> Option<Entry> {
    let after = entries.partition_point(|entry| entry.id <= id);
    let entry = *entries.get(after.checked_sub(1)?)?;
    (entry.run == 0 || id - entry.id < u64::from(entry.run)).then_some(entry)
}
