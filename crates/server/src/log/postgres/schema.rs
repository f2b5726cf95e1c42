//! Creating and upgrading the tables, by whichever replica comes first.

use super::session::Session;
use crate::log::error::LogError;

const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];
/// Any number, as long as all replicas of all versions take the same.
const LOCK: i64 = 0x7175_6179_7369_6465;

pub fn upgrade(db: &mut Session) -> Result<(), LogError> {
    db.rows("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    let known = MIGRATIONS.len() as i64;
    let exists = db.row("SELECT to_regclass('schema_version') IS NOT NULL", &[])?;
    let found: i64 = match exists.map(|row| row.get(0)) {
        Some(true) => match db.row("SELECT version FROM schema_version", &[])? {
            Some(row) => row.try_get(0)?,
            None => 0,
        },
        Some(false) | None => 0,
    };
    if found > known {
        return Err(LogError::NewerSchema { found, known });
    }
    for sql in MIGRATIONS.iter().skip(found.max(0) as usize) {
        db.run(sql)?;
    }
    db.execute("UPDATE schema_version SET version = $1", &[&known])?;
    Ok(())
}
