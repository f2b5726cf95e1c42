//! Whole books for new stations, in pieces.

use super::Postgres;
use super::session::{Session, digest};
use crate::log::{LogError, Snapshots};
use sync::{Cursor, Hash, Session as Greeting, SiteId, SnapshotPart};

const PIECE_BYTES: usize = 256 * 1024;
/// The newest, and the one that some station is still fetching.
const KEPT: i64 = 2;

impl Snapshots for Postgres {
    fn put_snapshot(
        &mut self,
        site: &SiteId,
        generation: i64,
        cursor: Cursor,
        bytes: &[u8],
    ) -> Result<(), LogError> {
        self.pool.write(|db| put(db, site, generation, cursor, bytes))
    }
}

fn put(
    db: &mut Session,
    site: &SiteId,
    generation: i64,
    cursor: Cursor,
    bytes: &[u8],
) -> Result<(), LogError> {
    let seq = cursor.seq;
    db.execute("DELETE FROM snapshot WHERE site = $1 AND seq = $2", &[&site.0, &seq])?;
    db.execute(
        "INSERT INTO snapshot (site, seq, generation, tag, hash, size)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            &site.0,
            &seq,
            &generation,
            &&cursor.tag.0[..],
            &&Hash::of(bytes).0[..],
            &(bytes.len() as i64),
        ],
    )?;
    for (number, piece) in (0i64..).zip(bytes.chunks(PIECE_BYTES)) {
        db.execute(
            "INSERT INTO snapshot_piece (site, seq, piece, bytes) VALUES ($1, $2, $3, $4)",
            &[&site.0, &seq, &number, &piece],
        )?;
    }
    db.execute(
        "DELETE FROM snapshot WHERE site = $1 AND seq NOT IN
             (SELECT seq FROM snapshot WHERE site = $1 ORDER BY seq DESC LIMIT $2)",
        &[&site.0, &KEPT],
    )?;
    Ok(())
}

/// A part of the snapshot with number `seq`; if it is gone, the beginning of the newest.
pub fn part(
    db: &mut Session,
    site: &SiteId,
    seq: i64,
    offset: u64,
    bytes: usize,
) -> Result<Option<SnapshotPart>, LogError> {
    let found = db.row(
        "SELECT seq, generation, tag, hash, size FROM snapshot
         WHERE site = $1 ORDER BY seq = $2 DESC, seq DESC LIMIT 1",
        &[&site.0, &seq],
    )?;
    let Some(row) = found else { return Ok(None) };
    let cursor = Cursor { seq: row.try_get(0)?, tag: Hash(digest(&row, 2)?) };
    let size: i64 = row.try_get(4)?;
    let size = size.max(0) as u64;
    let offset = if cursor.seq == seq || seq == 0 { offset.min(size) } else { 0 };
    let end = size.min(offset.saturating_add(bytes as u64));
    let piece = PIECE_BYTES as u64;
    let (first, last) = ((offset / piece) as i64, (end.saturating_sub(1) / piece) as i64);
    let pieces = db.rows(
        "SELECT bytes FROM snapshot_piece
         WHERE site = $1 AND seq = $2 AND piece BETWEEN $3 AND $4 ORDER BY piece",
        &[&site.0, &cursor.seq, &first, &last],
    )?;
    let mut joined = Vec::new();
    for row in &pieces {
        joined.extend_from_slice(row.try_get(0)?);
    }
    let skip = (offset % piece) as usize;
    let length = (end - offset) as usize;
    // It went away between the two questions: whoever asks is served from the log.
    let Some(part) = joined.get(skip..skip + length) else { return Ok(None) };
    Ok(Some(SnapshotPart {
        session: Greeting::default(),
        generation: row.try_get(1)?,
        cursor,
        hash: Hash(digest(&row, 3)?),
        size,
        offset,
        bytes: part.to_vec(),
    }))
}
