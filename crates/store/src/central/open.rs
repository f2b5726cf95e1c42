//! Opening the log: pragmas, migrations, one connection that writes and some that read.

use super::error::CentralError;
use crate::error::StoreError;
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::ffi::c_int;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const MIGRATIONS: &[&str] = &[include_str!("../../migrations_central/0001_log.sql")];
const LOG: &str = "log.sqlite";
const SNAPSHOTS: &str = "snapshots";
/// Another process (the admin's command line) may be writing.
const BUSY: Duration = Duration::from_secs(10);
/// Readers that are kept open for the next question.
const READERS: usize = 8;

/// Shared by all threads of a server; each call that writes is one transaction.
pub struct CentralLog {
    path: PathBuf,
    pub(super) snapshots: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl CentralLog {
    /// Opens or creates `log.sqlite` in the folder.
    pub fn open(folder: &Path) -> Result<CentralLog, CentralError> {
        let snapshots = folder.join(SNAPSHOTS);
        fs::create_dir_all(&snapshots)?;
        let path = folder.join(LOG);
        let mut conn = Connection::open(&path)?;
        conn.busy_timeout(BUSY)?;
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
        )?;
        conn.set_prepared_statement_cache_capacity(256);
        migrate(&mut conn)?;
        let (writer, readers) = (Mutex::new(conn), Mutex::new(Vec::new()));
        Ok(CentralLog { path, snapshots, writer, readers })
    }

    /// Copies the log as it stands now, while it is in use. Snapshots of books are made anew.
    pub fn back_up(&self, to: &Path) -> Result<(), CentralError> {
        self.read(|conn| {
            let mut target = Connection::open(to)?;
            let copying = Backup::new(conn, &mut target)?;
            // In one step: between two, a writer would make it begin again.
            copying.run_to_completion(c_int::MAX, Duration::ZERO, None)?;
            drop(copying);
            // One file, complete without a write-ahead log.
            target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
            Ok(())
        })
    }

    /// Puts a backup into a folder that has no log. What else is there was folded from another log.
    pub fn restore(from: &Path, folder: &Path) -> Result<CentralLog, CentralError> {
        let path = folder.join(LOG);
        if path.exists() {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
        }
        for derived in [SNAPSHOTS, "sites"] {
            match fs::remove_dir_all(folder.join(derived)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        let unfinished = path.with_extension("unfinished");
        fs::copy(from, &unfinished)?;
        fs::File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, &path)?;
        CentralLog::open(folder)
    }

    /// Runs `work` in one transaction: all of it is on disk, or none of it happened.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, CentralError>,
    ) -> Result<T, CentralError> {
        let mut conn = open_lock(&self.writer);
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&tx)?;
        tx.commit()?;
        Ok(value)
    }

    /// As `write`; what `work` did is undone if it answers `None`.
    pub(super) fn write_if<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<Option<T>, CentralError>,
    ) -> Result<Option<T>, CentralError> {
        let mut conn = open_lock(&self.writer);
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&tx)?;
        match value {
            Some(_) => tx.commit()?,
            None => tx.rollback()?,
        }
        Ok(value)
    }

    /// Asks on a connection of its own, so that a reader never waits for a writer.
    pub(super) fn read<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, CentralError>,
    ) -> Result<T, CentralError> {
        let idle = open_lock(&self.readers).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => self.reader()?,
        };
        let answer = question(&conn);
        let mut idle = open_lock(&self.readers);
        if idle.len() < READERS {
            idle.push(conn);
        }
        answer
    }

    fn reader(&self) -> Result<Connection, CentralError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        conn.busy_timeout(BUSY)?;
        conn.set_prepared_statement_cache_capacity(64);
        Ok(conn)
    }
}

/// A thread that panicked while it held a connection left no half transaction: dropping rolls back.
fn open_lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn migrate(conn: &mut Connection) -> Result<(), CentralError> {
    let known = MIGRATIONS.len() as i64;
    // Two processes may open a new file at once.
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(StoreError::NewerSchema { found, known }.into());
    }
    for sql in MIGRATIONS.iter().skip(found.max(0) as usize) {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    Ok(tx.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_log_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(CentralLog::open(folder.path()).unwrap());
        let conn = Connection::open(folder.path().join("log.sqlite")).unwrap();
        conn.pragma_update(None, "user_version", 99).unwrap();
        let refused = CentralLog::open(folder.path()).map(drop);
        let known = MIGRATIONS.len() as i64;
        assert!(matches!(
            refused,
            Err(CentralError::Store(StoreError::NewerSchema { found: 99, known: k })) if k == known
        ));
    }
}
