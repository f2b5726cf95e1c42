//! Sites, where each stands, and its generations.

use super::session::{Session, digest};
use crate::log::{Fence, LogError, SiteRow};
use postgres::Row;
use sync::{Hash, SiteId};

pub fn add(db: &mut Session, site: &SiteId, name: &str) -> Result<(), LogError> {
    db.execute(
        "INSERT INTO site (id, name, head_tag) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        &[&site.0, &name, &&Hash::NONE.0[..]],
    )?;
    Ok(())
}

pub fn all(db: &mut Session) -> Result<Vec<SiteRow>, LogError> {
    let rows = db.rows("SELECT id, name, head_seq FROM site ORDER BY id", &[])?;
    rows.iter()
        .map(|row| {
            Ok(SiteRow { id: row.try_get(0)?, name: row.try_get(1)?, head: row.try_get(2)? })
        })
        .collect()
}

pub fn fence(db: &mut Session, site: &SiteId) -> Result<Fence, LogError> {
    let sql = "SELECT head_seq, head_tag, version FROM site WHERE id = $1";
    found(site, db.row(sql, &[&site.0])?)
}

/// Until the transaction ends nobody else numbers events of this site, lends or gives back. Weaker
/// than `FOR UPDATE`, so that rows which refer to the site can be written meanwhile.
pub fn locked(db: &mut Session, site: &SiteId) -> Result<Fence, LogError> {
    let sql = "SELECT head_seq, head_tag, version FROM site WHERE id = $1 FOR NO KEY UPDATE";
    found(site, db.row(sql, &[&site.0])?)
}

fn found(site: &SiteId, row: Option<Row>) -> Result<Fence, LogError> {
    let row = row.ok_or_else(|| LogError::UnknownSite(site.0.clone()))?;
    Ok(Fence { seq: row.try_get(0)?, tag: Hash(digest(&row, 1)?), version: row.try_get(2)? })
}

/// Something other than the log changed that decisions rest on. Locks the site's row.
pub fn touch(db: &mut Session, site: &SiteId) -> Result<(), LogError> {
    match db.execute("UPDATE site SET version = version + 1 WHERE id = $1", &[&site.0])? {
        1 => Ok(()),
        _ => Err(LogError::UnknownSite(site.0.clone())),
    }
}

pub fn generation(
    db: &mut Session,
    site: &SiteId,
    known: i64,
) -> Result<(i64, Option<i64>), LogError> {
    let row = db.row(
        "SELECT coalesce(max(number), 1), min(base) FILTER (WHERE $2 > 0::bigint AND number > $2)
         FROM generation WHERE site = $1",
        &[&site.0, &known],
    )?;
    match row {
        Some(row) => Ok((row.try_get(0)?, row.try_get(1)?)),
        None => Ok((1, None)),
    }
}

pub fn declare_restored(db: &mut Session, site: &SiteId) -> Result<i64, LogError> {
    let base = locked(db, site)?.seq;
    let row = db.row(
        "INSERT INTO generation (site, number, base)
         SELECT $1, coalesce(max(number), 1) + 1, $2 FROM generation WHERE site = $1
         RETURNING number",
        &[&site.0, &base],
    )?;
    row.map_or(Err(LogError::Conflict), |row| Ok(row.try_get(0)?))
}
