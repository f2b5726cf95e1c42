//! When the log takes a turn: acknowledged, gone back, forked, or begun from somebody's copy.

use super::{SiteCursor, own_reference};
use crate::error::StoreError;
use crate::lock::relock;
use crate::open::{OpenMode, Store};
use crate::record::{Chain, link};
use crate::tx::Tx;
use domain::{EventId, Hlc, StationId};
use rusqlite::backup::Backup;
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use std::ffi::c_int;
use std::path::Path;
use std::time::Duration;

impl Tx<'_> {
    pub fn set_site(&mut self, site: &str) -> Result<(), StoreError> {
        self.conn().execute("UPDATE sync SET site = ?1", [site])?;
        Ok(())
    }

    /// The server has own events up to here. It may be less than before, after a restore.
    pub fn set_acked(&mut self, station_seq: i64, hash: [u8; 32]) -> Result<(), StoreError> {
        self.conn()
            .prepare_cached("UPDATE sync SET acked = ?1, acked_hash = ?2")?
            .execute(params![station_seq, hash])?;
        Ok(())
    }

    /// Back to the newest cursor that is not beyond `number`. Numbers after it are forgotten; what
    /// others wrote there is offered to the server again unless it gets a number meanwhile.
    pub fn go_back(&mut self, generation: i64, number: i64) -> Result<SiteCursor, StoreError> {
        let conn = self.conn();
        conn.execute("UPDATE sync SET generation = ?1", [generation])?;
        let present = self.sync_state()?.cursor;
        if number >= present.number {
            return Ok(present);
        }
        conn.execute("DELETE FROM sync_cursor WHERE number > ?1", [number])?;
        let newest = conn
            .query_row(
                "SELECT number, tag FROM sync_cursor ORDER BY number DESC LIMIT 1",
                [],
                |row| Ok(SiteCursor { number: row.get(0)?, tag: row.get(1)? }),
            )
            .optional()?
            .unwrap_or_default();
        let own = own_reference(conn)?;
        conn.execute(
            "INSERT OR IGNORE INTO unnumbered (event)
             SELECT id FROM event WHERE number > ?1 AND station <> ?2 UNION ALL
             SELECT id FROM held_event WHERE number > ?1",
            [newest.number, own],
        )?;
        conn.execute("UPDATE event SET number = NULL WHERE number > ?1", [newest.number])?;
        conn.execute("UPDATE held_event SET number = NULL WHERE number > ?1", [newest.number])?;
        conn.execute("UPDATE sync SET cursor = ?1, tag = ?2", params![newest.number, newest.tag])?;
        Ok(newest)
    }
}

impl Store {
    /// Goes on as `station`: own events that the server does not have form its chain, under their
    /// own ids, in one transaction. Answers how many they are.
    pub fn reincarnate(&mut self, station: StationId) -> Result<i64, StoreError> {
        let sql = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let old = self.station;
        let before = crate::read::Db::new(&sql).sync_state()?;
        let mut ended = Chain::load(&sql, old)?;
        let mut chain = Chain::load(&sql, station)?;
        let open: Vec<(i64, EventId, Hlc, String, String)> = sql
            .prepare(
                "SELECT seq, id, at, actor, body FROM event
                 WHERE station = ?1 AND station_seq > ?2 ORDER BY station_seq",
            )?
            .query_map([ended.reference, before.acked], |row| {
                let id = EventId::from_bytes(row.get(1)?);
                Ok((row.get(0)?, id, Hlc(row.get(2)?), row.get(3)?, row.get(4)?))
            })?
            .collect::<Result<_, _>>()?;
        let mut place = sql.prepare(
            "UPDATE event SET station = ?2, station_seq = ?3, hash = ?4, number = NULL
             WHERE seq = ?1",
        )?;
        for (seq, id, at, actor, body) in &open {
            chain.seq += 1;
            let hash = link(&chain.head, *id, (station, chain.seq), *at, actor, body);
            chain.head = hash.to_vec();
            place.execute(params![seq, chain.reference, chain.seq, hash])?;
        }
        drop(place);
        (ended.seq, ended.head) = (before.acked, before.acked_hash.to_vec());
        if before.acked == 0 {
            ended.head.clear();
        }
        ended.save(&sql)?;
        chain.save(&sql)?;
        // What the old id had delivered is others' from now on, so that a restored server gets it.
        sql.execute(
            "INSERT OR IGNORE INTO unnumbered (event)
             SELECT id FROM event WHERE station = ?1 AND number IS NULL",
            [ended.reference],
        )?;
        sql.execute(
            "INSERT INTO incarnation (station, acked, moved) VALUES (?1, ?2, ?3)",
            params![old.0.as_bytes().as_slice(), before.acked, open.len() as i64],
        )?;
        sql.execute("UPDATE sync SET acked = 0, acked_hash = zeroblob(32)", [])?;
        sql.execute("DELETE FROM quota", [])?;
        sql.execute("DELETE FROM lease", [])?;
        sql.execute("UPDATE meta SET value = ?1 WHERE name = 'station'", [station.to_string()])?;
        sql.commit()?;
        self.station = station;
        Ok(open.len() as i64)
    }

    /// Puts a copy of somebody's book in the place of this one, which has no events yet, in one
    /// transaction: same events as the copy, own identity, nothing lent. The copy is used up. False
    /// when somebody has recorded something here meanwhile; then nothing has changed.
    pub fn adopt(
        &mut self,
        copy: &Path,
        generation: i64,
        cursor: SiteCursor,
    ) -> Result<bool, StoreError> {
        let before = crate::read::Db::new(&self.conn).sync_state()?;
        if !before.empty {
            return Ok(false);
        }
        let mut source = disguise(copy, self.station, &before.site, generation, cursor)?;
        if let Some(key) = self.access.key.clone() {
            // Only like is copied onto like.
            drop(source);
            relock(copy, None, Some(&key))?;
            source = Store::open_locked(copy, OpenMode::Bulk, self.station, Some(&key))?;
        }
        let copying = Backup::new(&source.conn, &mut self.conn)?;
        copying.run_to_completion(c_int::MAX, Duration::ZERO, None)?;
        drop(copying);
        self.cache.clear();
        // The whole book went through the write-ahead log, which would stay as large for ever.
        self.write_back()?;
        Ok(true)
    }
}

/// Gives a copy of somebody's book another identity.
fn disguise(
    copy: &Path,
    station: StationId,
    site: &str,
    generation: i64,
    cursor: SiteCursor,
) -> Result<Store, StoreError> {
    let mut store = Store::open(copy, OpenMode::Bulk, station)?;
    let sql = store.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for table in ["sync_cursor", "incarnation", "quota", "lease", "unnumbered"] {
        sql.execute(&format!("DELETE FROM {table}"), [])?;
    }
    sql.execute("UPDATE meta SET value = ?1 WHERE name = 'station'", [station.to_string()])?;
    sql.execute(
        "UPDATE sync SET site = ?1, generation = ?2, cursor = ?3, tag = ?4, acked = 0,
             acked_hash = zeroblob(32)",
        params![site, generation, cursor.number, cursor.tag],
    )?;
    sql.execute(
        "INSERT INTO sync_cursor (number, tag) VALUES (?1, ?2)",
        params![cursor.number, cursor.tag],
    )?;
    sql.commit()?;
    Ok(store)
}
