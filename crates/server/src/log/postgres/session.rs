//! One connection and what was prepared on it.

use crate::log::error::LogError;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Row, Statement};
use std::collections::BTreeMap;

/// `synchronous_commit = on`: what is acknowledged is on disk, on a synchronous standby too where
/// there is one. No `statement_timeout`: it would end the wait for the standby, and the commit
/// would look as if it were safe. A replica that hangs inside a transaction gives its locks free.
const SETTINGS: &str = "SET synchronous_commit = on; SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = warning;
    SET default_transaction_isolation = 'read committed'";

pub type Value<'a> = &'a (dyn ToSql + Sync);

pub struct Session {
    client: Client,
    prepared: BTreeMap<&'static str, Statement>,
}

impl Session {
    pub fn connect(config: &Config) -> Result<Session, LogError> {
        let mut client = config.connect(NoTls)?;
        client.batch_execute(SETTINGS)?;
        Ok(Session { client, prepared: BTreeMap::new() })
    }

    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Several statements without values: transactions, schema.
    pub fn run(&mut self, sql: &str) -> Result<(), LogError> {
        Ok(self.client.batch_execute(sql)?)
    }

    /// How many rows changed.
    pub fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, LogError> {
        let statement = self.statement(sql)?;
        Ok(self.client.execute(&statement, values)?)
    }

    pub fn rows(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, LogError> {
        let statement = self.statement(sql)?;
        Ok(self.client.query(&statement, values)?)
    }

    /// The first row, if there is one.
    pub fn row(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<Row>, LogError> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    fn statement(&mut self, sql: &'static str) -> Result<Statement, LogError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.prepared.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// A column of 32 bytes.
pub fn digest(row: &Row, column: usize) -> Result<[u8; 32], LogError> {
    fixed(row.try_get(column)?)
}

/// A column with an id.
pub fn id(row: &Row, column: usize) -> Result<[u8; 16], LogError> {
    fixed(row.try_get(column)?)
}

pub fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], LogError> {
    <[u8; N]>::try_from(bytes)
        .map_err(|_| LogError::Damaged(format!("{} bytes instead of {N}", bytes.len())))
}

/// A name from outside as the database takes it: its texts know no zero byte, and no honest name
/// has one.
pub fn plain(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
