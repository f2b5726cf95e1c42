//! Sites, where each stands, and its generations.

use super::error::CentralError;
use super::open::CentralLog;
use super::types::Mark;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    pub id: String,
    pub name: String,
    pub head: i64,
}

impl CentralLog {
    /// Adds a site, or gives it another name.
    pub fn add_site(&self, id: &str, name: &str) -> Result<(), CentralError> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO site (id, name, head_tag) VALUES (?1, ?2, zeroblob(32))
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            )?
            .execute(params![id, name])?;
            Ok(())
        })
    }

    pub fn sites(&self) -> Result<Vec<SiteRow>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached("SELECT id, name, head_seq FROM site ORDER BY id")?;
            let rows = ask.query_map([], |row| {
                Ok(SiteRow { id: row.get(0)?, name: row.get(1)?, head: row.get(2)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    pub fn mark(&self, site: &str) -> Result<Mark, CentralError> {
        self.read(|conn| mark(conn, site))
    }

    /// The present generation, and the lowest head from which one after `known` began.
    pub fn generation(&self, site: &str, known: i64) -> Result<(i64, Option<i64>), CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT coalesce(max(number), 1), min(base) FILTER (WHERE ?2 > 0 AND number > ?2)
                 FROM generation WHERE site = ?1",
            )?;
            Ok(ask.query_row(params![site, known], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
    }

    /// The site was restored from a backup: what follows its present head is of a new generation.
    pub fn declare_restored(&self, site: &str) -> Result<i64, CentralError> {
        self.write(|tx| {
            let base = mark(tx, site)?.seq;
            let mut add = tx.prepare_cached(
                "INSERT INTO generation (site, number, base)
                 SELECT ?1, coalesce(max(number), 1) + 1, ?2 FROM generation WHERE site = ?1
                 RETURNING number",
            )?;
            Ok(add.query_row(params![site, base], |row| row.get(0))?)
        })
    }
}

pub(super) fn mark(conn: &Connection, site: &str) -> Result<Mark, CentralError> {
    conn.prepare_cached("SELECT head_seq, head_tag, version FROM site WHERE id = ?1")?
        .query_row([site], |row| {
            Ok(Mark { seq: row.get(0)?, tag: row.get(1)?, version: row.get(2)? })
        })
        .optional()?
        .ok_or_else(|| CentralError::UnknownSite(site.to_owned()))
}

/// Writes where the site stands now.
pub(super) fn set_mark(conn: &Connection, site: &str, mark: Mark) -> Result<(), CentralError> {
    conn.prepare_cached(
        "UPDATE site SET head_seq = ?2, head_tag = ?3, version = ?4 WHERE id = ?1",
    )?
    .execute(params![site, mark.seq, mark.tag, mark.version])?;
    Ok(())
}

/// Something other than the log changed that decisions rest on.
pub(super) fn touch(conn: &Connection, site: &str) -> Result<(), CentralError> {
    let touched = conn
        .prepare_cached("UPDATE site SET version = version + 1 WHERE id = ?1")?
        .execute([site])?;
    match touched {
        1 => Ok(()),
        _ => Err(CentralError::UnknownSite(site.to_owned())),
    }
}
