//! What can go wrong at the disk, by what a person can do about it.

use thiserror::Error;

#[derive(Debug, Error)]
pub enum StoreError {
    #[error("the disk is full")]
    DiskFull,
    #[error("the data folder cannot be written")]
    ReadOnly,
    /// Not the fault of what was written: an event is never kept aside for it.
    #[error("the disk failed: {0}")]
    Disk(String),
    /// The disk failed at a commit and could not take it back: it is there whole after the next
    /// start, or not at all.
    #[error("the disk failed while this was written, and whether it counts is not known: {0}")]
    Unconfirmed(String),
    #[error("the database file is damaged: {0}")]
    Corrupt(String),
    #[error("the key does not fit the locked book, or its first page is damaged")]
    WrongKey,
    #[error("the data was written by a newer version (schema {found}, this one reads {known})")]
    NewerSchema { found: i64, known: i64 },
    #[error("another program is writing to the data")]
    Busy,
    #[error("event {id} came again with other content")]
    SameIdOtherContent { id: String },
    #[error("station {station} used number {station_seq} twice")]
    Fork { station: String, station_seq: i64 },
    #[error("invariant {name} would not hold: {detail}")]
    Invariant { name: &'static str, detail: String },
    #[error("a stored {what} cannot be read: {detail}")]
    Unreadable { what: &'static str, detail: String },
    #[error("database: {0}")]
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode::*;
        match error.sqlite_error_code() {
            Some(DiskFull) => StoreError::DiskFull,
            Some(ReadOnly | CannotOpen | PermissionDenied) => StoreError::ReadOnly,
            Some(DatabaseCorrupt | NotADatabase) => StoreError::Corrupt(error.to_string()),
            Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy,
            // A full disk shows as an I/O error when the WAL cannot grow.
            Some(SystemIoFailure) if error.to_string().contains("full") => StoreError::DiskFull,
            Some(SystemIoFailure | OutOfMemory | OperationInterrupted) => {
                StoreError::Disk(error.to_string())
            }
            _ => StoreError::Sql(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::Unreadable { what: "document", detail: error.to_string() }
    }
}
