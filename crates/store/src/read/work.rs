//! Receipts, counts, returns, proposals, plans, imports and the pulses for charts.

use super::{Db, like};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{CountId, Day, Observed, Qty, Sku};
use rusqlite::params;

#[derive(Debug, Clone)]
pub struct ReceiptRow {
    pub id: String,
    pub reference: String,
    pub supplier: String,
    pub expected_on: i32,
    pub closed: bool,
    pub lines: i64,
    pub expected: i64,
    pub received: i64,
}

#[derive(Debug, Clone)]
pub struct ReceiptLineRow {
    pub sku: Sku,
    pub expected: Qty,
    pub received: Qty,
    pub unit_cost: i64,
}

#[derive(Debug, Clone)]
pub struct CountTaskRow {
    pub id: CountId,
    pub location: String,
    pub zone: String,
    pub why: String,
    pub opened_at: i64,
    pub approved_by: Option<String>,
    pub posted: bool,
    pub dropped: bool,
    pub rounds: Vec<CountRound>,
}

#[derive(Debug, Clone)]
pub struct CountRound {
    pub round: i64,
    pub at: i64,
    pub actor: String,
    pub watermark: i64,
    pub seen: Vec<Observed>,
}

#[derive(Debug, Clone)]
pub struct ReturnLineRow {
    pub id: String,
    pub return_id: String,
    pub order_id: String,
    pub line: String,
    pub qty: Qty,
    pub received: Qty,
    pub dispositioned: Qty,
    pub grade: String,
    pub opened_at: i64,
    pub approved: bool,
    pub order_number: String,
    pub customer: String,
    pub sku: String,
}

#[derive(Debug, Clone)]
pub struct DecisionRow {
    pub day: i32,
    pub decision: String,
    pub qty: Qty,
    pub reason: String,
}

#[derive(Debug, Clone)]
pub struct PlanRow {
    pub id: String,
    pub version: i64,
    pub state: String,
    pub document: String,
}

#[derive(Debug, Clone)]
pub struct StopDoneRow {
    pub delivered: bool,
    pub reason: String,
    pub received_by: String,
}

#[derive(Debug, Clone)]
pub struct ImportRow {
    pub id: String,
    pub at: i64,
    pub file_name: String,
    pub file_hash: String,
    pub what: String,
    pub rows: i64,
    pub accepted: i64,
    pub already_known: i64,
    pub errors: Vec<(i64, String, String)>,
}

impl Db<'_> {
    /// Open receipts first by the day they are expected, then the newest closed ones.
    pub fn receipts(&self, limit: i64) -> Result<Vec<ReceiptRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT r.id, r.reference, r.supplier, r.expected_on, r.closed_at IS NOT NULL,
                     COUNT(l.sku), COALESCE(SUM(l.expected), 0), COALESCE(SUM(l.received), 0)
                 FROM receipt r LEFT JOIN receipt_line l ON l.receipt = r.id
                 WHERE r.reference IS NOT NULL GROUP BY r.id
                 ORDER BY r.closed_at IS NOT NULL,
                     CASE WHEN r.closed_at IS NULL THEN r.expected_on ELSE -r.expected_on END, r.id
                 LIMIT ?1",
            )?
            .query_map([limit], |row| {
                Ok(ReceiptRow {
                    id: row.get(0)?,
                    reference: row.get(1)?,
                    supplier: row.get(2)?,
                    expected_on: row.get(3)?,
                    closed: row.get(4)?,
                    lines: row.get(5)?,
                    expected: row.get(6)?,
                    received: row.get(7)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    pub fn receipt(&self, id: &str) -> Result<Option<ReceiptRow>, StoreError> {
        Ok(self.receipts(i64::MAX)?.into_iter().find(|row| row.id == id))
    }

    pub fn receipt_lines(&self, id: &str) -> Result<Vec<ReceiptLineRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT sku, expected, received, unit_cost FROM receipt_line
                 WHERE receipt = ?1 ORDER BY sku",
            )?
            .query_map([id], |row| {
                Ok(ReceiptLineRow {
                    sku: Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
                    expected: Qty(row.get(1)?),
                    received: Qty(row.get(2)?),
                    unit_cost: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Days between ordering and the first arrival, of closed receipts, per supplier.
    pub fn lead_times(&self) -> Result<Vec<(String, i32)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT supplier, MAX((closed_at - opened_at) >> 16, 0) / 86400000
                 FROM receipt WHERE closed_at IS NOT NULL AND supplier IS NOT NULL ORDER BY id",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// Expected and not yet received, by the day it is expected.
    pub fn inbound(&self, sku: &Sku) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT r.expected_on, l.expected - l.received FROM receipt_line l
                 JOIN receipt r ON r.id = l.receipt
                 WHERE l.sku = ?1 AND r.closed_at IS NULL AND l.expected > l.received
                     AND r.expected_on IS NOT NULL ORDER BY 1",
            )?
            .query_map([sku.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// Units asked for per day; days without demand are absent.
    pub fn demand(&self, sku: &Sku, from: Day) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT day, qty FROM demand WHERE sku = ?1 AND day >= ?2 ORDER BY day",
            )?
            .query_map(params![sku.as_str(), from.0], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    pub fn counts(&self, include_done: bool) -> Result<Vec<CountTaskRow>, StoreError> {
        let done = if include_done { "1" } else { "posted_at IS NULL AND dropped_at IS NULL" };
        let sql =
            format!("{COUNT} WHERE c.location IS NOT NULL AND {done} ORDER BY opened_at, c.id");
        self.count_rows(&sql, &[])
    }

    pub fn count(&self, id: CountId) -> Result<Option<CountTaskRow>, StoreError> {
        let sql = format!("{COUNT} WHERE c.id = ?1 AND c.location IS NOT NULL");
        Ok(self.count_rows(&sql, &[&id.to_string()])?.pop())
    }

    /// The open count of a bin, if there is one.
    pub fn open_count_at(&self, location: &str) -> Result<Option<CountTaskRow>, StoreError> {
        let sql =
            format!("{COUNT} WHERE c.location = ?1 AND posted_at IS NULL AND dropped_at IS NULL");
        Ok(self.count_rows(&sql, &[&location])?.pop())
    }

    fn count_rows(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<CountTaskRow>, StoreError> {
        let rows = self
            .conn
            .prepare_cached(sql)?
            .query_map(values, |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    CountTaskRow {
                        id: CountId(domain::EventId::from_bytes([0; 16]).0),
                        location: row.get(1)?,
                        zone: row.get(2)?,
                        why: row.get(3)?,
                        opened_at: row.get(4)?,
                        approved_by: row.get(5)?,
                        posted: row.get(6)?,
                        dropped: row.get(7)?,
                        rounds: Vec::new(),
                    },
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter()
            .map(|(id, mut row)| {
                row.rounds = self.count_rounds(&id)?;
                row.id = CountId::parse(&id)
                    .map_err(|e| StoreError::Unreadable { what: "count", detail: e.to_string() })?;
                Ok(row)
            })
            .collect()
    }

    fn count_rounds(&self, id: &str) -> Result<Vec<CountRound>, StoreError> {
        let rows = self
            .conn
            .prepare_cached(
                "SELECT round, at >> 16, actor, watermark, seen FROM count_round
                 WHERE count_id = ?1 ORDER BY round, at",
            )?
            .query_map([id], |row| {
                Ok((
                    row.get::<_, String>(4)?,
                    CountRound {
                        round: row.get(0)?,
                        at: row.get(1)?,
                        actor: row.get(2)?,
                        watermark: row.get(3)?,
                        seen: Vec::new(),
                    },
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter()
            .map(|(seen, round)| Ok(CountRound { seen: serde_json::from_str(&seen)?, ..round }))
            .collect()
    }

    /// What the count plan ranks by, per storage bin: `(code, zone, value in micros, last count,
    /// picks since, discrepancy, empty)`.
    pub fn count_facts(&self) -> Result<Vec<CountFact>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT b.code, b.zone,
                     COALESCE(SUM(s.on_hand * COALESCE(json_extract(p.body, '$.unit_cost'), 0)), 0),
                     (SELECT MAX(posted_at) >> 16 FROM count_task c WHERE c.location = b.code),
                     COALESCE(SUM(s.on_hand), 0), COALESCE(SUM(s.discrepancy), 0),
                     COUNT(DISTINCT s.sku), MAX(s.changed_at) >> 16
                 FROM bin b JOIN stock s ON s.location = b.code
                 LEFT JOIN product p ON p.sku = s.sku
                 WHERE b.kind IN ('pick', 'bulk') GROUP BY b.code ORDER BY b.code",
            )?
            .query_map([], |row| {
                Ok(CountFact {
                    location: row.get(0)?,
                    zone: row.get(1)?,
                    value_micros: row.get(2)?,
                    last_count_millis: row.get(3)?,
                    on_hand: row.get(4)?,
                    discrepancy: row.get(5)?,
                    skus: row.get(6)?,
                    changed_millis: row.get(7)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Moves out of a bin since an instant.
    pub fn picks_since(&self, location: &str, since_millis: i64) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT COUNT(*) FROM stock s JOIN leg g ON g.stock = s.id
                 WHERE s.location = ?1 AND g.at > ?2 AND g.qty < 0",
            )?
            .query_row(params![location, since_millis << 16], |row| row.get(0))?)
    }

    pub fn returns(&self) -> Result<Vec<ReturnLineRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT r.id, r.return_id, r.order_id, r.line, r.qty, r.received, r.dispositioned,
                     COALESCE(r.grade, ''), r.opened_at,
                     EXISTS (SELECT 1 FROM return_approved a WHERE a.id = r.return_id),
                     COALESCE(o.number, ''), COALESCE(o.customer, ''), COALESCE(l.sku, '')
                 FROM return_line r LEFT JOIN orders o ON o.id = r.order_id
                 LEFT JOIN line l ON l.id = r.line
                 WHERE r.return_id IS NOT NULL ORDER BY r.opened_at DESC, r.return_id, r.id LIMIT 2000",
            )?
            .query_map([], |row| {
                Ok(ReturnLineRow {
                    id: row.get(0)?,
                    return_id: row.get(1)?,
                    order_id: row.get(2)?,
                    line: row.get(3)?,
                    qty: Qty(row.get(4)?),
                    received: Qty(row.get(5)?),
                    dispositioned: Qty(row.get(6)?),
                    grade: row.get(7)?,
                    opened_at: row.get(8)?,
                    approved: row.get(9)?,
                    order_number: row.get(10)?,
                    customer: row.get(11)?,
                    sku: row.get(12)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    pub fn decision(&self, sku: &Sku) -> Result<Option<DecisionRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT day, decision, qty, reason FROM proposal_decision WHERE sku = ?1",
            )?
            .query_row([sku.as_str()], |row| {
                Ok(DecisionRow {
                    day: row.get(0)?,
                    decision: row.get(1)?,
                    qty: Qty(row.get(2)?),
                    reason: row.get(3)?,
                })
            })
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// The newest version of a day's plan.
    pub fn plan(&self, day: Day) -> Result<Option<PlanRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, version, state, document FROM plan WHERE day = ?1
                 ORDER BY version DESC LIMIT 1",
            )?
            .query_row([day.0], |row| {
                Ok(PlanRow {
                    id: row.get(0)?,
                    version: row.get(1)?,
                    state: row.get(2)?,
                    document: row.get(3)?,
                })
            })
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn stop_done(&self, order: &str) -> Result<Option<StopDoneRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT delivered, reason, received_by FROM stop_done WHERE order_id = ?1",
            )?
            .query_row([order], |row| {
                Ok(StopDoneRow {
                    delivered: row.get(0)?,
                    reason: row.get(1)?,
                    received_by: row.get(2)?,
                })
            })
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn imports(&self, limit: i64) -> Result<Vec<ImportRow>, StoreError> {
        self.import_rows("?1 IS NOT NULL", &limit)
    }

    pub fn import_by_hash(&self, hash: &str) -> Result<Option<ImportRow>, StoreError> {
        Ok(self.import_rows("file_hash = ?1", &hash)?.pop())
    }

    fn import_rows(
        &self,
        which: &str,
        value: &dyn rusqlite::ToSql,
    ) -> Result<Vec<ImportRow>, StoreError> {
        let sql = format!(
            "SELECT id, at, file_name, file_hash, what, rows, accepted, already_known, errors
             FROM import WHERE {which} ORDER BY at DESC, id DESC LIMIT 200"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map([value], |row| {
                Ok((
                    row.get::<_, String>(8)?,
                    ImportRow {
                        id: row.get(0)?,
                        at: row.get(1)?,
                        file_name: row.get(2)?,
                        file_hash: row.get(3)?,
                        what: row.get(4)?,
                        rows: row.get(5)?,
                        accepted: row.get(6)?,
                        already_known: row.get(7)?,
                        errors: Vec::new(),
                    },
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter()
            .map(|(errors, row)| Ok(ImportRow { errors: serde_json::from_str(&errors)?, ..row }))
            .collect()
    }

    /// A pulse summed by day: `placed`, `picked`, `shipped`, `received` or `net`.
    pub fn pulse_by_day(&self, what: &str, from: Day) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT hour / 24, SUM(qty) FROM pulse WHERE what = ?1 AND hour >= ?2
                 GROUP BY 1 ORDER BY 1",
            )?
            .query_map(params![what, i64::from(from.0) * 24], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// A pulse by hour of one day.
    pub fn pulse_by_hour(&self, what: &str, day: Day) -> Result<Vec<(i64, i64)>, StoreError> {
        let first = i64::from(day.0) * 24;
        Ok(self
            .conn
            .prepare_cached(
                "SELECT hour - ?2, qty FROM pulse WHERE what = ?1 AND hour >= ?2 AND hour < ?2 + 24",
            )?
            .query_map(params![what, first], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    pub fn find_receipts(&self, text: &str) -> Result<Vec<(String, String)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, reference FROM receipt WHERE reference LIKE ?1 ESCAPE '\\' LIMIT 5",
            )?
            .query_map([like(text)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }
}

const COUNT: &str = "SELECT c.id, c.location, COALESCE(b.zone, ''), COALESCE(c.why, ''),
    COALESCE(c.opened_at, 0) >> 16, c.approved_by, c.posted_at IS NOT NULL,
    c.dropped_at IS NOT NULL
    FROM count_task c LEFT JOIN bin b ON b.code = c.location";

/// Facts about one bin for the count plan.
#[derive(Debug, Clone)]
pub struct CountFact {
    pub location: String,
    pub zone: String,
    pub value_micros: i64,
    pub last_count_millis: Option<i64>,
    pub on_hand: i64,
    pub discrepancy: i64,
    pub skus: i64,
    pub changed_millis: i64,
}
