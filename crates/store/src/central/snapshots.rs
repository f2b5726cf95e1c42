//! Whole books for new stations, each in a file beside the log.

use super::error::CentralError;
use super::open::CentralLog;
use super::types::Digest;
use rusqlite::{OptionalExtension, Row, params};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The newest, and the one that some station is still fetching.
const KEPT: i64 = 2;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotHead {
    pub site: String,
    pub generation: i64,
    /// The site's number and running hash that it stands for.
    pub seq: i64,
    pub tag: Digest,
    pub hash: Digest,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotBytes {
    pub head: SnapshotHead,
    pub size: u64,
    pub offset: u64,
    pub bytes: Vec<u8>,
}

impl CentralLog {
    pub fn put_snapshot(&self, head: &SnapshotHead, bytes: &[u8]) -> Result<(), CentralError> {
        let name = file_name(head);
        let path = self.snapshots.join(&name);
        let unfinished = path.with_extension("part");
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        File::open(&self.snapshots)?.sync_all()?;
        let dropped = self.write(|tx| {
            // Made twice for one number, it need not be the same bytes.
            let sql = "DELETE FROM snapshot WHERE site = ?1 AND seq = ?2 RETURNING file";
            let mut before = tx.prepare_cached(sql)?;
            let files = before.query_map(params![head.site, head.seq], |row| row.get(0))?;
            let mut dropped = files.collect::<rusqlite::Result<Vec<String>>>()?;
            dropped.retain(|file| *file != name);
            tx.prepare_cached(
                "INSERT INTO snapshot (site, seq, generation, tag, hash, size, file)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                head.site,
                head.seq,
                head.generation,
                head.tag,
                head.hash,
                bytes.len() as i64,
                name,
            ])?;
            let mut drop_old = tx.prepare_cached(
                "DELETE FROM snapshot WHERE site = ?1 AND seq NOT IN
                     (SELECT seq FROM snapshot WHERE site = ?1 ORDER BY seq DESC LIMIT ?2)
                 RETURNING file",
            )?;
            let files = drop_old.query_map(params![head.site, KEPT], |row| row.get(0))?;
            for file in files {
                dropped.push(file?);
            }
            Ok(dropped)
        })?;
        for name in dropped {
            match fs::remove_file(self.snapshots.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// A part of the snapshot with number `seq`; if it is gone, the beginning of the newest.
    pub fn snapshot(
        &self,
        site: &str,
        seq: i64,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<SnapshotBytes>, CentralError> {
        let found = self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT site, generation, seq, tag, hash, size, file FROM snapshot
                 WHERE site = ?1 ORDER BY seq = ?2 DESC, seq DESC LIMIT 1",
            )?;
            Ok(ask.query_row(params![site, seq], from_row).optional()?)
        })?;
        let Some((head, size, name)) = found else { return Ok(None) };
        let offset = if head.seq == seq || seq == 0 { offset.min(size) } else { 0 };
        let mut file = match File::open(self.snapshots.join(name)) {
            Ok(file) => file,
            // A newer one took its place this moment, or the folder was not restored: whoever asks
            // is served from the log.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        file.seek(SeekFrom::Start(offset))?;
        let mut part = Vec::new();
        file.take(bytes as u64).read_to_end(&mut part)?;
        Ok(Some(SnapshotBytes { head, size, offset, bytes: part }))
    }
}

/// Named by its content too: a file is never rewritten while somebody reads it.
fn file_name(head: &SnapshotHead) -> String {
    let site = blake3::hash(head.site.as_bytes()).to_hex();
    let hash = blake3::Hash::from_bytes(head.hash).to_hex();
    format!("{}-{}-{}.book", &site[..16], head.seq, &hash[..16])
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<(SnapshotHead, u64, String)> {
    let head = SnapshotHead {
        site: row.get(0)?,
        generation: row.get(1)?,
        seq: row.get(2)?,
        tag: row.get(3)?,
        hash: row.get(4)?,
    };
    Ok((head, row.get::<_, i64>(5)?.max(0) as u64, row.get(6)?))
}
