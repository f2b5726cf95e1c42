//! Many events in few bytes: columns instead of rows, so that like stands beside like, then
//! deflate. Ids stay outside of it, because randomness only makes the rest compress worse.
//!
//! Layout: version, packing, count, the random 10 bytes of each id, the columns, a digest of all
//! hashes. The hashes themselves are not sent: the reader computes them from each run's first link.

use crate::chain::{Hash, Head};
use crate::envelope::Envelope;
use crate::pack::{Reader, deflate, inflate, put, put_signed};
use domain::{EventId, Hlc, PersonId, StationId};
use std::collections::BTreeMap;
use thiserror::Error;

const VERSION: u8 = 1;
const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;
/// Below this many bytes deflate saves less than it costs.
const WORTH_DEFLATING_BYTES: usize = 512;
/// What is random in a UUIDv7; the six bytes before it are milliseconds.
const RANDOM: usize = 10;
const DIGEST: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BatchError {
    #[error("the batch ends too early")]
    Short,
    #[error("bytes are left after the batch")]
    Long,
    #[error("a number in the batch is out of range")]
    Number,
    #[error("the batch is larger than allowed")]
    TooLarge,
    #[error("the batch has a form that this version does not know")]
    Version,
    #[error("a text in the batch is not UTF-8")]
    Text,
    #[error("the batch is damaged: its events do not have the hashes they were sent with")]
    Damaged,
}

pub(crate) fn encode(events: &[Envelope]) -> Vec<u8> {
    let columns = columns(events);
    let mut out = vec![VERSION];
    let deflated = (columns.len() >= WORTH_DEFLATING_BYTES).then(|| deflate(&columns));
    out.push(if deflated.is_some() { DEFLATED } else { PLAIN });
    put(&mut out, events.len() as u64);
    for event in events {
        out.extend_from_slice(&event.id.0.as_bytes()[16 - RANDOM..]);
    }
    let packed = deflated.unwrap_or(columns);
    put(&mut out, packed.len() as u64);
    out.extend_from_slice(&packed);
    out.extend_from_slice(&digest(events));
    out
}

/// At most `limit` bytes are unpacked and twice that much memory is used.
pub(crate) fn decode(bytes: &[u8], limit: usize) -> Result<Vec<Envelope>, BatchError> {
    let mut input = Reader(bytes);
    if input.byte()? != VERSION {
        return Err(BatchError::Version);
    }
    let packing = input.byte()?;
    let count = input.count()?;
    // An event without any text still costs about this much once it is unpacked.
    if count.saturating_mul(size_of::<Envelope>()) > limit.saturating_mul(2) {
        return Err(BatchError::TooLarge);
    }
    let ids = input.take(count.checked_mul(RANDOM).ok_or(BatchError::Number)?)?;
    let length = input.count()?;
    let packed = input.take(length)?;
    let wanted = input.array::<DIGEST>()?;
    if !input.0.is_empty() {
        return Err(BatchError::Long);
    }
    let inflated;
    let columns = match packing {
        PLAIN if packed.len() > limit => return Err(BatchError::TooLarge),
        PLAIN => packed,
        DEFLATED => {
            inflated = inflate(packed, limit)?;
            &inflated
        }
        _ => return Err(BatchError::Version),
    };
    let events = events(columns, ids, count, limit)?;
    // As with the frame's checksum: a fuzzer has to get past it.
    if digest(&events) == wanted || cfg!(fuzzing) { Ok(events) } else { Err(BatchError::Damaged) }
}

fn digest(events: &[Envelope]) -> [u8; DIGEST] {
    let mut hasher = blake3::Hasher::new();
    for event in events {
        hasher.update(&event.hash().0);
    }
    let mut digest = [0; DIGEST];
    digest.copy_from_slice(&hasher.finalize().as_bytes()[..DIGEST]);
    digest
}

/// Numbers the distinct values in the order in which they first appear.
fn numbered<T: Ord + Copy>(values: impl Iterator<Item = T>) -> (Vec<T>, Vec<usize>) {
    let (mut known, mut list, mut index) = (BTreeMap::new(), Vec::new(), Vec::new());
    for value in values {
        let next = list.len();
        let number = *known.entry(value).or_insert(next);
        if number == next {
            list.push(value);
        }
        index.push(number);
    }
    (list, index)
}

/// Events in a row that follow one another in one chain, or take up that chain again.
fn runs(events: &[Envelope]) -> Vec<(usize, bool)> {
    let mut tips: BTreeMap<StationId, Head> = BTreeMap::new();
    let mut runs: Vec<(usize, bool)> = Vec::new();
    let mut last = None;
    for event in events {
        let tip = tips.get(&event.station).copied().unwrap_or_default();
        let follows = tip.seq.checked_add(1) == Some(event.seq) && tip.hash == event.prev;
        match runs.last_mut() {
            Some((count, _)) if follows && last == Some(event.station) => *count += 1,
            _ => runs.push((1, follows)),
        }
        tips.insert(event.station, event.head());
        last = Some(event.station);
    }
    runs
}

fn columns(events: &[Envelope]) -> Vec<u8> {
    let mut out = Vec::new();
    let (stations, station_of) = numbered(events.iter().map(|event| event.station));
    let (actors, actor_of) = numbered(events.iter().map(|event| event.actor.0.as_str()));
    put(&mut out, stations.len() as u64);
    for station in stations {
        out.extend_from_slice(station.0.as_bytes());
    }
    put(&mut out, actors.len() as u64);
    for actor in actors {
        put(&mut out, actor.len() as u64);
        out.extend_from_slice(actor.as_bytes());
    }
    let mut first = 0;
    for (count, follows) in runs(events) {
        let event = &events[first];
        put(&mut out, station_of[first] as u64);
        put(&mut out, (count as u64) << 1 | u64::from(follows));
        if !follows {
            put_signed(&mut out, event.seq);
            out.extend_from_slice(&event.prev.0);
        }
        first += count;
    }
    let mut clock = 0i64;
    for event in events {
        put_signed(&mut out, event.at.0.wrapping_sub(clock));
        clock = event.at.0;
    }
    for event in events {
        put_signed(&mut out, millis_of(event.id).wrapping_sub(event.at.millis().0));
    }
    for actor in actor_of {
        put(&mut out, actor as u64);
    }
    for event in events {
        put(&mut out, event.body.len() as u64);
    }
    for event in events {
        out.extend_from_slice(event.body.as_bytes());
    }
    out
}

fn millis_of(id: EventId) -> i64 {
    (id.0.as_u128() >> 80) as i64
}

fn text(bytes: &[u8]) -> Result<&str, BatchError> {
    std::str::from_utf8(bytes).map_err(|_| BatchError::Text)
}

fn events(
    columns: &[u8],
    ids: &[u8],
    count: usize,
    limit: usize,
) -> Result<Vec<Envelope>, BatchError> {
    let mut input = Reader(columns);
    let mut stations = Vec::new();
    for _ in 0..input.count()? {
        stations.push(StationId::from_bytes(input.array()?));
    }
    let mut actors = Vec::new();
    for _ in 0..input.count()? {
        let length = input.count()?;
        actors.push(text(input.take(length)?)?);
    }
    // The station of each event, and where its run begins anew in its chain.
    let mut places: Vec<(StationId, Option<Head>)> = Vec::new();
    while places.len() < count {
        let station = input.number()?;
        let station = usize::try_from(station).ok().and_then(|at| stations.get(at));
        let station = *station.ok_or(BatchError::Number)?;
        let word = input.number()?;
        let length = usize::try_from(word >> 1).map_err(|_| BatchError::Number)?;
        if length == 0 || length > count - places.len() {
            return Err(BatchError::Number);
        }
        let start = if word & 1 == 1 {
            None
        } else {
            let seq = input.signed()?;
            if seq < 1 {
                return Err(BatchError::Number);
            }
            Some(Head { seq: seq - 1, hash: Hash(input.array()?) })
        };
        places.push((station, start));
        places.extend(std::iter::repeat_n((station, None), length - 1));
    }
    let times = (0..count).map(|_| input.signed()).collect::<Result<Vec<_>, _>>()?;
    let made = (0..count).map(|_| input.signed()).collect::<Result<Vec<_>, _>>()?;
    let authors = (0..count).map(|_| input.number()).collect::<Result<Vec<_>, _>>()?;
    let lengths = (0..count).map(|_| input.number()).collect::<Result<Vec<_>, _>>()?;
    let mut tips: BTreeMap<StationId, Head> = BTreeMap::new();
    let mut clock = 0i64;
    let mut actor_bytes = 0usize;
    let mut events = Vec::with_capacity(count);
    for (index, (station, start)) in places.into_iter().enumerate() {
        clock = clock.wrapping_add(times[index]);
        let at = Hlc(clock);
        let millis = made[index].wrapping_add(at.millis().0);
        let mut id = [0; 16];
        id[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        id[6..].copy_from_slice(&ids[index * RANDOM..(index + 1) * RANDOM]);
        let actor = usize::try_from(authors[index]).ok().and_then(|at| actors.get(at));
        let actor = *actor.ok_or(BatchError::Number)?;
        // One long name used by every event would multiply.
        actor_bytes += actor.len();
        if actor_bytes > limit {
            return Err(BatchError::TooLarge);
        }
        let length = usize::try_from(lengths[index]).map_err(|_| BatchError::Number)?;
        let body = text(input.take(length)?)?.to_owned();
        let tip = match start {
            Some(head) => head,
            None => tips.get(&station).copied().unwrap_or_default(),
        };
        let (id, actor) = (EventId::from_bytes(id), PersonId(actor.to_owned()));
        let event = Envelope::chain(tip, station, id, at, actor, body);
        tips.insert(station, event.head());
        events.push(event);
    }
    if input.0.is_empty() { Ok(events) } else { Err(BatchError::Long) }
}
