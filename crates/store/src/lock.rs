//! A locked book: every page on the disk is enciphered and authenticated by SQLCipher (AES-256-CBC
//! and HMAC-SHA-512, each page with an IV of its own), its write-ahead log too. A book says in its
//! first bytes whether it is locked, and under which name its key goes.

use crate::error::StoreError;
use crate::open::{Access, connect};
use crate::read::Db;
use rusqlite::{Connection, OpenFlags};
use std::fmt::{self, Write};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// Opens one book, and whatever was copied from it. The name is no secret: it stands, as the
/// cipher's salt, in the first bytes of the file.
#[derive(Clone, PartialEq, Eq)]
pub struct BookKey {
    secret: [u8; 32],
    name: [u8; 16],
}

impl BookKey {
    /// Both parts are drawn at random by the caller.
    pub fn new(secret: [u8; 32], name: [u8; 16]) -> BookKey {
        BookKey { secret, name }
    }

    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    pub fn name(&self) -> [u8; 16] {
        self.name
    }

    /// As SQLCipher takes a key that is not derived from a word: key, then salt.
    fn literal(&self) -> String {
        format!("x'{}{}'", hex(&self.secret), hex(&self.name))
    }

    pub(crate) fn turn(&self, conn: &Connection) -> Result<(), StoreError> {
        // What is wrong comes back as an error; its lines on standard error would help nobody.
        let key = self.literal();
        conn.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"{key}\""))?;
        // Nothing was read yet, so a key that does not fit shows here.
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(|error| {
            match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::NotADatabase) => StoreError::WrongKey,
                _ => error.into(),
            }
        })
    }
}

/// A secret is not for logs.
impl fmt::Debug for BookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BookKey({})", hex(&self.name))
    }
}

/// What the first bytes of a book say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    Absent,
    Plain,
    /// Locked with the key of this name, or no book at all.
    Locked([u8; 16]),
}

pub fn cover(book: &Path) -> io::Result<Cover> {
    let mut file = match File::open(book) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Cover::Absent),
        Err(error) => return Err(error),
    };
    let mut first = Vec::new();
    Read::by_ref(&mut file).take(16).read_to_end(&mut first)?;
    Ok(match <[u8; 16]>::try_from(first) {
        Ok(first) if first == *PLAIN => Cover::Plain,
        Ok(name) => Cover::Locked(name),
        // SQLite begins an empty file anew.
        Err(_) => Cover::Absent,
    })
}

/// Writes the book anew, locked with `to` or open, beside the old one, compares the two, and puts
/// it in the old one's place by one rename: after a crash at any moment there is one whole book.
/// Nobody else may have it open.
pub fn relock(book: &Path, from: Option<&BookKey>, to: Option<&BookKey>) -> Result<(), StoreError> {
    forget_draft(book);
    let fresh = draft(book);
    let before = {
        let conn = connect(&Access::with(from), book, OpenFlags::default())?;
        // Fails while somebody else has it open; and no write-ahead log stays for the other file.
        let mode: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        if mode != "delete" {
            return Err(StoreError::Busy);
        }
        conn.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        export(&conn, &fresh, to)?;
        seen(&conn)?
    };
    let after = {
        let conn = connect(&Access::with(to), &fresh, OpenFlags::default())?;
        let whole: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if whole != "ok" {
            return Err(StoreError::Corrupt(whole));
        }
        seen(&conn)?
    };
    if before != after {
        remove(&fresh);
        return Err(StoreError::Corrupt("the copy of the book differs from the book".to_owned()));
    }
    swap(&fresh, book).map_err(|error| StoreError::Disk(error.to_string()))
}

/// What a crash left of a copy is of no use, and may be an open copy of a locked book.
pub fn forget_draft(book: &Path) {
    remove(&draft(book));
}

/// A copy on its way.
fn draft(book: &Path) -> PathBuf {
    book.with_extension("relocked")
}

fn export(conn: &Connection, fresh: &Path, to: Option<&BookKey>) -> Result<(), StoreError> {
    let path = fresh.to_str().ok_or_else(|| StoreError::Unreadable {
        what: "path",
        detail: "it is not UTF-8".to_owned(),
    })?;
    let key = to.map_or_else(String::new, BookKey::literal);
    conn.execute("ATTACH DATABASE ?1 AS fresh KEY ?2", [path, key.as_str()])?;
    conn.query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(()))?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    conn.pragma_update(Some("fresh"), "user_version", version)?;
    conn.execute_batch("DETACH DATABASE fresh")?;
    Ok(())
}

/// Enough to know that two books are one: every projection, and how long the log is.
fn seen(conn: &Connection) -> Result<(String, i64, i64), StoreError> {
    let db = Db::new(conn);
    let version = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((db.state_hash()?, db.event_count()?, version))
}

fn swap(fresh: &Path, book: &Path) -> io::Result<()> {
    File::open(fresh)?.sync_all()?;
    fs::rename(fresh, book)?;
    // The new name itself has to be on the disk; not every system lets a folder be opened.
    if let Some(Ok(folder)) = book.parent().map(File::open) {
        folder.sync_all()?;
    }
    Ok(())
}

fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // Absent is as good as removed.
        let _ = fs::remove_file(name);
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
