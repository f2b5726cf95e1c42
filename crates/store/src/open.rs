//! Opening the book: pragmas, migrations, and a clear word when it cannot be opened.

use crate::error::StoreError;
use crate::fold::Cache;
use crate::lock::BookKey;
use crate::read::Db;
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
    include_str!("../migrations/0006_on_the_road.sql"),
    include_str!("../migrations/0007_inbox.sql"),
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
    pub(crate) access: Access,
}

/// How the files are reached.
#[derive(Debug, Clone, Default)]
pub(crate) struct Access {
    /// SQLite's door to the disk; `None` is its own one.
    vfs: Option<String>,
    /// Of a locked book.
    pub(crate) key: Option<BookKey>,
}

impl Access {
    pub(crate) fn with(key: Option<&BookKey>) -> Access {
        Access { vfs: None, key: key.cloned() }
    }
}

impl Store {
    /// Opens or creates the book. `station` names this desktop when the book is new.
    pub fn open(path: &Path, mode: OpenMode, station: StationId) -> Result<Store, StoreError> {
        Store::open_locked(path, mode, station, None)
    }

    /// As `open`, of a book that is locked with this key or, when it is new, will be.
    pub fn open_locked(
        path: &Path,
        mode: OpenMode,
        station: StationId,
        key: Option<&BookKey>,
    ) -> Result<Store, StoreError> {
        Store::open_by(Access::with(key), path, mode, station)
    }

    /// As `open`, reaching the files through the VFS that is registered under this name.
    pub fn open_through(
        vfs: Option<&str>,
        path: &Path,
        mode: OpenMode,
        station: StationId,
    ) -> Result<Store, StoreError> {
        let access = Access { vfs: vfs.map(str::to_owned), key: None };
        Store::open_by(access, path, mode, station)
    }

    fn open_by(
        access: Access,
        path: &Path,
        mode: OpenMode,
        station: StationId,
    ) -> Result<Store, StoreError> {
        let mut conn = connect(&access, path, OpenFlags::default())?;
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
        Ok(Store { conn, cache: Cache::default(), station, path: path.to_owned(), access })
    }

    /// A second connection that only reads, so that a screen never waits for a writer.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Reader::open_by(&self.access, &self.path)
    }

    /// What the book is locked with.
    pub fn key(&self) -> Option<&BookKey> {
        self.access.key.as_ref()
    }

    pub fn station(&self) -> StationId {
        self.station
    }

    pub fn db(&self) -> Db<'_> {
        Db::new(&self.conn)
    }

    /// Writes the write-ahead log back into the book; SQLite does it by itself when it is long.
    pub fn write_back(&self) -> Result<(), StoreError> {
        Ok(self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Copies the book while it is in use.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        self.reader()?.read(|db| db.copy_to(path, self.key()))
    }
}

/// A read-only connection to the same book.
pub struct Reader {
    conn: Connection,
}

impl Reader {
    /// Of a book that a [`Store`] has open.
    pub fn open(path: &Path) -> Result<Reader, StoreError> {
        Reader::open_locked(path, None)
    }

    pub fn open_locked(path: &Path, key: Option<&BookKey>) -> Result<Reader, StoreError> {
        Reader::open_by(&Access::with(key), path)
    }

    fn open_by(access: &Access, path: &Path) -> Result<Reader, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = connect(access, path, flags)?;
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

pub(crate) fn connect(
    access: &Access,
    path: &Path,
    flags: OpenFlags,
) -> Result<Connection, StoreError> {
    let conn = match access.vfs.as_deref() {
        Some(name) => Connection::open_with_flags_and_vfs(path, flags, name)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    if let Some(key) = &access.key {
        key.turn(&conn)?;
    }
    Ok(conn)
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
