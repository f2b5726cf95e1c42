//! Stock by heap, SKU, bin and lot, and the moves that make a number.

use super::{Db, key_from_row, like};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Key, LocationCode, LotCode, Qty, Sku};
use rusqlite::{Row, params};

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

#[derive(Debug, Clone)]
pub struct SkuTotal {
    pub sku: Sku,
    pub name_en: String,
    pub name_zh: String,
    pub category: String,
    pub on_hand: Qty,
    pub sellable: Qty,
    pub held: Qty,
    pub reserved: Qty,
    pub allocated: Qty,
    pub available: Qty,
    pub discrepancy: Qty,
    pub bins: i64,
    pub on_order: Qty,
    pub value_micros: i64,
    pub safety: Qty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkuSort {
    Sku,
    Name,
    Available,
    Value,
    OnHand,
}

#[derive(Debug, Clone)]
pub struct SkuQuery<'a> {
    pub search: &'a str,
    /// `all`, `low`, `out`, `held`, `discrepancy` or `expiring`.
    pub filter: &'a str,
    /// Lots that expire on or before this day count as expiring.
    pub expiring_until: i32,
    pub sort: SkuSort,
    pub descending: bool,
    pub offset: i64,
    pub limit: i64,
}

#[derive(Debug, Clone)]
pub struct BinTotal {
    pub code: String,
    pub kind: String,
    pub zone: String,
    pub skus: i64,
    pub units: Qty,
    pub weight_g: i64,
    pub volume_ml: i64,
    pub capacity_ml: i64,
    pub discrepancy: Qty,
    pub hold: String,
    pub last_count_millis: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct LotTotal {
    pub sku: Sku,
    pub name_en: String,
    pub name_zh: String,
    pub lot: LotCode,
    pub expires: Option<i32>,
    pub on_hand: Qty,
    pub allocated: Qty,
    pub bins: i64,
    pub hold: String,
}

#[derive(Debug, Clone)]
pub struct CostLayerRow {
    pub at_millis: i64,
    pub qty: Qty,
    pub remaining: Qty,
    pub unit_cost: i64,
}

const HEAP: &str = "s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition,
    s.id, s.on_hand, s.allocated, s.discrepancy, COALESCE(b.zone, ''), COALESCE(b.kind, ''),
    l.expires,
    (SELECT reason FROM register r WHERE r.value = 'on' AND r.name IN ('hold/lot/' || s.sku || '/'
        || s.lot, 'hold/bin/' || s.location, 'hold/stock/' || s.sku || '/' || s.location) LIMIT 1),
    s.changed_at >> 16";
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
            (None, None, Some(_)) => "s.package = ?4",
            (None, None, None) if query.only_discrepancies => "s.discrepancy <> 0",
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
                     AND s.package = '' AND s.owner = ''
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

    /// Good, loose, own stock in pickable bins that nothing holds and nobody was sent to.
    pub fn candidates(&self, sku: &Sku) -> Result<Vec<CandidateStock>, StoreError> {
        let sql =
            "SELECT s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition, s.id,
                s.on_hand, s.allocated, b.walk, b.kind = 'pick', l.expires
            FROM stock s JOIN bin b ON b.code = s.location
            LEFT JOIN lot l ON l.sku = s.sku AND l.lot = s.lot
            WHERE s.sku = ?1 AND s.physical = 1 AND s.on_hand > s.allocated
                AND b.kind IN ('pick', 'bulk') AND s.condition = 'good' AND s.package = ''
                AND s.owner = ''
                AND NOT EXISTS (SELECT 1 FROM register r WHERE r.value = 'on' AND r.name IN (
                    'hold/lot/' || s.sku || '/' || s.lot, 'hold/bin/' || s.location,
                    'hold/stock/' || s.sku || '/' || s.location))
            ORDER BY b.walk, s.location, s.lot, s.serial";
        let found = self
            .conn
            .prepare_cached(sql)?
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

    pub fn sku_total(&self, sku: &Sku) -> Result<Option<SkuTotal>, StoreError> {
        let sql = format!("{SKU_TOTAL} WHERE p.sku = ?1");
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([sku.as_str()], sku_total)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// A page of SKUs, how many match in all, and their units and value together.
    pub fn sku_page(
        &self,
        query: &SkuQuery<'_>,
    ) -> Result<(Vec<SkuTotal>, i64, i64, i64), StoreError> {
        let filter = match query.filter {
            "low" => "t.available <= 0 AND t.on_hand > 0",
            "out" => "COALESCE(t.on_hand, 0) = 0",
            "held" => "t.held > 0",
            "discrepancy" => "t.discrepancy <> 0",
            "expiring" => {
                "EXISTS (SELECT 1 FROM lot l JOIN stock s ON s.sku = l.sku AND s.lot = l.lot
                 WHERE l.sku = p.sku AND l.expires <= ?2 AND s.physical = 1 AND s.on_hand > 0)"
            }
            _ => "1",
        };
        let order = match query.sort {
            SkuSort::Sku => "p.sku",
            SkuSort::Name => "p.name_en",
            SkuSort::Available => "COALESCE(t.available, 0)",
            SkuSort::Value => "COALESCE(t.value_micros, 0)",
            SkuSort::OnHand => "COALESCE(t.on_hand, 0)",
        };
        let direction = if query.descending { "DESC" } else { "ASC" };
        let matching = format!(
            "({filter}) AND (?1 = '%%' OR p.sku LIKE ?1 ESCAPE '\\' OR p.name_en LIKE ?1 ESCAPE '\\'
             OR p.name_zh LIKE ?1 ESCAPE '\\' OR p.barcode LIKE ?1 ESCAPE '\\') AND ?2 IS NOT NULL"
        );
        let pattern = like(query.search);
        let (total, units, value) = self
            .conn
            .prepare_cached(&format!(
                "SELECT COUNT(*), COALESCE(SUM(t.on_hand), 0), COALESCE(SUM(t.value_micros), 0)
                 FROM product p LEFT JOIN sku_total t ON t.sku = p.sku WHERE {matching}"
            ))?
            .query_row(params![pattern, query.expiring_until], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let sql = format!(
            "{SKU_TOTAL} WHERE {matching} ORDER BY {order} {direction}, p.sku LIMIT ?3 OFFSET ?4"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(
                params![pattern, query.expiring_until, query.limit, query.offset],
                sku_total,
            )?
            .collect::<Result<_, _>>()?;
        Ok((rows, total, units, value))
    }

    pub fn bin_page(
        &self,
        search: &str,
        filter: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<BinTotal>, i64), StoreError> {
        let filter = match filter {
            "discrepancy" => {
                "EXISTS (SELECT 1 FROM stock s WHERE s.location = b.code AND s.discrepancy <> 0)"
            }
            "held" => {
                "EXISTS (SELECT 1 FROM register r WHERE r.name = 'hold/bin/' || b.code
                 AND r.value = 'on')"
            }
            "out" => {
                "NOT EXISTS (SELECT 1 FROM stock s WHERE s.location = b.code AND s.on_hand > 0)"
            }
            _ => "1",
        };
        let matching =
            format!("({filter}) AND (b.code LIKE ?1 ESCAPE '\\' OR b.zone LIKE ?1 ESCAPE '\\')");
        let pattern = like(search);
        let total = self
            .conn
            .prepare_cached(&format!("SELECT COUNT(*) FROM bin b WHERE {matching}"))?
            .query_row([&pattern], |row| row.get(0))?;
        let sql = format!(
            "SELECT b.code, b.kind, b.zone,
                (SELECT COUNT(DISTINCT sku) FROM stock WHERE location = b.code AND on_hand > 0),
                (SELECT COALESCE(SUM(on_hand), 0) FROM stock WHERE location = b.code),
                (SELECT COALESCE(SUM(on_hand * json_extract(p.body, '$.weight')), 0)
                    FROM stock s JOIN product p ON p.sku = s.sku WHERE s.location = b.code),
                (SELECT COALESCE(SUM(on_hand * json_extract(p.body, '$.volume')), 0)
                    FROM stock s JOIN product p ON p.sku = s.sku WHERE s.location = b.code),
                json_extract(b.body, '$.capacity'),
                (SELECT COALESCE(SUM(discrepancy), 0) FROM stock WHERE location = b.code),
                COALESCE((SELECT reason FROM register WHERE name = 'hold/bin/' || b.code
                    AND value = 'on'), ''),
                (SELECT MAX(posted_at) >> 16 FROM count_task WHERE location = b.code)
             FROM (SELECT * FROM bin b WHERE {matching} ORDER BY b.walk, b.code
                 LIMIT ?2 OFFSET ?3) b
             ORDER BY b.walk, b.code"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![pattern, limit, offset], |row| {
                Ok(BinTotal {
                    code: row.get(0)?,
                    kind: row.get(1)?,
                    zone: row.get(2)?,
                    skus: row.get(3)?,
                    units: Qty(row.get(4)?),
                    weight_g: row.get(5)?,
                    volume_ml: row.get(6)?,
                    capacity_ml: row.get(7)?,
                    discrepancy: Qty(row.get(8)?),
                    hold: row.get(9)?,
                    last_count_millis: row.get(10)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok((rows, total))
    }

    pub fn lot_page(
        &self,
        search: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<LotTotal>, i64), StoreError> {
        let base = "FROM stock s JOIN product p ON p.sku = s.sku
            LEFT JOIN lot l ON l.sku = s.sku AND l.lot = s.lot
            WHERE s.lot <> '' AND s.physical = 1 AND s.on_hand > 0
                AND (s.sku LIKE ?1 ESCAPE '\\' OR s.lot LIKE ?1 ESCAPE '\\'
                    OR p.name_en LIKE ?1 ESCAPE '\\' OR p.name_zh LIKE ?1 ESCAPE '\\')
            GROUP BY s.sku, s.lot";
        let pattern = like(search);
        let total = self
            .conn
            .prepare_cached(&format!("SELECT COUNT(*) FROM (SELECT 1 {base})"))?
            .query_row([&pattern], |row| row.get(0))?;
        let sql = format!(
            "SELECT s.sku, p.name_en, p.name_zh, s.lot, l.expires, SUM(s.on_hand), SUM(s.allocated),
                COUNT(*), COALESCE((SELECT reason FROM register WHERE name = 'hold/lot/' || s.sku
                    || '/' || s.lot AND value = 'on'), '')
             {base} ORDER BY l.expires IS NULL, l.expires, s.sku, s.lot LIMIT ?2 OFFSET ?3"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![pattern, limit, offset], |row| {
                Ok(LotTotal {
                    sku: Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
                    name_en: row.get(1)?,
                    name_zh: row.get(2)?,
                    lot: LotCode::parse_optional(&row.get::<_, String>(3)?).unwrap_or_default(),
                    expires: row.get(4)?,
                    on_hand: Qty(row.get(5)?),
                    allocated: Qty(row.get(6)?),
                    bins: row.get(7)?,
                    hold: row.get(8)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok((rows, total))
    }

    pub fn cost_layers(&self, sku: &Sku) -> Result<Vec<CostLayerRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT at >> 16, qty, remaining, unit_cost FROM cost_layer
                 WHERE sku = ?1 AND remaining > 0 ORDER BY id",
            )?
            .query_map([sku.as_str()], |row| {
                Ok(CostLayerRow {
                    at_millis: row.get(0)?,
                    qty: Qty(row.get(1)?),
                    remaining: Qty(row.get(2)?),
                    unit_cost: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Units on hand by age of their cost layer: `(layer day, units)`.
    pub fn stock_age(&self) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT (at >> 16) / 86400000 AS day, SUM(remaining) FROM cost_layer
                 WHERE remaining > 0 GROUP BY day ORDER BY day",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// Units, value in micro-units and discrepancies of the whole house.
    pub fn stock_sums(&self) -> Result<(i64, i64, i64), StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT COALESCE(SUM(on_hand), 0), COALESCE(SUM(value_micros), 0),
                     (SELECT COUNT(*) FROM stock WHERE discrepancy <> 0) FROM sku_total",
            )?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }

    /// A condition's default bin of a kind: the first along the walking path.
    pub fn first_bin(&self, kind: &str) -> Result<Option<LocationCode>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT code FROM bin WHERE kind = ?1 ORDER BY walk, code LIMIT 1")?
            .query_row([kind], |row| row.get::<_, String>(0))
            .map(|code| LocationCode::parse(&code).ok())
            .or_else(none_if_missing)?)
    }

    /// Empty or same-SKU bins of a kind, nearest first, with the free volume of each.
    pub fn room(&self, kind: &str, limit: i64) -> Result<Vec<(LocationCode, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT b.code, json_extract(b.body, '$.capacity') FROM bin b
                 WHERE b.kind = ?1 AND NOT EXISTS (SELECT 1 FROM stock s
                     WHERE s.location = b.code AND s.on_hand > 0)
                 ORDER BY b.walk, b.code LIMIT ?2",
            )?
            .query_map(params![kind, limit], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?
            .filter_map(|row| {
                row.map(|(code, room)| LocationCode::parse(&code).ok().map(|c| (c, room)))
                    .transpose()
            })
            .collect::<Result<_, _>>()?)
    }
}

const SKU_TOTAL: &str = "SELECT p.sku, p.name_en, p.name_zh, json_extract(p.body, '$.category'),
    COALESCE(t.on_hand, 0), COALESCE(t.sellable, 0), COALESCE(t.held, 0), COALESCE(t.reserved, 0),
    COALESCE(t.allocated, 0), COALESCE(t.available, 0), COALESCE(t.discrepancy, 0),
    COALESCE(t.bins, 0),
    COALESCE((SELECT SUM(MAX(expected - received, 0)) FROM receipt_line rl
        JOIN receipt r ON r.id = rl.receipt AND r.closed_at IS NULL WHERE rl.sku = p.sku), 0),
    COALESCE(t.value_micros, 0), COALESCE(t.safety, 0)
    FROM product p LEFT JOIN sku_total t ON t.sku = p.sku";

fn sku_total(row: &Row<'_>) -> rusqlite::Result<SkuTotal> {
    Ok(SkuTotal {
        sku: Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
        name_en: row.get(1)?,
        name_zh: row.get(2)?,
        category: row.get(3)?,
        on_hand: Qty(row.get(4)?),
        sellable: Qty(row.get(5)?),
        held: Qty(row.get(6)?),
        reserved: Qty(row.get(7)?),
        allocated: Qty(row.get(8)?),
        available: Qty(row.get(9)?),
        discrepancy: Qty(row.get(10)?),
        bins: row.get(11)?,
        on_order: Qty(row.get(12)?),
        value_micros: row.get(13)?,
        safety: Qty(row.get(14)?),
    })
}
