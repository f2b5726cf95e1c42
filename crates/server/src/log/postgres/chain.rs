//! Reading the log: places, contents, and a site's rows in order.

use super::session::{Session, digest, id};
use crate::log::{Aside, LogError, Matter};
use domain::{EventId, Hlc, PersonId, StationId};
use postgres::Row as Columns;
use sync::{Envelope, Hash, Head, Row, SiteId};

/// What an event costs beside its texts, so that a page has about the size that was asked for.
const ROW_BYTES: usize = 120;

pub fn place(db: &mut Session, station: StationId, seq: i64) -> Result<Option<Hash>, LogError> {
    let sql = "SELECT hash FROM place WHERE station = $1 AND seq = $2";
    let row = db.row(sql, &[&&station.0.as_bytes()[..], &seq])?;
    row.map(|row| Ok(Hash(digest(&row, 0)?))).transpose()
}

pub fn content(db: &mut Session, id: EventId) -> Result<Option<Hash>, LogError> {
    let row = db.row("SELECT content FROM event WHERE id = $1", &[&&id.0.as_bytes()[..]])?;
    row.map(|row| Ok(Hash(digest(&row, 0)?))).transpose()
}

pub fn rows_after(
    db: &mut Session,
    site: &SiteId,
    seq: i64,
    bytes: usize,
) -> Result<Vec<Row>, LogError> {
    let cost = ROW_BYTES as i64;
    let budget = i64::try_from(bytes).unwrap_or(i64::MAX);
    let rows_max = budget / cost + 1;
    let rows = db.rows(
        "SELECT id, station, station_seq, prev, hash, at, actor, body, seq, tag FROM (
             SELECT *, sum(octet_length(body) + octet_length(actor) + $5::bigint)
                 OVER (ORDER BY seq) AS total
             FROM (SELECT * FROM event WHERE site = $1 AND seq > $2 ORDER BY seq LIMIT $3) page
         ) summed WHERE total <= $4::bigint OR seq = $2 + 1 ORDER BY seq",
        &[&site.0, &seq, &rows_max, &budget, &cost],
    )?;
    rows.iter()
        .zip(seq + 1..)
        .map(|(columns, expected)| {
            let row = Row {
                seq: columns.try_get(8)?,
                tag: Hash(digest(columns, 9)?),
                event: event(columns)?,
            };
            match row.seq == expected {
                true => Ok(row),
                false => {
                    Err(LogError::Damaged(format!("number {expected} of {} is missing", site.0)))
                }
            }
        })
        .collect()
}

pub fn asides(db: &mut Session, site: &SiteId, at_most: usize) -> Result<Vec<Aside>, LogError> {
    let rows = db.rows(
        "SELECT id, station, station_seq, prev, hash, at, actor, body, why
         FROM aside a WHERE site = $1 AND NOT EXISTS
             (SELECT 1 FROM event e WHERE e.id = a.id AND e.content = a.content)
         ORDER BY station, station_seq, hash LIMIT $2",
        &[&site.0, &(at_most as i64)],
    )?;
    rows.iter()
        .map(|row| {
            let why = Matter::parse(row.try_get(8)?).unwrap_or(Matter::Parked);
            Ok(Aside { why, event: event(row)? })
        })
        .collect()
}

/// The hash is computed anew: a flipped byte is found by whoever reads the row.
fn event(row: &Columns) -> Result<Envelope, LogError> {
    let seq: i64 = row.try_get(2)?;
    let before = Head { seq: seq - 1, hash: Hash(digest(row, 3)?) };
    let text = |column: usize| -> Result<String, LogError> {
        String::from_utf8(row.try_get(column)?).map_err(|e| LogError::Damaged(e.to_string()))
    };
    let station = StationId::from_bytes(id(row, 1)?);
    let (id, at) = (EventId::from_bytes(id(row, 0)?), Hlc(row.try_get(5)?));
    let event = Envelope::chain(before, station, id, at, PersonId(text(6)?), text(7)?);
    if event.hash().0 == digest(row, 4)? {
        Ok(event)
    } else {
        Err(LogError::Damaged(format!("event {id} does not have its hash")))
    }
}
