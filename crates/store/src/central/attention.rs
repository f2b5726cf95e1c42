//! What a supervisor has to be told, until somebody closes it.

use super::error::CentralError;
use super::open::CentralLog;
use domain::{EventId, StationId, Timestamp};
use rusqlite::{Connection, params};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A station's number was used for two events: its id is closed.
    Fork,
    /// A closed station goes on under another id.
    Succeeded,
    /// A revoked station delivered something.
    Revoked,
    KindNotAllowed,
    SameIdOtherContent,
    PlaceTaken,
    /// An outside address does not take what it asked for.
    DeadDelivery,
    /// An event that cannot be applied; what else there is flows on.
    Parked,
}

impl Matter {
    pub const ALL: [Matter; 8] = [
        Matter::Fork,
        Matter::Succeeded,
        Matter::Revoked,
        Matter::KindNotAllowed,
        Matter::SameIdOtherContent,
        Matter::PlaceTaken,
        Matter::DeadDelivery,
        Matter::Parked,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Matter::Fork => "fork",
            Matter::Succeeded => "succeeded",
            Matter::Revoked => "revoked",
            Matter::KindNotAllowed => "kind_not_allowed",
            Matter::SameIdOtherContent => "same_id_other_content",
            Matter::PlaceTaken => "place_taken",
            Matter::DeadDelivery => "dead_delivery",
            Matter::Parked => "parked",
        }
    }

    pub fn parse(code: &str) -> Option<Matter> {
        Matter::ALL.into_iter().find(|matter| matter.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    pub id: i64,
    pub site: String,
    pub matter: Matter,
    pub station: StationId,
    /// The first event it is about.
    pub event: Option<EventId>,
    pub detail: String,
    pub times: i64,
    pub since: Timestamp,
}

impl CentralLog {
    pub fn tell(
        &self,
        site: &str,
        matter: Matter,
        station: StationId,
        event: Option<EventId>,
        detail: &str,
    ) -> Result<(), CentralError> {
        self.write(|tx| tell(tx, site, matter, station, event, detail))
    }

    /// What is open, oldest first.
    pub fn attention(&self, site: &str) -> Result<Vec<Attention>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT id, matter, station, event, detail, times, since FROM attention
                 WHERE site = ?1 AND closed_by IS NULL ORDER BY id",
            )?;
            let mut rows = ask.query([site])?;
            let mut open = Vec::new();
            while let Some(row) = rows.next()? {
                // A newer server's matter is for its own screens.
                let Some(matter) = Matter::parse(&row.get::<_, String>(1)?) else { continue };
                open.push(Attention {
                    id: row.get(0)?,
                    site: site.to_owned(),
                    matter,
                    station: StationId::from_bytes(row.get(2)?),
                    event: row.get::<_, Option<[u8; 16]>>(3)?.map(EventId::from_bytes),
                    detail: row.get(4)?,
                    times: row.get(5)?,
                    since: Timestamp(row.get(6)?),
                });
            }
            Ok(open)
        })
    }

    /// False when it was not open.
    pub fn close_attention(&self, site: &str, id: i64, by: &str) -> Result<bool, CentralError> {
        self.write(|tx| {
            let sql = "UPDATE attention SET closed_by = ?3
                 WHERE site = ?1 AND id = ?2 AND closed_by IS NULL";
            Ok(tx.prepare_cached(sql)?.execute(params![site, id, by])? == 1)
        })
    }
}

pub(super) fn tell(
    conn: &Connection,
    site: &str,
    matter: Matter,
    station: StationId,
    event: Option<EventId>,
    detail: &str,
) -> Result<(), CentralError> {
    conn.prepare_cached(
        "INSERT INTO attention (site, matter, station, event, detail, times, since)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, CAST(unixepoch('subsec') * 1000 AS INTEGER))
         ON CONFLICT (site, matter, station) WHERE closed_by IS NULL
         DO UPDATE SET times = times + 1",
    )?
    .execute(params![
        site,
        matter.code(),
        station.0.as_bytes(),
        event.as_ref().map(|event| event.0.as_bytes()),
        detail,
    ])?;
    Ok(())
}
