//! A book and the small files beside it as one file, made while the book is in use.

use crate::error::StoreError;
use crate::lock::BookKey;
use crate::open::{Access, OpenMode, Reader, Store, connect};
use domain::StationId;
use rusqlite::{OpenFlags, params};
use std::path::Path;

/// A file of the data folder that travels with the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Copies the book as it stands now, with `beside` in a table of its own. The copy of a locked book
/// is locked with the same key.
pub fn back_up(
    book: &Path,
    key: Option<&BookKey>,
    beside: &[Beside],
    to: &Path,
) -> Result<(), StoreError> {
    Reader::open_locked(book, key)?.read(|db| db.copy_to(to, key))?;
    let copy = connect(&Access::with(key), to, OpenFlags::default())?;
    // One file, complete without a write-ahead log.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.execute_batch("CREATE TABLE beside (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT")?;
    for file in beside {
        copy.execute(
            "INSERT INTO beside (name, bytes) VALUES (?1, ?2)",
            params![file.name, file.bytes],
        )?;
    }
    Ok(())
}

/// Makes a copy of a backup at `book` a book again; answers what travelled with it. A desktop of a
/// site goes on as `station`: what the old one was lent or has numbered since is not used twice.
pub fn restore(
    book: &Path,
    key: Option<&BookKey>,
    station: StationId,
) -> Result<Vec<Beside>, StoreError> {
    let copy = connect(&Access::with(key), book, OpenFlags::default())?;
    let beside = copy
        .prepare("SELECT name, bytes FROM beside ORDER BY name")?
        .query_map([], |row| Ok(Beside { name: row.get(0)?, bytes: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    copy.execute_batch("DROP TABLE beside")?;
    drop(copy);
    let mut store = Store::open_locked(book, OpenMode::Durable, station, key)?;
    if !store.db().sync_state()?.site.is_empty() {
        store.reincarnate(station)?;
    }
    Ok(beside)
}
