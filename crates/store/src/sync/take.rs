//! Taking in a part of the site's log: numbers, events, effects and cursor in one transaction.

use super::{Carried, SiteCursor, own_reference};
use crate::error::StoreError;
use crate::fold::{Cache, Fold, Touched};
use crate::record::{Chain, Log};
use domain::{Body, Event, StationId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

#[derive(Debug, Clone, Copy)]
pub enum TakeEntry<'a> {
    Event(&'a Carried),
    /// The own event with this number in the present chain.
    Own(i64),
}

/// What became of the entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub fresh: usize,
    pub known: usize,
    /// Kept unread: this program is too old for them.
    pub newer: usize,
    /// Kept, because they cannot be applied.
    pub parked: usize,
}

/// How events are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// All in one fold. One that cannot be applied fails the whole, and the transaction is to be
    /// undone: a savepoint around so much keeps a copy of every page, and pays for it dearly.
    Together,
    /// Each by itself, so that one that cannot be applied is set aside.
    OneByOne,
}

pub(crate) fn take(
    conn: &Connection,
    cache: &mut Cache,
    touched: &mut Touched,
    (first, entries): (i64, &[TakeEntry<'_>]),
    cursor: SiteCursor,
    way: Way,
) -> Result<Taken, StoreError> {
    let own = own_reference(conn)?;
    let mut taken = Taken::default();
    let mut readable = Vec::new();
    for (number, entry) in (first..).zip(entries) {
        match entry {
            TakeEntry::Own(seq) => {
                conn.prepare_cached(
                    "UPDATE event SET number = ?3 WHERE station = ?1 AND station_seq = ?2",
                )?
                .execute([own, *seq, number])?;
                taken.known += 1;
            }
            TakeEntry::Event(event) if is_known(conn, event)? => {
                number_again(conn, event, number)?;
                taken.known += 1;
            }
            TakeEntry::Event(event) => match read(&event.body) {
                Some(body) => readable.push((number, *event, body)),
                None => {
                    hold(conn, event, number, "newer", "")?;
                    taken.newer += 1;
                }
            },
        }
    }
    taken.fresh = readable.len();
    match way {
        Way::Together => apply(conn, cache, touched, &readable)?,
        Way::OneByOne => {
            for one in &readable {
                let wrong = savepoint(conn, cache, |cache| {
                    apply(conn, cache, touched, std::slice::from_ref(one))
                })?;
                if let Some(wrong) = wrong {
                    hold(conn, one.1, one.0, "parked", &wrong)?;
                    taken.fresh -= 1;
                    taken.parked += 1;
                }
            }
        }
    }
    conn.prepare_cached("UPDATE sync SET cursor = ?1, tag = ?2")?
        .execute(params![cursor.number, cursor.tag])?;
    conn.prepare_cached("INSERT OR REPLACE INTO sync_cursor (number, tag) VALUES (?1, ?2)")?
        .execute(params![cursor.number, cursor.tag])?;
    Ok(taken)
}

/// A body whose kind and version this program knows. From version 2 on the version stands behind
/// the kind; we write version 1 of everything.
fn read(body: &str) -> Option<Body> {
    let after_kind = body.strip_prefix("{\"kind\":\"")?.split_once('"')?.1;
    let newer = after_kind.starts_with(",\"v\":") && !after_kind.starts_with(",\"v\":1,");
    if newer { None } else { serde_json::from_str(body).ok() }
}

fn is_known(conn: &Connection, event: &Carried) -> Result<bool, StoreError> {
    let known: Option<(i64, String, String)> = conn
        .prepare_cached(
            "SELECT at, actor, body FROM event WHERE id = ?1
             UNION ALL SELECT at, actor, body FROM held_event WHERE id = ?1",
        )?
        .query_row([event.id.0.as_bytes().as_slice()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    match known {
        None => Ok(false),
        Some((at, actor, body))
            if at == event.at.0 && actor == event.actor.0 && body == event.body =>
        {
            Ok(true)
        }
        Some(_) => Err(StoreError::SameIdOtherContent { id: event.id.to_string() }),
    }
}

fn number_again(conn: &Connection, event: &Carried, number: i64) -> Result<(), StoreError> {
    let id = event.id.0.as_bytes().as_slice();
    conn.prepare_cached("UPDATE event SET number = ?2 WHERE id = ?1")?
        .execute(params![id, number])?;
    conn.prepare_cached("UPDATE held_event SET number = ?2 WHERE id = ?1")?
        .execute(params![id, number])?;
    conn.prepare_cached("DELETE FROM unnumbered WHERE event = ?1")?.execute([id])?;
    Ok(())
}

/// Remembers what the event names before it, where that is not what stands there.
fn note_gap(conn: &Connection, chain: &Chain, event: &Carried) -> Result<(), StoreError> {
    if chain.seq == event.station_seq - 1 && chain.head == event.prev {
        return Ok(());
    }
    let before: Option<Vec<u8>> = conn
        .prepare_cached(
            "SELECT hash FROM event WHERE station = ?1 AND station_seq = ?2 UNION ALL
             SELECT hash FROM held_event WHERE station = ?1 AND station_seq = ?2",
        )?
        .query_row([chain.reference, event.station_seq - 1], |row| row.get(0))
        .optional()?;
    let first = event.station_seq == 1 && event.prev == [0; 32];
    if !first && before.as_deref() != Some(event.prev.as_slice()) {
        conn.prepare_cached(
            "INSERT OR REPLACE INTO chain_gap (station, station_seq, prev) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![chain.reference, event.station_seq, event.prev])?;
    }
    Ok(())
}

fn apply(
    conn: &Connection,
    cache: &mut Cache,
    touched: &mut Touched,
    events: &[(i64, &Carried, Body)],
) -> Result<(), StoreError> {
    let mut log = Log::open(conn)?;
    let mut fold = Fold::new(conn, cache, touched);
    let mut chains: BTreeMap<StationId, Chain> = BTreeMap::new();
    for (number, carried, body) in events {
        let chain = match chains.entry(carried.station) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Chain::load(conn, carried.station)?),
        };
        note_gap(conn, chain, carried)?;
        let event = Event {
            id: carried.id,
            at: carried.at,
            station: carried.station,
            station_seq: carried.station_seq,
            actor: carried.actor.clone(),
            body: body.clone(),
        };
        let number = (*number > 0).then_some(*number);
        let seq = log.insert(&event, &carried.body, &carried.hash, number, chain)?;
        if let Some(seq) = seq {
            fold.apply(seq, &event)?;
        }
    }
    fold.finish()?;
    chains.values().try_for_each(|chain| chain.save(conn))
}

/// Keeps an event as it came.
fn hold(
    conn: &Connection,
    event: &Carried,
    number: i64,
    why: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let mut chain = Chain::load(conn, event.station)?;
    note_gap(conn, &chain, event)?;
    conn.prepare_cached(
        "INSERT INTO held_event (id, at, station, station_seq, actor, body, hash, number, why,
             detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        event.id.0.as_bytes().as_slice(),
        event.at.0,
        chain.reference,
        event.station_seq,
        event.actor.0,
        event.body,
        event.hash,
        number,
        why,
        detail,
    ])?;
    if event.station_seq > chain.seq {
        (chain.seq, chain.head) = (event.station_seq, event.hash.to_vec());
        chain.save(conn)?;
    }
    Ok(())
}

/// Runs `work`; if an event is to blame its changes are undone and the reason is told. What the
/// disk is to blame for ends the whole transaction.
/// Whether it is an event that is wrong, and not the disk.
pub(crate) fn is_of_an_event(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Invariant { .. }
            | StoreError::Unreadable { .. }
            | StoreError::Fork { .. }
            | StoreError::SameIdOtherContent { .. }
            | StoreError::Sql(_)
    )
}

fn savepoint(
    conn: &Connection,
    cache: &mut Cache,
    work: impl FnOnce(&mut Cache) -> Result<(), StoreError>,
) -> Result<Option<String>, StoreError> {
    conn.execute_batch("SAVEPOINT taking")?;
    let wrong = match work(cache) {
        Ok(()) => None,
        Err(error) if is_of_an_event(&error) => Some(error.to_string()),
        Err(error) => return Err(error),
    };
    if wrong.is_some() {
        conn.execute_batch("ROLLBACK TO taking")?;
        cache.clear();
    }
    conn.execute_batch("RELEASE taking")?;
    Ok(wrong)
}

pub(crate) fn read_held(
    conn: &Connection,
    cache: &mut Cache,
    touched: &mut Touched,
) -> Result<usize, StoreError> {
    let held: Vec<(i64, Carried)> = conn
        .prepare_cached(
            "SELECT e.id, e.at, s.id, e.station_seq, e.actor, e.body, e.hash,
                 COALESCE(g.prev, p.hash, h.hash), COALESCE(e.number, 0)
             FROM held_event e JOIN station s ON s.ref = e.station
             LEFT JOIN chain_gap g ON g.station = e.station AND g.station_seq = e.station_seq
             LEFT JOIN event p ON p.station = e.station AND p.station_seq = e.station_seq - 1
             LEFT JOIN held_event h ON h.station = e.station AND h.station_seq = e.station_seq - 1
             WHERE e.why = 'newer' ORDER BY e.at, e.id",
        )?
        .query_map([], |row| Ok((row.get(8)?, super::carried(row)?)))?
        .collect::<Result<_, _>>()?;
    let mut count = 0;
    for (number, event) in held {
        let Some(body) = read(&event.body) else { continue };
        conn.prepare_cached("DELETE FROM held_event WHERE id = ?1")?.execute([event
            .id
            .0
            .as_bytes()
            .as_slice()])?;
        let one = [(number, &event, body)];
        match savepoint(conn, cache, |cache| apply(conn, cache, touched, &one))? {
            None => count += 1,
            Some(wrong) => hold(conn, &event, number, "parked", &wrong)?,
        }
    }
    Ok(count)
}
