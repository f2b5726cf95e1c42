//! Stock by heap, SKU, bin and lot, and the moves that make a number.

use super::{Db, key_from_row};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Key, LocationCode, Qty, Sku};
use rusqlite::{Row, params};

/// Stock that can be picked or brought to a face.
#[derive(Debug, Clone)]
pub struct ShelfRow {
    pub heap: i64,
    pub sku: Sku,
    pub location: LocationCode,
    pub pick_face: bool,
    pub on_hand: i64,
    pub allocated: i64,
}

#[derive(Debug, Clone)]
pub struct HeapRow {
    pub id: i64,
    pub key: Key,
    pub on_hand: Qty,
    pub allocated: Qty,
    pub discrepancy: Qty,
    pub zone: String,
    pub kind: String,
    pub expires: Option<i32>,
    /// Why it may not be sold, if it is on hold.
    pub held_why: Option<String>,
    pub changed_at_millis: i64,
}

/// Which heaps to list; empty fields do not narrow.
#[derive(Debug, Clone, Default)]
pub struct HeapQuery<'a> {
    pub sku: Option<&'a str>,
    pub location: Option<&'a str>,
    pub lot: Option<&'a str>,
    pub package: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub only_discrepancies: bool,
}

/// Stock a pick may be sent to, with what the removal strategies sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateStock {
    pub key: Key,
    pub free: Qty,
    pub walk: i64,
    pub pick_face: bool,
    pub expires: Option<i32>,
    pub arrived_millis: i64,
}

const HEAP: &str = "s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition,
    s.id, s.on_hand, s.allocated, s.discrepancy, COALESCE(b.zone, ''), COALESCE(b.kind, ''),
    l.expires,
    (SELECT reason FROM register r WHERE r.value = 'on' AND r.name IN ('hold/lot/' || s.sku || '/'
        || s.lot, 'hold/bin/' || s.location, 'hold/stock/' || s.sku || '/' || s.location) LIMIT 1),
    s.changed_at >> 16";

/// Three look-ups for each heap, so they are asked only where anything is held.
const NOT_HELD: &str =
    "AND NOT EXISTS (SELECT 1 FROM register r WHERE r.value = 'on' AND r.name IN (
    'hold/lot/' || s.sku || '/' || s.lot, 'hold/bin/' || s.location,
    'hold/stock/' || s.sku || '/' || s.location))";

const HEAP_FROM: &str = "stock s LEFT JOIN bin b ON b.code = s.location
    LEFT JOIN lot l ON l.sku = s.sku AND l.lot = s.lot";

fn heap(row: &Row<'_>) -> rusqlite::Result<HeapRow> {
    Ok(HeapRow {
        key: key_from_row(row)?,
        id: row.get(7)?,
        on_hand: Qty(row.get(8)?),
        allocated: Qty(row.get(9)?),
        discrepancy: Qty(row.get(10)?),
        zone: row.get(11)?,
        kind: row.get(12)?,
        expires: row.get(13)?,
        held_why: row.get(14)?,
        changed_at_millis: row.get(15)?,
    })
}

impl Db<'_> {
    /// Physical heaps that hold something or owe an explanation.
    pub fn heaps(&self, query: &HeapQuery<'_>) -> Result<Vec<HeapRow>, StoreError> {
        // The narrowest index is chosen here, because the planner cannot see through optional
        // parameters.
        let by = match (query.location, query.sku, query.package) {
            (Some(_), _, _) => "s.location = ?2",
            (None, Some(_), _) => "s.sku = ?1",
            (None, None, Some(_)) => "s.package = ?4 AND s.package <> ''",
            (None, None, None) if query.only_discrepancies => "s.discrepancy <> 0",
            (None, None, None) if query.kind.is_some() => {
                "s.location IN (SELECT code FROM bin WHERE kind = ?5)"
            }
            (None, None, None) => "1",
        };
        let sql = format!(
            "SELECT {HEAP} FROM {HEAP_FROM}
             WHERE {by} AND s.physical = 1 AND (s.on_hand <> 0 OR s.discrepancy <> 0)
                 AND (?1 IS NULL OR s.sku = ?1) AND (?2 IS NULL OR s.location = ?2)
                 AND (?3 IS NULL OR s.lot = ?3) AND (?4 IS NULL OR s.package = ?4)
                 AND (?5 IS NULL OR b.kind = ?5)
                 AND (NOT ?6 OR s.discrepancy <> 0)
             ORDER BY COALESCE(b.walk, 999999999), s.location, s.sku, s.lot, s.id LIMIT 20000"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map(
                params![
                    query.sku,
                    query.location,
                    query.lot,
                    query.package,
                    query.kind,
                    query.only_discrepancies
                ],
                heap,
            )?
            .collect::<Result<_, _>>()?)
    }

    pub fn heap_by_id(&self, id: i64) -> Result<Option<HeapRow>, StoreError> {
        let sql = format!("SELECT {HEAP} FROM {HEAP_FROM} WHERE s.id = ?1");
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([id], heap)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// On hand of one exact heap; zero when it was never used.
    pub fn on_hand(&self, key: &Key) -> Result<(Qty, Qty), StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT on_hand, allocated FROM stock WHERE sku = ?1 AND lot = ?2 AND serial = ?3
                 AND package = ?4 AND location = ?5 AND owner = ?6 AND condition = ?7",
            )?
            .query_row(
                params![
                    key.sku.as_str(),
                    key.lot.as_str(),
                    key.serial.as_str(),
                    key.package,
                    key.location.as_str(),
                    key.owner,
                    key.condition.as_str()
                ],
                |row| Ok((Qty(row.get(0)?), Qty(row.get(1)?))),
            )
            .map(Some)
            .or_else(none_if_missing)?
            .unwrap_or_default())
    }

    /// The pick face that a SKU used last, even if nothing is left in it.
    pub fn last_face(&self, sku: &Sku) -> Result<Option<LocationCode>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT s.location FROM stock s JOIN bin b ON b.code = s.location
                 WHERE s.sku = ?1 AND b.kind = 'pick' AND s.condition = 'good'
                     AND s.package = '' AND s.physical = 1 AND s.owner = ''
                 ORDER BY s.changed_at DESC, s.location LIMIT 1",
            )?
            .query_row([sku.as_str()], |row| row.get::<_, String>(0))
            .map(Some)
            .or_else(none_if_missing)?
            .and_then(|code| LocationCode::parse(&code).ok()))
    }

    /// Where a serial stands, if it stands anywhere physical.
    pub fn serial_at(&self, sku: &Sku, serial: &str) -> Result<Option<Key>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT sku, lot, serial, package, location, owner, condition FROM stock
                 WHERE sku = ?1 AND serial = ?2 AND physical = 1 AND on_hand > 0",
            )?
            .query_row([sku.as_str(), serial], key_from_row)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// Whether any stock is held back; orders on hold do not count.
    pub(crate) fn anything_held(&self) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM register WHERE name >= 'hold/' AND name < 'hold0'
                 AND name NOT LIKE 'hold/order/%' AND value = 'on' LIMIT 1",
            )?
            .exists([])?)
    }

    /// Good, loose, own stock in pick faces and bulk that nothing holds, along the walking path.
    pub fn shelves(&self) -> Result<Vec<ShelfRow>, StoreError> {
        let not_held = if self.anything_held()? { NOT_HELD } else { "" };
        let mut shelves = self.conn.prepare_cached(&format!(
            "SELECT s.id, s.sku, s.location, b.kind = 'pick', s.on_hand, s.allocated
             FROM bin b JOIN stock s ON s.location = b.code
                 AND (s.on_hand <> 0 OR s.discrepancy <> 0) AND s.on_hand > 0
             WHERE b.kind IN ('pick', 'bulk') AND s.condition = 'good' AND s.package = ''
                 AND s.owner = '' {not_held}
             ORDER BY b.walk, s.location, s.sku, s.lot, s.id",
        ))?;
        let rows = shelves.query_map([], |row| {
            Ok(ShelfRow {
                heap: row.get(0)?,
                sku: Sku::parse(&row.get::<_, String>(1)?).unwrap_or_default(),
                location: LocationCode::parse(&row.get::<_, String>(2)?).unwrap_or_default(),
                pick_face: row.get(3)?,
                on_hand: row.get(4)?,
                allocated: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Good, loose, own stock in pickable bins that nothing holds and nobody was sent to.
    pub fn candidates(&self, sku: &Sku) -> Result<Vec<CandidateStock>, StoreError> {
        let not_held = if self.anything_held()? { NOT_HELD } else { "" };
        let sql = format!(
            "SELECT s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition, s.id,
                s.on_hand, s.allocated, b.walk, b.kind = 'pick', l.expires
            FROM stock s JOIN bin b ON b.code = s.location
            LEFT JOIN lot l ON l.sku = s.sku AND l.lot = s.lot
            WHERE s.sku = ?1 AND (s.on_hand <> 0 OR s.discrepancy <> 0) AND s.physical = 1
                AND s.on_hand > s.allocated
                AND b.kind IN ('pick', 'bulk') AND s.condition = 'good' AND s.package = ''
                AND s.owner = '' {not_held}
            ORDER BY b.walk, s.location, s.lot, s.serial"
        );
        let found = self
            .conn
            .prepare_cached(&sql)?
            .query_map([sku.as_str()], |row| {
                let on_hand: i64 = row.get(8)?;
                Ok((
                    row.get::<_, i64>(7)?,
                    on_hand,
                    CandidateStock {
                        key: key_from_row(row)?,
                        free: Qty(on_hand - row.get::<_, i64>(9)?),
                        walk: row.get(10)?,
                        pick_face: row.get(11)?,
                        expires: row.get(12)?,
                        arrived_millis: 0,
                    },
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        found
            .into_iter()
            .map(|(id, on_hand, mut candidate)| {
                candidate.arrived_millis = self.oldest_arrival(id, on_hand)?;
                Ok(candidate)
            })
            .collect()
    }

    /// When the oldest unit still in a heap came in: walks arrivals back from the newest until
    /// they explain what is on hand (first in, first out within the heap).
    pub fn oldest_arrival(&self, heap: i64, on_hand: i64) -> Result<i64, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT at >> 16, qty FROM leg WHERE stock = ?1 AND qty > 0 ORDER BY at DESC, seq DESC",
        )?;
        let mut rows = statement.query([heap])?;
        let (mut explained, mut oldest) = (0, 0);
        while let Some(row) = rows.next()? {
            oldest = row.get(0)?;
            explained += row.get::<_, i64>(1)?;
            if explained >= on_hand {
                break;
            }
        }
        Ok(oldest)
    }
}
