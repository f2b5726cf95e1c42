//! Stations: who may write, how far each chain is here, and who was shut out.

use super::attention::{Matter, tell};
use super::error::CentralError;
use super::open::CentralLog;
use super::quotas;
use super::sites;
use super::types::{Digest, Tip};
use domain::StationId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StationKey {
    Public([u8; 32]),
    /// A replica of the server: it writes to the log itself and signs nothing.
    Replica,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationRow {
    pub id: StationId,
    pub site: String,
    pub name: String,
    pub key: StationKey,
    pub kinds_not: BTreeSet<String>,
    pub head: Tip,
    pub closed: bool,
    pub revoked: bool,
}

const SELECT: &str = "SELECT id, site, name, public_key, kinds_not, head_seq, head_hash, closed,
    revoked FROM station";

impl CentralLog {
    pub fn station(&self, id: StationId) -> Result<Option<StationRow>, CentralError> {
        self.read(|conn| station(conn, id))
    }

    pub fn stations(&self, site: &str) -> Result<Vec<StationRow>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(&format!("{SELECT} WHERE site = ?1 ORDER BY id"))?;
            let rows = ask.query_map([site], from_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
            rows.into_iter().map(with_kinds).collect()
        })
    }

    pub fn rename_station(&self, id: StationId, name: &str) -> Result<(), CentralError> {
        self.write(|tx| {
            let sql = "UPDATE station SET name = ?2 WHERE id = ?1";
            one(tx.prepare_cached(sql)?.execute(params![id.0.as_bytes(), name])?)
        })
    }

    pub fn revoke_station(&self, id: StationId, revoked: bool) -> Result<(), CentralError> {
        self.write(|tx| {
            let sql = "UPDATE station SET revoked = ?2 WHERE id = ?1";
            one(tx.prepare_cached(sql)?.execute(params![id.0.as_bytes(), revoked])?)
        })
    }

    /// A replica becomes a station of a site; repeating it answers how far its chain is.
    pub fn join(&self, site: &str, id: StationId) -> Result<Tip, CentralError> {
        self.write(|tx| {
            sites::mark(tx, site)?;
            match station(tx, id)? {
                Some(known) if known.site == site && known.key == StationKey::Replica => {
                    Ok(known.head)
                }
                Some(_) => Err(CentralError::UnknownStation),
                None => {
                    let row = StationRow {
                        id,
                        site: site.to_owned(),
                        name: "server".to_owned(),
                        key: StationKey::Replica,
                        kinds_not: BTreeSet::new(),
                        head: Tip::default(),
                        closed: false,
                        revoked: false,
                    };
                    insert(tx, &row)?;
                    Ok(Tip::default())
                }
            }
        })
    }

    /// `new` takes the grant of `old`, which is closed.
    pub fn succeed(
        &self,
        old: StationId,
        new: StationId,
        public_key: [u8; 32],
    ) -> Result<(), CentralError> {
        self.write(|tx| {
            let before = station(tx, old)?.ok_or(CentralError::UnknownStation)?;
            shut(tx, &before)?;
            if station(tx, new)?.is_some() {
                return Ok(());
            }
            let (key, head) = (StationKey::Public(public_key), Tip::default());
            let row = StationRow { id: new, key, head, closed: false, ..before };
            insert(tx, &row)?;
            let detail = format!("goes on as {new}");
            tell(tx, &row.site, Matter::Succeeded, old, None, &detail)
        })
    }

    pub fn close(&self, id: StationId) -> Result<(), CentralError> {
        self.write(|tx| match station(tx, id)? {
            Some(row) => shut(tx, &row),
            None => Ok(()),
        })
    }
}

fn shut(conn: &Connection, row: &StationRow) -> Result<(), CentralError> {
    if row.closed {
        return Ok(());
    }
    conn.prepare_cached("UPDATE station SET closed = 1 WHERE id = ?1")?
        .execute([row.id.0.as_bytes()])?;
    quotas::take_back(conn, row.id)?;
    sites::touch(conn, &row.site)?;
    tell(conn, &row.site, Matter::Fork, row.id, None, &row.name)
}

/// Moves the head of a chain if it still is `from`, and nothing was shut meanwhile.
pub(super) fn advance(
    conn: &Connection,
    id: StationId,
    from: Tip,
    to: Tip,
    has_fresh: bool,
) -> Result<bool, CentralError> {
    let moved = conn
        .prepare_cached(
            "UPDATE station SET head_seq = ?4, head_hash = ?5
             WHERE id = ?1 AND head_seq = ?2 AND head_hash = ?3 AND closed = 0
               AND (revoked = 0 OR NOT ?6)",
        )?
        .execute(params![id.0.as_bytes(), from.seq, from.hash, to.seq, to.hash, has_fresh])?;
    Ok(moved == 1)
}

pub(super) fn station(
    conn: &Connection,
    id: StationId,
) -> Result<Option<StationRow>, CentralError> {
    conn.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.0.as_bytes()], from_row)
        .optional()?
        .map(with_kinds)
        .transpose()
}

pub(super) fn insert(conn: &Connection, row: &StationRow) -> Result<(), CentralError> {
    let key = match row.key {
        StationKey::Public(key) => Some(key),
        StationKey::Replica => None,
    };
    conn.prepare_cached(
        "INSERT INTO station (id, site, name, public_key, kinds_not, head_seq, head_hash, closed,
             revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        row.id.0.as_bytes(),
        row.site,
        row.name,
        key,
        serde_json::to_string(&row.kinds_not)?,
        row.head.seq,
        row.head.hash,
        row.closed,
        row.revoked,
    ])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<(StationRow, String)> {
    let key: Option<Digest> = row.get(3)?;
    let station = StationRow {
        id: StationId::from_bytes(row.get(0)?),
        site: row.get(1)?,
        name: row.get(2)?,
        key: key.map_or(StationKey::Replica, StationKey::Public),
        kinds_not: BTreeSet::new(),
        head: Tip { seq: row.get(5)?, hash: row.get(6)? },
        closed: row.get(7)?,
        revoked: row.get(8)?,
    };
    Ok((station, row.get(4)?))
}

fn with_kinds((row, kinds): (StationRow, String)) -> Result<StationRow, CentralError> {
    Ok(StationRow { kinds_not: serde_json::from_str(&kinds)?, ..row })
}

fn one(changed: usize) -> Result<(), CentralError> {
    if changed == 1 { Ok(()) } else { Err(CentralError::UnknownStation) }
}
