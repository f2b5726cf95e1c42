//! Stations: who may write, how far each chain is here, and who was shut out.

use super::session::{Session, digest, fixed, id};
use super::{attention, quotas, sites};
use crate::log::convert::{head, tip};
use crate::log::{LogError, Matter, StationKey, StationRow, Tip};
use domain::StationId;
use postgres::Row;
use std::collections::BTreeSet;
use sync::{Enrolled, Grant, Head, SiteId};

pub fn enrolled(db: &mut Session, id: StationId) -> Result<Option<Enrolled>, LogError> {
    let Some(row) = station(db, id)? else { return Ok(None) };
    // A replica has no key, so nobody may greet in its name.
    let StationKey::Public(public_key) = row.key else { return Ok(None) };
    let grant = Grant { site: SiteId(row.site), not: row.kinds_not };
    let (closed, revoked) = (row.closed, row.revoked);
    Ok(Some(Enrolled { public_key, grant, head: head(row.head), closed, revoked }))
}

pub fn station(db: &mut Session, id: StationId) -> Result<Option<StationRow>, LogError> {
    let sql = "SELECT id, site, name, public_key, kinds_not, head_seq, head_hash, closed, revoked
         FROM station WHERE id = $1";
    db.row(sql, &[&&id.0.as_bytes()[..]])?.as_ref().map(from_row).transpose()
}

/// As `station`, and nobody else changes it until the transaction ends.
fn locked(db: &mut Session, id: StationId) -> Result<Option<StationRow>, LogError> {
    let sql = "SELECT id, site, name, public_key, kinds_not, head_seq, head_hash, closed, revoked
         FROM station WHERE id = $1 FOR NO KEY UPDATE";
    db.row(sql, &[&&id.0.as_bytes()[..]])?.as_ref().map(from_row).transpose()
}

pub fn of_site(db: &mut Session, site: &SiteId) -> Result<Vec<StationRow>, LogError> {
    let sql = "SELECT id, site, name, public_key, kinds_not, head_seq, head_hash, closed, revoked
         FROM station WHERE site = $1 ORDER BY id";
    db.rows(sql, &[&site.0])?.iter().map(from_row).collect()
}

pub fn rename(db: &mut Session, id: StationId, name: &str) -> Result<(), LogError> {
    let sql = "UPDATE station SET name = $2 WHERE id = $1";
    one(db.execute(sql, &[&&id.0.as_bytes()[..], &name])?)
}

pub fn revoke(db: &mut Session, id: StationId, revoked: bool) -> Result<(), LogError> {
    let sql = "UPDATE station SET revoked = $2 WHERE id = $1";
    one(db.execute(sql, &[&&id.0.as_bytes()[..], &revoked])?)
}

pub fn join(db: &mut Session, site: &SiteId, id: StationId) -> Result<Head, LogError> {
    sites::fence(db, site)?;
    match station(db, id)? {
        Some(known) if known.site == site.0 && known.key == StationKey::Replica => {
            Ok(head(known.head))
        }
        Some(_) => Err(LogError::UnknownStation),
        None => {
            let row = StationRow {
                id,
                site: site.0.clone(),
                name: "server".to_owned(),
                key: StationKey::Replica,
                kinds_not: BTreeSet::new(),
                head: Tip::default(),
                closed: false,
                revoked: false,
            };
            insert(db, &row)?;
            Ok(Head::default())
        }
    }
}

pub fn succeed(
    db: &mut Session,
    old: StationId,
    new: StationId,
    public_key: [u8; 32],
) -> Result<(), LogError> {
    let before = locked(db, old)?.ok_or(LogError::UnknownStation)?;
    shut(db, &before)?;
    if station(db, new)?.is_some() {
        return Ok(());
    }
    let (key, head) = (StationKey::Public(public_key), Tip::default());
    let row = StationRow { id: new, key, head, closed: false, ..before };
    insert(db, &row)?;
    let detail = format!("goes on as {new}");
    attention::tell(db, &row.site, Matter::Succeeded, old, None, 1, &detail)
}

pub fn close(db: &mut Session, id: StationId) -> Result<(), LogError> {
    match locked(db, id)? {
        Some(row) => shut(db, &row),
        None => Ok(()),
    }
}

fn shut(db: &mut Session, row: &StationRow) -> Result<(), LogError> {
    if row.closed {
        return Ok(());
    }
    db.execute("UPDATE station SET closed = true WHERE id = $1", &[&&row.id.0.as_bytes()[..]])?;
    attention::tell(db, &row.site, Matter::Fork, row.id, None, 1, &row.name)?;
    sites::touch(db, &SiteId(row.site.clone()))?;
    quotas::take_back(db, row.id)
}

/// Moves the head of a chain if it still is `from`, and nothing was shut meanwhile. Locks its row.
pub fn advance(
    db: &mut Session,
    id: StationId,
    from: Head,
    to: Head,
    has_fresh: bool,
) -> Result<bool, LogError> {
    let (from, to) = (tip(from), tip(to));
    let moved = db.execute(
        "UPDATE station SET head_seq = $4, head_hash = $5
         WHERE id = $1 AND head_seq = $2 AND head_hash = $3 AND NOT closed
           AND NOT (revoked AND $6)",
        &[&&id.0.as_bytes()[..], &from.seq, &&from.hash[..], &to.seq, &&to.hash[..], &has_fresh],
    )?;
    Ok(moved == 1)
}

pub fn insert(db: &mut Session, row: &StationRow) -> Result<(), LogError> {
    let key = match &row.key {
        StationKey::Public(key) => Some(&key[..]),
        StationKey::Replica => None,
    };
    db.execute(
        "INSERT INTO station (id, site, name, public_key, kinds_not, head_seq, head_hash, closed,
             revoked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &&row.id.0.as_bytes()[..],
            &row.site,
            &row.name,
            &key,
            &serde_json::to_string(&row.kinds_not)?,
            &row.head.seq,
            &&row.head.hash[..],
            &row.closed,
            &row.revoked,
        ],
    )?;
    Ok(())
}

fn from_row(row: &Row) -> Result<StationRow, LogError> {
    let key: Option<&[u8]> = row.try_get(3)?;
    Ok(StationRow {
        id: StationId::from_bytes(id(row, 0)?),
        site: row.try_get(1)?,
        name: row.try_get(2)?,
        key: match key {
            Some(key) => StationKey::Public(fixed(key)?),
            None => StationKey::Replica,
        },
        kinds_not: serde_json::from_str(row.try_get(4)?)?,
        head: Tip { seq: row.try_get(5)?, hash: digest(row, 6)? },
        closed: row.try_get(7)?,
        revoked: row.try_get(8)?,
    })
}

fn one(changed: u64) -> Result<(), LogError> {
    if changed == 1 { Ok(()) } else { Err(LogError::UnknownStation) }
}
