//! What can go wrong with a log, by what the caller does about it.

use store::StoreError;
use store::central::CentralError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum LogError {
    /// Not reachable, or lost on the way: whether a change happened is not known. The caller asks
    /// again: every call of the log may be repeated.
    #[error("the log cannot be reached now: {0}")]
    Unavailable(String),
    /// Somebody else changed the same rows at the same time; nothing happened.
    #[error("the log was changed at the same time")]
    Conflict,
    #[error("the log's disk is full")]
    Full,
    #[error("the log was written by a newer version (schema {found}, this one reads {known})")]
    NewerSchema { found: i64, known: i64 },
    #[error("there is no site {0}")]
    UnknownSite(String),
    #[error("this station is not known here")]
    UnknownStation,
    #[error("the log is damaged: {0}")]
    Damaged(String),
    #[error("what is available cannot be told: {0}")]
    Stock(String),
    #[error("the log: {0}")]
    Other(String),
}

impl From<CentralError> for LogError {
    fn from(error: CentralError) -> LogError {
        match error {
            CentralError::UnknownSite(site) => LogError::UnknownSite(site),
            CentralError::UnknownStation => LogError::UnknownStation,
            CentralError::File(error) => LogError::Other(error.to_string()),
            CentralError::Store(error) => match error {
                StoreError::Busy => LogError::Unavailable(error.to_string()),
                StoreError::DiskFull => LogError::Full,
                StoreError::NewerSchema { found, known } => LogError::NewerSchema { found, known },
                StoreError::Corrupt(detail) => LogError::Damaged(detail),
                other => LogError::Other(other.to_string()),
            },
        }
    }
}

impl From<serde_json::Error> for LogError {
    fn from(error: serde_json::Error) -> LogError {
        LogError::Damaged(error.to_string())
    }
}
