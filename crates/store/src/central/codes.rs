//! One-time codes: given out by a supervisor, used up by one machine.

use super::error::CentralError;
use super::open::CentralLog;
use super::sites;
use super::stations::{self, StationKey, StationRow};
use super::types::{Digest, Tip};
use domain::{StationId, Timestamp};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    pub hash: Digest,
    pub site: String,
    /// What the station will be called.
    pub name: String,
    pub kinds_not: BTreeSet<String>,
    pub expires: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    pub code: NewCode,
    pub used_by: Option<(StationId, [u8; 32])>,
}

impl CentralLog {
    pub fn add_code(&self, code: &NewCode) -> Result<(), CentralError> {
        self.write(|tx| {
            sites::mark(tx, &code.site)?;
            tx.prepare_cached(
                "INSERT INTO code (hash, site, name, kinds_not, expires)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                code.hash,
                code.site,
                code.name,
                serde_json::to_string(&code.kinds_not)?,
                code.expires.0,
            ])?;
            Ok(())
        })
    }

    /// Asks `judge` about the code, and enrolls the station if it says yes. `taken` is the answer
    /// when another machine has this station's id.
    pub fn redeem<T, E>(
        &self,
        hash: Digest,
        station: StationId,
        public_key: [u8; 32],
        taken: E,
        judge: impl FnOnce(Option<&CodeRow>) -> Result<T, E>,
    ) -> Result<Result<T, E>, CentralError> {
        self.write(|tx| {
            let found = code(tx, hash)?;
            let granted = match judge(found.as_ref()) {
                Ok(granted) => granted,
                Err(refused) => return Ok(Err(refused)),
            };
            let Some(row) = found.filter(|row| row.used_by.is_none()) else {
                return Ok(Ok(granted));
            };
            if stations::station(tx, station)?.is_some() {
                return Ok(Err(taken));
            }
            let new = StationRow {
                id: station,
                site: row.code.site,
                name: row.code.name,
                key: StationKey::Public(public_key),
                kinds_not: row.code.kinds_not,
                head: Tip::default(),
                closed: false,
                revoked: false,
            };
            stations::insert(tx, &new)?;
            tx.prepare_cached("UPDATE code SET used_by = ?2, used_key = ?3 WHERE hash = ?1")?
                .execute(params![hash, station.0.as_bytes(), public_key])?;
            Ok(Ok(granted))
        })
    }
}

fn code(conn: &rusqlite::Connection, hash: Digest) -> Result<Option<CodeRow>, CentralError> {
    type Raw = (String, String, String, i64, Option<[u8; 16]>, Option<[u8; 32]>);
    let raw: Option<Raw> = conn
        .prepare_cached(
            "SELECT site, name, kinds_not, expires, used_by, used_key FROM code WHERE hash = ?1",
        )?
        .query_row([hash], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
        .optional()?;
    let Some((site, name, kinds, expires, by, key)) = raw else { return Ok(None) };
    let kinds_not = serde_json::from_str(&kinds)?;
    let code = NewCode { hash, site, name, kinds_not, expires: Timestamp(expires) };
    let used_by = by.map(StationId::from_bytes).zip(key);
    Ok(Some(CodeRow { code, used_by }))
}
