//! What the embedded log says no to, beside what can go wrong at the disk.

use crate::error::StoreError;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum CentralError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no site {0}")]
    UnknownSite(String),
    #[error("this station is not known here")]
    UnknownStation,
    #[error("a snapshot's file: {0}")]
    File(#[from] std::io::Error),
}

impl From<rusqlite::Error> for CentralError {
    fn from(error: rusqlite::Error) -> CentralError {
        CentralError::Store(error.into())
    }
}

impl From<serde_json::Error> for CentralError {
    fn from(error: serde_json::Error) -> CentralError {
        CentralError::Store(error.into())
    }
}
