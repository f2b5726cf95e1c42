//! What this desktop has to say: its own chain, and others' events that the server may have lost.

use super::{Carried, carried, own_reference, within};
use crate::error::StoreError;
use crate::open::none_if_missing;
use crate::read::Db;
use domain::StationId;
use rusqlite::params;

impl Db<'_> {
    /// Number and hash of the last own event under the present id; zeros before the first.
    pub fn own_head(&self) -> Result<(i64, [u8; 32]), StoreError> {
        let own = own_reference(self.conn)?;
        let mut statement =
            self.conn.prepare_cached("SELECT head_seq, head FROM station WHERE ref = ?1")?;
        let head = statement.query_row([own], |row| {
            let (seq, head): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            Ok((seq, head.try_into().unwrap_or_default()))
        });
        Ok(head.map(Some).or_else(none_if_missing)?.unwrap_or_default())
    }

    /// The hash of an own event by its number; zeros for 0, `None` for one that is not here.
    pub fn own_hash(&self, station_seq: i64) -> Result<Option<[u8; 32]>, StoreError> {
        if station_seq == 0 {
            return Ok(Some([0; 32]));
        }
        let own = own_reference(self.conn)?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT hash FROM event WHERE station = ?1 AND station_seq = ?2")?;
        let hash = statement.query_row([own, station_seq], |row| row.get(0)).map(Some);
        Ok(hash.or_else(none_if_missing)?)
    }

    /// Own events after this number, about `bytes` of them and at least one if there is one.
    pub fn own_after(&self, station_seq: i64, bytes: usize) -> Result<Vec<Carried>, StoreError> {
        let own = own_reference(self.conn)?;
        let mut prev = self.own_hash(station_seq)?.unwrap_or_default();
        let mut statement = self.conn.prepare_cached(
            "SELECT e.id, e.at, s.id, e.station_seq, e.actor, e.body, e.hash, NULL
             FROM event e JOIN station s ON s.ref = e.station
             WHERE e.station = ?1 AND e.station_seq > ?2 ORDER BY e.station_seq",
        )?;
        let rows = statement.query_map([own, station_seq], carried)?;
        let mut events = within(rows, bytes)?;
        for event in &mut events {
            event.prev = prev;
            prev = event.hash;
        }
        Ok(events)
    }

    /// How many own events the server does not have yet, and when the oldest of them was made.
    pub fn unacknowledged(&self) -> Result<(i64, Option<domain::Timestamp>), StoreError> {
        let own = own_reference(self.conn)?;
        let acked = self.sync_state()?.acked;
        let mut statement = self.conn.prepare_cached(
            "SELECT at FROM event WHERE station = ?1 AND station_seq > ?2
             ORDER BY station_seq LIMIT 1",
        )?;
        let oldest: Option<i64> = statement
            .query_row([own, acked], |row| row.get(0))
            .map(Some)
            .or_else(none_if_missing)?;
        let count = (self.own_head()?.0 - acked).max(0);
        Ok((count, oldest.map(|at| domain::Hlc(at).millis())))
    }

    /// Others' events that have no number of the site any more, by station and number.
    pub fn unnumbered(
        &self,
        after: Option<(StationId, i64)>,
        bytes: usize,
    ) -> Result<Vec<Carried>, StoreError> {
        let (station, seq) = after.unwrap_or((StationId::from_bytes([0; 16]), 0));
        let mut statement = self.conn.prepare_cached(
            "SELECT e.id, e.at, s.id AS author, e.station_seq AS seq, e.actor, e.body, e.hash,
                 COALESCE(g.prev, p.hash, h.hash)
             FROM unnumbered u
             JOIN (SELECT id, at, station, station_seq, actor, body, hash FROM event UNION ALL
                 SELECT id, at, station, station_seq, actor, body, hash FROM held_event) e
                 ON e.id = u.event
             JOIN station s ON s.ref = e.station
             LEFT JOIN chain_gap g ON g.station = e.station AND g.station_seq = e.station_seq
             LEFT JOIN event p ON p.station = e.station AND p.station_seq = e.station_seq - 1
             LEFT JOIN held_event h ON h.station = e.station AND h.station_seq = e.station_seq - 1
             WHERE (s.id, e.station_seq) > (?1, ?2) ORDER BY s.id, e.station_seq",
        )?;
        let rows = statement.query_map(params![station.0.as_bytes().as_slice(), seq], carried)?;
        within(rows, bytes)
    }
}
