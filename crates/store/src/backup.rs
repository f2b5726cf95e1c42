//! A book and the small files beside it as one file, made while the book is in use.

use crate::error::StoreError;
use crate::open::{OpenMode, Reader, Store};
use domain::StationId;
use rusqlite::{Connection, params};
use std::path::Path;

/// A file of the data folder that travels with the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Copies the book as it stands now, with `beside` in a table of its own.
pub fn back_up(book: &Path, beside: &[Beside], to: &Path) -> Result<(), StoreError> {
    Reader::open(book)?.read(|db| db.copy_to(to))?;
    let copy = Connection::open(to)?;
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
pub fn restore(book: &Path, station: StationId) -> Result<Vec<Beside>, StoreError> {
    let copy = Connection::open(book)?;
    let beside = copy
        .prepare("SELECT name, bytes FROM beside ORDER BY name")?
        .query_map([], |row| Ok(Beside { name: row.get(0)?, bytes: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    copy.execute_batch("DROP TABLE beside")?;
    drop(copy);
    let mut store = Store::open(book, OpenMode::Durable, station)?;
    if !store.db().sync_state()?.site.is_empty() {
        store.reincarnate(station)?;
    }
    Ok(beside)
}
