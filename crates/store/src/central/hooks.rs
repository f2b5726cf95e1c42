//! Who outside wants to hear of what, and how far the log was turned into deliveries for them.

use super::error::CentralError;
use super::open::CentralLog;
use super::sites;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    pub id: String,
    pub site: String,
    pub url: String,
    pub secret: String,
    pub kinds: BTreeSet<String>,
    pub active: bool,
    /// The site's log up to here is expanded into deliveries.
    pub cursor: i64,
}

const SELECT: &str = "SELECT id, site, url, secret, kinds, active, cursor FROM hook";

impl CentralLog {
    /// Adds a hook, or changes one; the cursor of a known one stays where it is.
    pub fn put_hook(&self, hook: &Hook) -> Result<(), CentralError> {
        self.write(|tx| {
            sites::mark(tx, &hook.site)?;
            let kinds = serde_json::to_string(&hook.kinds)?;
            tx.prepare_cached(
                "INSERT INTO hook (id, site, url, secret, kinds, active, cursor)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET url = excluded.url, secret = excluded.secret,
                     kinds = excluded.kinds, active = excluded.active
                 WHERE site = excluded.site",
            )?
            .execute(params![
                hook.id,
                hook.site,
                hook.url,
                hook.secret,
                kinds,
                hook.active,
                hook.cursor,
            ])?;
            Ok(())
        })
    }

    pub fn hook(&self, id: &str) -> Result<Option<Hook>, CentralError> {
        self.read(|conn| Ok(hooks(conn, &format!("{SELECT} WHERE id = ?1"), id)?.pop()))
    }

    pub fn hooks(&self, site: &str) -> Result<Vec<Hook>, CentralError> {
        self.read(|conn| hooks(conn, &format!("{SELECT} WHERE site = ?1 ORDER BY id"), site))
    }
}

fn hooks(conn: &Connection, sql: &str, of: &str) -> Result<Vec<Hook>, CentralError> {
    let mut ask = conn.prepare_cached(sql)?;
    let mut rows = ask.query([of])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Hook {
            id: row.get(0)?,
            site: row.get(1)?,
            url: row.get(2)?,
            secret: row.get(3)?,
            kinds: serde_json::from_str(&row.get::<_, String>(4)?)?,
            active: row.get(5)?,
            cursor: row.get(6)?,
        });
    }
    Ok(found)
}
