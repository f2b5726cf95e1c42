//! Keys of the order interface, by hash.

use super::session::{Session, digest};
use super::sites;
use crate::log::{ApiKey, LogError};
use postgres::Row;
use sync::{Hash, SiteId};

pub fn add(db: &mut Session, key: &ApiKey) -> Result<(), LogError> {
    sites::fence(db, &SiteId(key.site.clone()))?;
    db.execute(
        "INSERT INTO api_key (hash, site, name, scopes, revoked) VALUES ($1, $2, $3, $4, $5)",
        &[&&key.hash[..], &key.site, &key.name, &serde_json::to_string(&key.scopes)?, &key.revoked],
    )?;
    Ok(())
}

pub fn one(db: &mut Session, hash: Hash) -> Result<Option<ApiKey>, LogError> {
    let sql = "SELECT hash, site, name, scopes, revoked FROM api_key WHERE hash = $1";
    db.row(sql, &[&&hash.0[..]])?.as_ref().map(from_row).transpose()
}

pub fn of_site(db: &mut Session, site: &SiteId) -> Result<Vec<ApiKey>, LogError> {
    let sql = "SELECT hash, site, name, scopes, revoked FROM api_key
         WHERE site = $1 ORDER BY name, hash";
    db.rows(sql, &[&site.0])?.iter().map(from_row).collect()
}

pub fn revoke(db: &mut Session, hash: Hash) -> Result<bool, LogError> {
    Ok(db.execute("UPDATE api_key SET revoked = true WHERE hash = $1", &[&&hash.0[..]])? == 1)
}

fn from_row(row: &Row) -> Result<ApiKey, LogError> {
    Ok(ApiKey {
        hash: digest(row, 0)?,
        site: row.try_get(1)?,
        name: row.try_get(2)?,
        scopes: serde_json::from_str(row.try_get(3)?)?,
        revoked: row.try_get(4)?,
    })
}
