//! One handle on whichever log the server was started with.

use super::{CentralLog, Embedded, LogError, Postgres, Stock};
use domain::Timestamp;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use sync::{Message, Server};

#[derive(Clone)]
pub enum Log {
    Embedded(Embedded),
    Postgres(Postgres),
}

impl Log {
    pub fn embedded(folder: &Path) -> Result<Log, LogError> {
        Ok(Log::Embedded(Embedded::open(folder)?))
    }

    pub fn postgres(url: &str) -> Result<Log, LogError> {
        Ok(Log::Postgres(Postgres::open(url)?))
    }

    /// A handle that can lend stock to stations.
    pub fn with_stock(&self, stock: Arc<dyn Stock>) -> Log {
        match self {
            Log::Embedded(log) => Log::Embedded(log.with_stock(stock)),
            Log::Postgres(log) => Log::Postgres(log.with_stock(stock)),
        }
    }

    /// Lets the protocol answer one message of a link.
    pub fn answer(
        &mut self,
        link: &mut Server,
        message: Message,
        now: Timestamp,
    ) -> Result<Option<Message>, LogError> {
        match self {
            Log::Embedded(log) => link.handle(log, message, now),
            Log::Postgres(log) => link.handle(log, message, now),
        }
    }
}

impl Deref for Log {
    type Target = dyn CentralLog;
    fn deref(&self) -> &Self::Target {
        match self {
            Log::Embedded(log) => log,
            Log::Postgres(log) => log,
        }
    }
}

impl DerefMut for Log {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Log::Embedded(log) => log,
            Log::Postgres(log) => log,
        }
    }
}
