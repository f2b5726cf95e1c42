//! The station's side of syncing, as rows: where it stands, what it has to say, and what it took in.
//! The rules are in the sync crate; here is only what has to be durable together.

mod state;
mod own;
mod take;
mod turn;
mod small;

pub use small::QuotaRow;
pub use state::{HeldRow, SiteCursor, SyncState, WhyHeld};
pub use take::{TakeEntry, Taken};

pub(crate) use take::{Way, is_of_an_event, read_held, take};

use crate::error::StoreError;
use domain::{EventId, Hlc, PersonId, StationId};
use rusqlite::{Connection, Row};

/// An event as it travels: its body byte for byte, whether or not we can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub id: EventId,
    pub at: Hlc,
    pub station: StationId,
    pub station_seq: i64,
    /// Of the event before it in its chain; zeros before the first.
    pub prev: [u8; 32],
    pub actor: PersonId,
    pub body: String,
    pub hash: [u8; 32],
}

/// `id, at, station id, station_seq, actor, body, hash` and, last, what the event names before it.
fn carried(row: &Row<'_>) -> rusqlite::Result<Carried> {
    Ok(Carried {
        id: EventId::from_bytes(row.get(0)?),
        at: Hlc(row.get(1)?),
        station: StationId::from_bytes(row.get(2)?),
        station_seq: row.get(3)?,
        actor: PersonId(row.get(4)?),
        body: row.get(5)?,
        hash: row.get(6)?,
        prev: row.get::<_, Option<[u8; 32]>>(7)?.unwrap_or_default(),
    })
}

/// At least one, then as many as fit into `bytes`.
fn within(
    rows: impl Iterator<Item = rusqlite::Result<Carried>>,
    bytes: usize,
) -> Result<Vec<Carried>, StoreError> {
    let (mut total, mut out) = (0, Vec::new());
    for row in rows {
        let row = row?;
        total += row.body.len() + row.actor.0.len() + 120;
        if total > bytes && !out.is_empty() {
            break;
        }
        out.push(row);
    }
    Ok(out)
}

/// The small number that stands for the present station in event rows; 0, which is nobody's, as long
/// as it has written nothing.
pub(crate) fn own_reference(conn: &Connection) -> Result<i64, StoreError> {
    let id: String = conn
        .prepare_cached("SELECT value FROM meta WHERE name = 'station'")?
        .query_row([], |row| row.get(0))?;
    let id = StationId::parse(&id)
        .map_err(|e| StoreError::Unreadable { what: "station id", detail: e.to_string() })?;
    let known = conn
        .prepare_cached("SELECT ref FROM station WHERE id = ?1")?
        .query_row([id.0.as_bytes().as_slice()], |row| row.get(0))
        .map(Some)
        .or_else(crate::open::none_if_missing)?;
    Ok(known.unwrap_or(0))
}
