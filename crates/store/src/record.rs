//! Appending to the log: dedupe by id, one hash chain per station, then the fold.

use crate::error::StoreError;
use crate::fold::{self, Cache, Touched};
use crate::open::none_if_missing;
use domain::{Body, Event, EventId, Hlc, PersonId, StationId, Timestamp};
use rusqlite::{Connection, params};

/// An event of this station, before the log gives it its place.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub id: EventId,
    pub actor: PersonId,
    pub body: Body,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    pub id: EventId,
    pub seq: i64,
    /// False when the event was already in the log: its effects were not applied again.
    pub fresh: bool,
}

pub(crate) fn own(
    conn: &Connection,
    cache: &mut Cache,
    touched: &mut Touched,
    station: StationId,
    now: Timestamp,
    events: Vec<NewEvent>,
) -> Result<Vec<Recorded>, StoreError> {
    let mut log = Log::open(conn)?;
    let mut chain = Chain::load(conn, station)?;
    let mut fold = fold::Fold::new(conn, cache, touched);
    let mut recorded = Vec::with_capacity(events.len());
    for new in events {
        let event = Event {
            id: new.id,
            at: log.newest.next(now),
            station,
            station_seq: chain.seq + 1,
            actor: new.actor,
            body: new.body,
        };
        let Some(seq) = log.append(&event, &mut chain)? else {
            let seq = log.known(&event, Author::This)?;
            recorded.push(Recorded { id: event.id, seq, fresh: false });
            continue;
        };
        fold.apply(seq, &event)?;
        recorded.push(Recorded { id: event.id, seq, fresh: true });
    }
    fold.finish()?;
    chain.save(conn)?;
    Ok(recorded)
}

pub(crate) fn foreign(
    conn: &Connection,
    cache: &mut Cache,
    touched: &mut Touched,
    events: &[Event],
) -> Result<usize, StoreError> {
    let mut log = Log::open(conn)?;
    let mut fold = fold::Fold::new(conn, cache, touched);
    let mut fresh = 0;
    for event in events {
        if log.has(event.id)? {
            log.known(event, Author::Another)?;
            continue;
        }
        let mut chain = Chain::load(conn, event.station)?;
        let Some(seq) = log.append(event, &mut chain)? else { continue };
        chain.save(conn)?;
        fold.apply(seq, event)?;
        fresh += 1;
    }
    fold.finish()?;
    Ok(fresh)
}

/// Who wrote an event that is offered again.
enum Author {
    This,
    Another,
}

/// The tip of one station's hash chain.
pub(crate) struct Chain {
    pub reference: i64,
    pub seq: i64,
    pub head: Vec<u8>,
}

impl Chain {
    pub fn load(conn: &Connection, station: StationId) -> Result<Chain, StoreError> {
        let id = station.0.as_bytes().as_slice();
        conn.prepare_cached(
            "INSERT OR IGNORE INTO station (id, head_seq, head) VALUES (?1, 0, x'')",
        )?
        .execute([id])?;
        let chain = conn
            .prepare_cached("SELECT ref, head_seq, head FROM station WHERE id = ?1")?
            .query_row([id], |row| {
            Ok(Chain { reference: row.get(0)?, seq: row.get(1)?, head: row.get(2)? })
        })?;
        Ok(chain)
    }

    pub fn save(&self, conn: &Connection) -> Result<(), StoreError> {
        conn.prepare_cached("UPDATE station SET head_seq = ?2, head = ?3 WHERE ref = ?1")?
            .execute(params![self.reference, self.seq, self.head])?;
        Ok(())
    }
}

pub(crate) struct Log<'c> {
    conn: &'c Connection,
    next_seq: i64,
    newest: Hlc,
}

impl<'c> Log<'c> {
    pub fn open(conn: &'c Connection) -> Result<Log<'c>, StoreError> {
        let last: i64 = conn
            .prepare_cached("SELECT COALESCE(MAX(seq), 0) FROM event")?
            .query_row([], |row| row.get(0))?;
        let newest: Option<i64> = conn
            .prepare_cached("SELECT value FROM meta WHERE name = 'newest'")?
            .query_row([], |row| row.get::<_, String>(0))
            .map(|text| text.parse().ok())
            .or_else(none_if_missing)?;
        Ok(Log { conn, next_seq: last + 1, newest: Hlc(newest.unwrap_or(0)) })
    }

    fn has(&self, id: EventId) -> Result<bool, StoreError> {
        let mut known = self.conn.prepare_cached("SELECT 1 FROM event WHERE id = ?1")?;
        Ok(known.exists([id.0.as_bytes().as_slice()])?)
    }

    /// The place of an event that is already here, once it is certain that it is the same one.
    fn known(&self, event: &Event, author: Author) -> Result<i64, StoreError> {
        let mut known = self.conn.prepare_cached(
            "SELECT e.seq, e.at, e.actor, e.body, e.station_seq, s.id
             FROM event e JOIN station s ON s.ref = e.station WHERE e.id = ?1",
        )?;
        let body = serde_json::to_string(&event.body)?;
        known
            .query_row([event.id.0.as_bytes().as_slice()], |row| {
                let written = row.get::<_, String>(2)? == event.actor.0
                && row.get::<_, String>(3)? == body
                // An author that asks again gives neither clock nor place: the log gave them.
                && (matches!(author, Author::This)
                    || (row.get::<_, i64>(1)? == event.at.0
                        && row.get::<_, i64>(4)? == event.station_seq
                        && row.get::<_, Vec<u8>>(5)? == event.station.0.as_bytes()));
                Ok(written.then_some(row.get(0)?))
            })?
            .ok_or_else(|| StoreError::SameIdOtherContent { id: event.id.to_string() })
    }

    /// `None` when the id, which is the idempotency key, is already in the log.
    fn append(&mut self, event: &Event, chain: &mut Chain) -> Result<Option<i64>, StoreError> {
        let body = serde_json::to_string(&event.body)?;
        let hash = chain_hash(&chain.head, event, &body);
        self.insert(event, &body, &hash, None, chain)
    }

    /// As `append`, of an event that came with its body as bytes, its hash and its number.
    pub fn insert(
        &mut self,
        event: &Event,
        body: &str,
        hash: &[u8; 32],
        number: Option<i64>,
        chain: &mut Chain,
    ) -> Result<Option<i64>, StoreError> {
        let seq = self.next_seq;
        let inserted = self
            .conn
            .prepare_cached(
                "INSERT INTO event (seq, id, at, station, station_seq, actor, body, hash, number)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                seq,
                event.id.0.as_bytes().as_slice(),
                event.at.0,
                chain.reference,
                event.station_seq,
                event.actor.0,
                body,
                hash.as_slice(),
                number,
            ]);
        if let Err(error) = inserted {
            let text = error.to_string();
            if text.contains("event.id") {
                return Ok(None);
            }
            return Err(if text.contains("event.station") {
                StoreError::Fork {
                    station: event.station.to_string(),
                    station_seq: event.station_seq,
                }
            } else {
                error.into()
            });
        }
        self.next_seq += 1;
        if event.at > self.newest {
            self.newest = event.at;
        }
        // Foreign events may arrive out of order; the head is the highest seen.
        if event.station_seq > chain.seq {
            chain.seq = event.station_seq;
            chain.head = hash.to_vec();
        }
        Ok(Some(seq))
    }
}

impl Drop for Log<'_> {
    fn drop(&mut self) {
        // Losing this hint is harmless: the log itself has the newest reading.
        let _ = self.conn.execute(
            "INSERT INTO meta (name, value) VALUES ('newest', ?1)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [self.newest.0.to_string()],
        );
    }
}

/// Each field with its length, so that no two events hash alike by shifting a boundary.
pub(crate) fn chain_hash(previous: &[u8], event: &Event, body: &str) -> [u8; 32] {
    let place = (event.station, event.station_seq);
    link(previous, event.id, place, event.at, &event.actor.0, body)
}

pub(crate) fn link(
    previous: &[u8],
    id: EventId,
    (station, station_seq): (StationId, i64),
    at: Hlc,
    actor: &str,
    body: &str,
) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let numbers = [at.0, station_seq];
    for part in [previous, id.0.as_bytes(), station.0.as_bytes(), actor.as_bytes(), body.as_bytes()]
    {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    for number in numbers {
        hasher.update(&number.to_le_bytes());
    }
    *hasher.finalize().as_bytes()
}
