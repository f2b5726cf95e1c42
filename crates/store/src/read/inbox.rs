//! What somebody did and does not stand any more, or not yet.

use super::Db;
use super::events::{COLUMNS, StoredEvent, stored};
use crate::error::StoreError;
use crate::sync::own_reference;
use rusqlite::params;

/// Older ones that the server set aside were decided long ago, or will not be.
const LOOK_BACK: i64 = 50_000;

impl Db<'_> {
    /// Releases of promises, the newest first.
    pub fn promise_releases(&self, limit: i64) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN station s ON s.ref = e.station
             WHERE substr(e.body, 1, 26) = '{{\"kind\":\"promise_released\"' AND e.seq > 0
             ORDER BY e.seq DESC LIMIT ?1"
        );
        Ok(self.conn.prepare_cached(&sql)?.query_map([limit], stored)?.collect::<Result<_, _>>()?)
    }

    /// Own events that the server has and gave no number, although a later one has its: it keeps
    /// them aside until a supervisor decides. Oldest first.
    pub fn set_aside(&self, limit: i64) -> Result<Vec<StoredEvent>, StoreError> {
        let own = own_reference(self.conn)?;
        let acked = self.sync_state()?.acked;
        let sql = format!(
            "SELECT {COLUMNS} FROM event e JOIN station s ON s.ref = e.station
             WHERE e.station = ?1 AND e.station_seq BETWEEN ?2 AND ?3 AND e.number IS NULL
                 AND e.station_seq < (SELECT MAX(n.station_seq) FROM event n
                     WHERE n.station = ?1 AND n.station_seq BETWEEN ?2 AND ?3
                         AND n.number IS NOT NULL)
             ORDER BY e.station_seq LIMIT ?4"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![own, acked - LOOK_BACK, acked, limit], stored)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}
