//! Opening the book: pragmas, migrations, and a clear word when it cannot be opened.

use crate::error::StoreError;
use crate::fold::Cache;
use crate::read::Db;
use crate::sync::{SiteCursor, TakeEntry, Taken, Way, is_of_an_event};
use crate::tx::{Touching, Tx};
use domain::StationId;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_base.sql"),
    include_str!("../migrations/0002_quick_screens.sql"),
    include_str!("../migrations/0003_closures.sql"),
    include_str!("../migrations/0004_sync.sql"),
    include_str!("../migrations/0005_settling.sql"),
];
/// A busy batch touches about a thousand pages, many of them again in the next one: writing them
/// back every tenth batch saves most of that. 40 MB of log is the price.
const CHECKPOINT_PAGES: u32 = 10_000;
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// How durable a commit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// Each commit reaches the disk before it is confirmed to the person.
    Durable,
    /// For building demo data and benchmarks, where a lost tail costs nothing.
    Bulk,
}

pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) cache: Cache,
    pub(crate) station: StationId,
    path: PathBuf,
}

impl Store {
    /// Opens or creates the book. `station` names this desktop when the book is new.
    pub fn open(path: &Path, mode: OpenMode, station: StationId) -> Result<Store, StoreError> {
        let mut conn = Connection::open(path)?;
        conn.busy_timeout(Duration::from_secs(5))?;
        let synchronous = match mode {
            OpenMode::Durable => "FULL",
            OpenMode::Bulk => "OFF",
        };
        conn.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;
             PRAGMA mmap_size = 268435456; PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES};"
        ))?;
        conn.set_prepared_statement_cache_capacity(256);
        migrate(&mut conn)?;
        let station = own_station(&conn, station)?;
        Ok(Store { conn, cache: Cache::default(), station, path: path.to_owned() })
    }

    /// A second connection that only reads, so that a screen never waits for a writer.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Reader::open(&self.path)
    }

    pub fn station(&self) -> StationId {
        self.station
    }

    pub fn db(&self) -> Db<'_> {
        Db::new(&self.conn)
    }

    /// Runs `work` in one transaction: all of it is committed, or none of it happened.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_approved(work, |_| Ok(()))
    }

    /// As `write`; `approve` sees all that was recorded, after the invariants were checked and
    /// before the commit, and may still refuse it.
    pub fn write_approved<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
        approve: impl FnOnce(&Tx<'_>) -> Result<(), E>,
    ) -> Result<T, E> {
        let sql = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let mut tx = Tx::new(&sql, &mut self.cache, self.station);
        let outcome = work(&mut tx)
            .and_then(|value| tx.guard().map(|()| value).map_err(E::from))
            .and_then(|value| approve(&tx).map(|()| value));
        match outcome {
            Ok(value) => match sql.commit() {
                Ok(()) => Ok(value),
                Err(error) => {
                    self.cache.clear();
                    Err(StoreError::from(error).into())
                }
            },
            Err(error) => {
                self.cache.clear();
                Err(error)
            }
        }
    }

    /// Folds events without the commit guard: a part of a log may end between two events that
    /// only together keep an invariant.
    pub fn replay(&mut self, events: &[domain::Event]) -> Result<usize, StoreError> {
        let sql = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut tx = Tx::new(&sql, &mut self.cache, self.station);
        let outcome = tx.receive(events);
        let outcome = outcome.and_then(|fresh| sql.commit().map(|()| fresh).map_err(Into::into));
        if outcome.is_err() {
            self.cache.clear();
        }
        outcome
    }

    /// Takes in a part of the site's log. Facts are never refused, so nothing is guarded here:
    /// whoever decides afterwards settles the SKUs that come back.
    pub fn take(
        &mut self,
        first: i64,
        entries: &[TakeEntry<'_>],
        cursor: SiteCursor,
    ) -> Result<(Taken, Touching), StoreError> {
        let numbered = (first, entries);
        match self.take_so(numbered, cursor, Way::Together) {
            Err(error) if is_of_an_event(&error) => self.take_so(numbered, cursor, Way::OneByOne),
            outcome => outcome,
        }
    }

    fn take_so(
        &mut self,
        numbered: (i64, &[TakeEntry<'_>]),
        cursor: SiteCursor,
        way: Way,
    ) -> Result<(Taken, Touching), StoreError> {
        let sql = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut tx = Tx::new(&sql, &mut self.cache, self.station);
        let outcome = tx.take_so(numbered, cursor, way).map(|taken| (taken, tx.touching()));
        let outcome =
            outcome.and_then(|outcome| sql.commit().map(|()| outcome).map_err(Into::into));
        if outcome.is_err() {
            self.cache.clear();
        }
        outcome
    }

    /// Copies the book while it is in use.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        self.reader()?.read(|db| db.copy_to(path))
    }
}

/// A read-only connection to the same book.
pub struct Reader {
    conn: Connection,
}

impl Reader {
    /// Of a book that a [`Store`] has open.
    pub fn open(path: &Path) -> Result<Reader, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(Duration::from_secs(5))?;
        conn.execute_batch("PRAGMA cache_size = -32768; PRAGMA mmap_size = 268435456;")?;
        conn.set_prepared_statement_cache_capacity(256);
        Ok(Reader { conn })
    }

    /// Runs questions against one consistent snapshot.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        questions: impl FnOnce(Db<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let sql = self.conn.transaction().map_err(StoreError::from)?;
        questions(Db::new(&sql))
    }
}

fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::NewerSchema { found, known: SCHEMA_VERSION });
    }
    for (at, sql) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", at as i64 + 1)?;
        tx.commit()?;
    }
    Ok(())
}

fn own_station(conn: &Connection, fresh: StationId) -> Result<StationId, StoreError> {
    let known: Option<String> = conn
        .query_row("SELECT value FROM meta WHERE name = 'station'", [], |row| row.get(0))
        .map(Some)
        .or_else(none_if_missing)?;
    match known {
        Some(text) => StationId::parse(&text)
            .map_err(|e| StoreError::Unreadable { what: "station id", detail: e.to_string() }),
        None => {
            conn.execute(
                "INSERT INTO meta (name, value) VALUES ('station', ?1)",
                [fresh.to_string()],
            )?;
            Ok(fresh)
        }
    }
}

pub(crate) fn none_if_missing<T>(error: rusqlite::Error) -> rusqlite::Result<Option<T>> {
    match error {
        rusqlite::Error::QueryReturnedNoRows => Ok(None),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::NewEvent;
    use domain::{Body, EventId, PersonId, Timestamp};

    fn note(store: &mut Store, number: u8) -> Result<(), StoreError> {
        let event = NewEvent {
            id: EventId::from_bytes([number; 16]),
            actor: PersonId("ada".into()),
            body: Body::SettingSet { name: format!("note-{number}"), value: "x".repeat(3000) },
        };
        store.write(|tx| tx.record(Timestamp(1), vec![event]).map(drop))
    }

    /// A page limit gives the same answer as a disk without room, and needs no small disk.
    #[test]
    fn a_full_disk_is_named_and_nothing_of_the_command_stays() {
        let folder = tempfile::tempdir().unwrap();
        let station = StationId::from_bytes([1; 16]);
        let path = folder.path().join("book.db");
        let mut store = Store::open(&path, OpenMode::Durable, station).unwrap();
        note(&mut store, 1).unwrap();
        let pages: i64 =
            store.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let limit = |store: &Store, pages: i64| {
            let set: i64 = store
                .conn
                .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))
                .unwrap();
            assert_eq!(set, pages);
        };
        limit(&store, pages + 1);
        let before = (store.db().event_count().unwrap(), store.db().state_hash().unwrap());
        assert!(matches!(note(&mut store, 2), Err(StoreError::DiskFull)));
        let after = (store.db().event_count().unwrap(), store.db().state_hash().unwrap());
        assert_eq!(before, after);
        limit(&store, pages + 1000);
        note(&mut store, 2).unwrap();
        assert_eq!(store.db().event_count().unwrap(), 2);
    }
}
