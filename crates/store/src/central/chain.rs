//! Reading the log: places, contents, and a site's rows in order.

use super::attention::Matter;
use super::error::CentralError;
use super::open::CentralLog;
use super::types::{AsideRow, Digest, LogEvent, LogRow};
use domain::{EventId, Hlc, PersonId, StationId};
use rusqlite::{OptionalExtension, Row, params};

/// What an event costs beside its texts, so that a page has about the size that was asked for.
const ROW_BYTES: usize = 120;

impl CentralLog {
    /// The hash in this place of a chain.
    pub fn place(&self, station: StationId, seq: i64) -> Result<Option<Digest>, CentralError> {
        self.read(|conn| {
            let mut ask =
                conn.prepare_cached("SELECT hash FROM place WHERE station = ?1 AND seq = ?2")?;
            let found = ask.query_row(params![station.0.as_bytes(), seq], |row| row.get(0));
            Ok(found.optional()?)
        })
    }

    /// The content hash of an event in any site's log.
    pub fn content(&self, id: EventId) -> Result<Option<Digest>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached("SELECT content FROM event WHERE id = ?1")?;
            Ok(ask.query_row([id.0.as_bytes()], |row| row.get(0)).optional()?)
        })
    }

    /// Rows after `seq` in order, stopping after about `bytes`, at least one if there is one.
    pub fn rows_after(
        &self,
        site: &str,
        seq: i64,
        bytes: usize,
    ) -> Result<Vec<LogRow>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT id, station, station_seq, prev, hash, content, at, actor, body, seq, tag
                 FROM event WHERE site = ?1 AND seq > ?2 ORDER BY seq",
            )?;
            let mut rows = ask.query(params![site, seq])?;
            let (mut found, mut total) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let event = event(row)?;
                total += event.body.len() + event.actor.0.len() + ROW_BYTES;
                if total > bytes && !found.is_empty() {
                    break;
                }
                found.push(LogRow { seq: row.get(9)?, tag: row.get(10)?, event });
            }
            Ok(found)
        })
    }

    /// What was set aside and did not come in otherwise since.
    pub fn asides(&self, site: &str, at_most: usize) -> Result<Vec<AsideRow>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT id, station, station_seq, prev, hash, content, at, actor, body, why
                 FROM aside a WHERE site = ?1 AND NOT EXISTS
                     (SELECT 1 FROM event e WHERE e.id = a.id AND e.content = a.content)
                 ORDER BY station, station_seq, hash LIMIT ?2",
            )?;
            let rows = ask.query_map(params![site, at_most as i64], |row| {
                let why: String = row.get(9)?;
                // Only this file's neighbor writes the column.
                let why = Matter::parse(&why).unwrap_or(Matter::Parked);
                Ok(AsideRow { why, event: event(row)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<LogEvent> {
    Ok(LogEvent {
        id: EventId::from_bytes(row.get(0)?),
        station: StationId::from_bytes(row.get(1)?),
        seq: row.get(2)?,
        prev: row.get(3)?,
        hash: row.get(4)?,
        content: row.get(5)?,
        at: Hlc(row.get(6)?),
        actor: PersonId(row.get(7)?),
        body: row.get(8)?,
    })
}
