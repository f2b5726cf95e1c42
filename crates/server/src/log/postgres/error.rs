//! What the database says, by what the caller does about it.

use crate::log::error::LogError;
use postgres::Error;
use postgres::error::SqlState;
use std::error::Error as _;

impl From<Error> for LogError {
    fn from(error: Error) -> LogError {
        let Some(code) = error.code() else { return without_code(&error) };
        let said = || error.as_db_error().map_or(String::new(), |db| db.message().to_owned());
        // Classes: 08 connection, 57P shut down or starting, 58 the system below.
        let lost = ["08", "57P", "58"].iter().any(|class| code.code().starts_with(class));
        if lost {
            return LogError::Unavailable(said());
        }
        match code {
            // A standby, or a primary that is one no more.
            &SqlState::READ_ONLY_SQL_TRANSACTION
            | &SqlState::TOO_MANY_CONNECTIONS
            | &SqlState::LOCK_NOT_AVAILABLE
            | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => LogError::Unavailable(said()),
            &SqlState::DISK_FULL => LogError::Full,
            &SqlState::UNIQUE_VIOLATION
            | &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::T_R_SERIALIZATION_FAILURE => LogError::Conflict,
            &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => LogError::Damaged(said()),
            _ => LogError::Other(said()),
        }
    }
}

fn without_code(error: &Error) -> LogError {
    let cause = error.source().map_or(String::new(), |source| format!(": {source}"));
    let said = format!("{error}{cause}");
    let below = error.source().is_some_and(|source| source.is::<std::io::Error>());
    let timed_out = said.contains("timeout") || said.contains("timed out");
    if error.is_closed() || below || timed_out {
        LogError::Unavailable(said)
    } else {
        LogError::Other(said)
    }
}
