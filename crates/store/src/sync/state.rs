//! Where this desktop stands with the server.

use crate::error::StoreError;
use crate::read::Db;
use domain::{EventId, Hlc, PersonId, StationId};

/// How far the site's log was taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SiteCursor {
    pub number: i64,
    /// Running hash of the site's log up to there.
    pub tag: [u8; 32],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncState {
    pub station: StationId,
    /// Empty until enrolled.
    pub site: String,
    /// The ids before each fork, oldest first.
    pub formerly: Vec<StationId>,
    pub generation: i64,
    pub cursor: SiteCursor,
    pub acked: i64,
    pub acked_hash: [u8; 32],
    /// No event at all yet.
    pub empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyHeld {
    /// Of a kind or version that this program does not know: an update is needed.
    Newer,
    /// It cannot be applied; everything else flows on.
    Parked,
}

/// An event that is kept and not folded.
#[derive(Debug, Clone)]
pub struct HeldRow {
    pub id: EventId,
    pub at: Hlc,
    pub actor: PersonId,
    pub body: String,
    pub why: WhyHeld,
    pub detail: String,
}

impl Db<'_> {
    pub fn sync_state(&self) -> Result<SyncState, StoreError> {
        let station: String = self
            .conn
            .prepare_cached("SELECT value FROM meta WHERE name = 'station'")?
            .query_row([], |row| row.get(0))?;
        let station = StationId::parse(&station)
            .map_err(|e| StoreError::Unreadable { what: "station id", detail: e.to_string() })?;
        let formerly = self
            .conn
            .prepare_cached("SELECT station FROM incarnation ORDER BY number")?
            .query_map([], |row| Ok(StationId::from_bytes(row.get(0)?)))?
            .collect::<Result<_, _>>()?;
        let mut statement = self.conn.prepare_cached(
            "SELECT site, generation, cursor, tag, acked, acked_hash,
                 NOT EXISTS (SELECT 1 FROM event) AND NOT EXISTS (SELECT 1 FROM held_event)
             FROM sync",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(SyncState {
                station,
                site: row.get(0)?,
                formerly,
                generation: row.get(1)?,
                cursor: SiteCursor { number: row.get(2)?, tag: row.get(3)? },
                acked: row.get(4)?,
                acked_hash: row.get(5)?,
                empty: row.get(6)?,
            })
        })?)
    }

    /// What is kept without being folded, oldest first.
    pub fn held_events(&self) -> Result<Vec<HeldRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, actor, body, why, detail, at FROM held_event ORDER BY at, id",
        )?;
        let rows = statement.query_map([], |row| {
            let why: String = row.get(3)?;
            Ok(HeldRow {
                id: EventId::from_bytes(row.get(0)?),
                at: Hlc(row.get(5)?),
                actor: PersonId(row.get(1)?),
                body: row.get(2)?,
                why: if why == "newer" { WhyHeld::Newer } else { WhyHeld::Parked },
                detail: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
