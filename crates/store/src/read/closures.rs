//! Streets that are closed for now.

use super::{Db, id};
use crate::error::StoreError;
use domain::{ClosureId, LonLat, Timestamp};

#[derive(Debug, Clone)]
pub struct ClosureRow {
    pub id: ClosureId,
    /// Ids on the map that was in use when it was closed.
    pub streets: Vec<String>,
    pub name: String,
    pub line: Vec<LonLat>,
    pub until: Timestamp,
    pub reason: String,
    pub actor: String,
}

impl Db<'_> {
    /// What is closed at `now`, the first to open again first.
    pub fn closures(&self, now: Timestamp) -> Result<Vec<ClosureRow>, StoreError> {
        let mut open = self.conn.prepare_cached(
            "SELECT id, streets, name, line, until, reason, actor FROM closure
             WHERE closed_at IS NOT NULL AND opened_at IS NULL AND until > ?1 ORDER BY until, id",
        )?;
        let rows = open.query_map([now.0], |row| {
            let closure = ClosureRow {
                id: id(row, 0, ClosureId::parse)?,
                streets: Vec::new(),
                name: row.get(2)?,
                line: Vec::new(),
                until: Timestamp(row.get(4)?),
                reason: row.get(5)?,
                actor: row.get(6)?,
            };
            Ok((closure, row.get::<_, String>(1)?, row.get::<_, String>(3)?))
        })?;
        rows.map(|row| {
            let (closure, streets, line) = row?;
            let streets = serde_json::from_str(&streets)?;
            Ok(ClosureRow { streets, line: serde_json::from_str(&line)?, ..closure })
        })
        .collect()
    }
}
