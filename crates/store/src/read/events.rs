//! The log itself and the timelines drawn from it.

use super::Db;
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Body, Event, EventId, Hlc, PersonId, StationId};
use rusqlite::{Row, params};

#[derive(Debug, Clone)]
pub struct StoredEvent {
    pub seq: i64,
    pub event: Event,
    pub hash: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct TrailEntry {
    pub seq: i64,
    pub event: Event,
    /// The id of the reversing event, if it was undone.
    pub undone: bool,
}

pub(super) const COLUMNS: &str = "e.seq, e.id, e.at, s.id, e.station_seq, e.actor, e.body, e.hash";

pub(super) fn stored(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    let id = |index: usize| -> rusqlite::Result<[u8; 16]> { row.get(index) };
    let body: String = row.get(6)?;
    let body: Body = serde_json::from_str(&body).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(6, rusqlite::types::Type::Text, Box::new(e))
    })?;
    let uuid = |bytes: [u8; 16]| domain::EventId::from_bytes(bytes);
    Ok(StoredEvent {
        seq: row.get(0)?,
        event: Event {
            id: uuid(id(1)?),
            at: Hlc(row.get(2)?),
            station: StationId(uuid(id(3)?).0),
            station_seq: row.get(4)?,
            actor: PersonId(row.get(5)?),
            body,
        },
        hash: row.get(7)?,
    })
}

impl Db<'_> {
    pub fn event_count(&self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT COALESCE(MAX(seq), 0) FROM event")?
            .query_row([], |row| row.get(0))?)
    }

    pub fn event(&self, id: EventId) -> Result<Option<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN station s ON s.ref = e.station WHERE e.id = ?1"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([id.0.as_bytes().as_slice()], stored)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn has_event(&self, id: EventId) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM event WHERE id = ?1")?
            .exists([id.0.as_bytes().as_slice()])?)
    }

    /// Events of the site by its own numbers, after one of them.
    pub fn numbered_after(
        &self,
        number: i64,
        limit: i64,
    ) -> Result<Vec<(i64, StoredEvent)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, e.number FROM event e JOIN station s ON s.ref = e.station
             WHERE e.number > ?1 ORDER BY e.number LIMIT ?2"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([number, limit], |row| Ok((row.get(8)?, stored(row)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// A page of the log after `seq`, oldest first.
    pub fn events_after(&self, seq: i64, limit: i64) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN station s ON s.ref = e.station
             WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([seq, limit], stored)?
            .collect::<Result<_, _>>()?)
    }

    /// The newest events, newest first.
    pub fn newest_events(&self, limit: i64) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN station s ON s.ref = e.station
             ORDER BY e.seq DESC LIMIT ?1"
        );
        Ok(self.conn.prepare_cached(&sql)?.query_map([limit], stored)?.collect::<Result<_, _>>()?)
    }

    pub fn event_at_seq(&self, seq: i64) -> Result<Option<StoredEvent>, StoreError> {
        Ok(self.events_after(seq - 1, 1)?.into_iter().find(|stored| stored.seq == seq))
    }

    /// All events of an order and its lines, oldest first.
    pub fn order_trail(&self, order: &str) -> Result<Vec<TrailEntry>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN station s ON s.ref = e.station
             WHERE e.seq IN (SELECT seq FROM trail WHERE ref = ?1 UNION
                 SELECT t.seq FROM line l CROSS JOIN trail t ON t.ref = l.id WHERE l.order_id = ?1)
             ORDER BY e.seq"
        );
        let found: Vec<StoredEvent> = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![order], stored)?
            .collect::<Result<_, _>>()?;
        found
            .into_iter()
            .map(|s| {
                let undone = self.has_event(domain::id::reversal_of(s.event.id))?;
                Ok(TrailEntry { seq: s.seq, event: s.event, undone })
            })
            .collect()
    }
}
