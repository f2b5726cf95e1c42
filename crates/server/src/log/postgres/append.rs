//! Appending: every item of a batch, the chain's head and the site's numbers in one transaction.
//! The site's row is locked last and for as short as can be: all other sites, and all that comes
//! before, goes on beside it.

use super::session::Session;
use super::{attention, decide, quotas, sites, stations};
use crate::log::convert::{has_place, matter};
use crate::log::spent::spent;
use crate::log::{Fence, KeptAnswer, LogError, Matter};
use domain::{EventId, StationId};
use std::collections::BTreeMap;
use sync::{Admitted, Append, Envelope, Hash, Item, SiteId};

/// What a replica's decision asks beyond an append.
pub struct Only<'a> {
    pub fence: Fence,
    pub answers: &'a [KeptAnswer],
}

/// `None` when somebody else wrote meanwhile.
pub fn add(
    db: &mut Session,
    append: &Append,
    only: Option<&Only<'_>>,
) -> Result<Option<Fence>, LogError> {
    let fresh: Vec<&Envelope> = append.items.iter().filter_map(fresh).collect();
    if let Some(from) = append.from
        && !stations::advance(db, append.station, from, append.to, !fresh.is_empty())?
    {
        return Ok(None);
    }
    if !take_places(db, &append.items)? {
        return Ok(None);
    }
    set_aside(db, append)?;
    let before = sites::locked(db, &append.site)?;
    if let Some(only) = only
        && (only.fence != before || !decide::keep(db, only.answers)?)
    {
        return Ok(None);
    }
    let Some(after) = number(db, &append.site, before, &fresh)? else { return Ok(None) };
    for spent in fresh.iter().filter_map(|event| spent(event)) {
        quotas::spend(db, &append.site, &spent)?;
    }
    Ok(Some(after))
}

fn fresh(item: &Item) -> Option<&Envelope> {
    match item {
        Item::Fresh(event) => Some(event),
        Item::Again(_) | Item::Aside(..) => None,
    }
}

/// False when another event stands in one of the places. Waits for whoever takes one right now.
fn take_places(db: &mut Session, items: &[Item]) -> Result<bool, LogError> {
    let events: Vec<&Envelope> = items
        .iter()
        .filter_map(|item| match item {
            Item::Fresh(event) | Item::Again(event) => Some(event),
            Item::Aside(event, why) => has_place(*why).then_some(event),
        })
        .collect();
    let stations: Vec<&[u8]> = events.iter().map(|e| &e.station.0.as_bytes()[..]).collect();
    let seqs: Vec<i64> = events.iter().map(|e| e.seq).collect();
    let hashes: Vec<Hash> = events.iter().map(|e| e.hash()).collect();
    let hashes: Vec<&[u8]> = hashes.iter().map(|hash| &hash.0[..]).collect();
    let taken = db.execute(
        "INSERT INTO place (station, seq, hash)
         SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) ON CONFLICT DO NOTHING",
        &[&stations, &seqs, &hashes],
    )?;
    if taken == events.len() as u64 {
        return Ok(true);
    }
    let other = db.row(
        "SELECT 1 FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS mine (station, seq, hash)
         JOIN place USING (station, seq) WHERE place.hash <> mine.hash LIMIT 1",
        &[&stations, &seqs, &hashes],
    )?;
    Ok(other.is_none())
}

fn set_aside(db: &mut Session, append: &Append) -> Result<(), LogError> {
    let mut told: BTreeMap<(Matter, StationId), (EventId, i64)> = BTreeMap::new();
    for item in &append.items {
        let Item::Aside(event, why) = item else { continue };
        if keep_aside(db, &append.site, event, *why)? {
            let entry = told.entry((matter(*why), event.station)).or_insert((event.id, 0));
            entry.1 += 1;
        }
    }
    for ((matter, station), (first, times)) in told {
        attention::tell(db, &append.site.0, matter, station, Some(first), times, "")?;
    }
    Ok(())
}

fn keep_aside(
    db: &mut Session,
    site: &SiteId,
    event: &Envelope,
    why: Admitted,
) -> Result<bool, LogError> {
    let added = db.execute(
        "INSERT INTO aside (station, station_seq, hash, site, why, id, prev, content, at, actor,
             body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
        &[
            &&event.station.0.as_bytes()[..],
            &event.seq,
            &&event.hash().0[..],
            &site.0,
            &matter(why).code(),
            &&event.id.0.as_bytes()[..],
            &&event.prev.0[..],
            &&event.content().0[..],
            &event.at.0,
            &event.actor.0.as_bytes(),
            &event.body.as_bytes(),
        ],
    )?;
    Ok(added == 1)
}

/// Gives the events the site's next numbers, whose row is locked. `None` when an id came in
/// meanwhile.
fn number(
    db: &mut Session,
    site: &SiteId,
    before: Fence,
    events: &[&Envelope],
) -> Result<Option<Fence>, LogError> {
    let mut after = Fence { version: before.version + 1, ..before };
    let (mut seqs, mut tags) = (Vec::new(), Vec::new());
    for event in events {
        (after.seq, after.tag) = (after.seq + 1, after.tag.then(event.hash()));
        seqs.push(after.seq);
        tags.push(after.tag);
    }
    let tags: Vec<&[u8]> = tags.iter().map(|tag| &tag.0[..]).collect();
    let ids: Vec<&[u8]> = events.iter().map(|e| &e.id.0.as_bytes()[..]).collect();
    let stations: Vec<&[u8]> = events.iter().map(|e| &e.station.0.as_bytes()[..]).collect();
    let places: Vec<i64> = events.iter().map(|e| e.seq).collect();
    let prevs: Vec<&[u8]> = events.iter().map(|e| &e.prev.0[..]).collect();
    let hashes: Vec<Hash> = events.iter().map(|e| e.hash()).collect();
    let hashes: Vec<&[u8]> = hashes.iter().map(|hash| &hash.0[..]).collect();
    let contents: Vec<Hash> = events.iter().map(|e| e.content()).collect();
    let contents: Vec<&[u8]> = contents.iter().map(|hash| &hash.0[..]).collect();
    let ats: Vec<i64> = events.iter().map(|e| e.at.0).collect();
    let actors: Vec<&[u8]> = events.iter().map(|e| e.actor.0.as_bytes()).collect();
    let bodies: Vec<&[u8]> = events.iter().map(|e| e.body.as_bytes()).collect();
    let added = db.execute(
        "WITH moved AS (UPDATE site SET head_seq = $2, head_tag = $3, version = $4 WHERE id = $1)
         INSERT INTO event (site, seq, tag, id, station, station_seq, prev, hash, content, at,
             actor, body)
         SELECT $1, * FROM unnest($5::bigint[], $6::bytea[], $7::bytea[], $8::bytea[],
             $9::bigint[], $10::bytea[], $11::bytea[], $12::bytea[], $13::bigint[], $14::bytea[],
             $15::bytea[])
         ON CONFLICT (id) DO NOTHING",
        &[
            &site.0,
            &after.seq,
            &&after.tag.0[..],
            &after.version,
            &seqs,
            &tags,
            &ids,
            &stations,
            &places,
            &prevs,
            &hashes,
            &contents,
            &ats,
            &actors,
            &bodies,
        ],
    )?;
    Ok((added == events.len() as u64).then_some(after))
}
