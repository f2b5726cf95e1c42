//! Appending: every item of a batch, the chain's head and the site's numbers in one transaction.

use super::attention::{Matter, tell};
use super::error::CentralError;
use super::open::CentralLog;
use super::quotas;
use super::sites;
use super::stations;
use super::types::{Digest, Kept, LogAppend, LogEvent, Mark};
use rusqlite::{Connection, params};

impl CentralLog {
    /// `None` when somebody else wrote meanwhile; nothing of it is kept then.
    pub fn append(&self, append: &LogAppend) -> Result<Option<Mark>, CentralError> {
        self.write_if(|tx| add(tx, append))
    }
}

pub(super) fn add(conn: &Connection, append: &LogAppend) -> Result<Option<Mark>, CentralError> {
    let has_fresh = append.items.iter().any(|item| item.kept == Kept::Fresh);
    if let Some(from) = append.from
        && !stations::advance(conn, append.station, from, append.to, has_fresh)?
    {
        return Ok(None);
    }
    let before = sites::mark(conn, &append.site)?;
    let mut mark = Mark { version: before.version + 1, ..before };
    for item in &append.items {
        let event = &item.event;
        let fits = match item.kept {
            Kept::Fresh => {
                take_place(conn, event)? && number(conn, &append.site, event, &mut mark)?
            }
            Kept::Again => take_place(conn, event)?,
            Kept::Aside { why, has_place } => {
                let fits = !has_place || take_place(conn, event)?;
                if fits {
                    set_aside(conn, &append.site, event, why)?;
                }
                fits
            }
        };
        if !fits {
            return Ok(None);
        }
    }
    for spent in &append.spent {
        quotas::spend(conn, &append.site, spent)?;
    }
    sites::set_mark(conn, &append.site, mark)?;
    Ok(Some(mark))
}

/// False when another event stands there.
fn take_place(conn: &Connection, event: &LogEvent) -> Result<bool, CentralError> {
    let taken = conn
        .prepare_cached(
            "INSERT INTO place (station, seq, hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (station, seq) DO UPDATE SET hash = hash WHERE hash = excluded.hash",
        )?
        .execute(params![event.station.0.as_bytes(), event.seq, event.hash])?;
    Ok(taken == 1)
}

/// False when the id came in meanwhile.
fn number(
    conn: &Connection,
    site: &str,
    event: &LogEvent,
    mark: &mut Mark,
) -> Result<bool, CentralError> {
    (mark.seq, mark.tag) = (mark.seq + 1, then(mark.tag, event.hash));
    let added = conn
        .prepare_cached(
            "INSERT INTO event (site, seq, tag, id, station, station_seq, prev, hash, content, at,
                 actor, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            site,
            mark.seq,
            mark.tag,
            event.id.0.as_bytes(),
            event.station.0.as_bytes(),
            event.seq,
            event.prev,
            event.hash,
            event.content,
            event.at.0,
            event.actor.0,
            event.body,
        ])?;
    Ok(added == 1)
}

fn set_aside(
    conn: &Connection,
    site: &str,
    event: &LogEvent,
    why: Matter,
) -> Result<(), CentralError> {
    let added = conn
        .prepare_cached(
            "INSERT INTO aside (station, station_seq, hash, site, why, id, prev, content, at, actor,
                 body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            event.station.0.as_bytes(),
            event.seq,
            event.hash,
            site,
            why.code(),
            event.id.0.as_bytes(),
            event.prev,
            event.content,
            event.at.0,
            event.actor.0,
            event.body,
        ])?;
    match added {
        0 => Ok(()),
        _ => tell(conn, site, why, event.station, Some(event.id), ""),
    }
}

/// The running hash after one more event, as the protocol defines it.
fn then(tag: Digest, event: Digest) -> Digest {
    let mut both = [0; 64];
    both[..32].copy_from_slice(&tag);
    both[32..].copy_from_slice(&event);
    *blake3::hash(&both).as_bytes()
}
