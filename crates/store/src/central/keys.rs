//! Keys of the order interface, by hash.

use super::error::CentralError;
use super::open::CentralLog;
use super::sites;
use super::types::Digest;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub hash: Digest,
    pub site: String,
    pub name: String,
    pub scopes: BTreeSet<String>,
    pub revoked: bool,
}

const SELECT: &str = "SELECT hash, site, name, scopes, revoked FROM api_key";

impl CentralLog {
    pub fn add_key(&self, key: &ApiKey) -> Result<(), CentralError> {
        self.write(|tx| {
            sites::mark(tx, &key.site)?;
            let scopes = serde_json::to_string(&key.scopes)?;
            tx.prepare_cached(
                "INSERT INTO api_key (hash, site, name, scopes, revoked)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![key.hash, key.site, key.name, scopes, key.revoked])?;
            Ok(())
        })
    }

    pub fn key(&self, hash: Digest) -> Result<Option<ApiKey>, CentralError> {
        self.read(|conn| Ok(keys(conn, &format!("{SELECT} WHERE hash = ?1"), params![hash])?.pop()))
    }

    pub fn keys(&self, site: &str) -> Result<Vec<ApiKey>, CentralError> {
        let sql = format!("{SELECT} WHERE site = ?1 ORDER BY name, hash");
        self.read(|conn| keys(conn, &sql, params![site]))
    }

    /// False when there is no such key.
    pub fn revoke_key(&self, hash: Digest) -> Result<bool, CentralError> {
        self.write(|tx| {
            let sql = "UPDATE api_key SET revoked = 1 WHERE hash = ?1";
            Ok(tx.prepare_cached(sql)?.execute([hash])? == 1)
        })
    }
}

fn keys(
    conn: &Connection,
    sql: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<ApiKey>, CentralError> {
    let mut ask = conn.prepare_cached(sql)?;
    let mut rows = ask.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(ApiKey {
            hash: row.get(0)?,
            site: row.get(1)?,
            name: row.get(2)?,
            scopes: serde_json::from_str(&row.get::<_, String>(3)?)?,
            revoked: row.get(4)?,
        });
    }
    Ok(found)
}
