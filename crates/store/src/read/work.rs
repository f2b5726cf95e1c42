//! Returns, proposals, plans, deliveries, imports and the pulses for charts.

use super::Db;
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Day, DaysFrom, Qty, Sku, Timestamp};
use rusqlite::{Row, params};
use std::collections::{BTreeMap, HashMap};

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

const DECISION: &str = "SELECT sku, day, decision, qty, reason FROM proposal_decision";

fn decision(row: &Row<'_>) -> rusqlite::Result<(Sku, DecisionRow)> {
    Ok((
        Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
        DecisionRow {
            day: row.get(1)?,
            decision: row.get(2)?,
            qty: Qty(row.get(3)?),
            reason: row.get(4)?,
        },
    ))
}

impl Db<'_> {
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

    /// Units of each SKU asked for since `from`; SKUs that nobody asked for are absent. One pass over
    /// all is three times as quick as a look for each.
    pub fn demand_since(&self, from: Day) -> Result<HashMap<Sku, i64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT sku, SUM(qty) FROM demand WHERE day >= ?1 GROUP BY sku")?
            .query_map([from.0], |row| {
                Ok((Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(), row.get(1)?))
            })?
            .collect::<Result<_, _>>()?)
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

    /// The last decision about a product's proposal.
    pub fn decision(&self, sku: &Sku) -> Result<Option<DecisionRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("{DECISION} WHERE sku = ?1"))?
            .query_row([sku.as_str()], decision)
            .map(|(_, row)| Some(row))
            .or_else(none_if_missing)?)
    }

    /// The last decision about each product, where it was made on this day or later.
    pub fn decisions_since(&self, day: Day) -> Result<BTreeMap<Sku, DecisionRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("{DECISION} WHERE day >= ?1"))?
            .query_map([day.0], decision)?
            .collect::<Result<_, _>>()?)
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
    pub fn pulse_by_day(&self, what: &str, from: DaysFrom) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT (hour * 3600000 + ?3) / 86400000, SUM(qty) FROM pulse
                 WHERE what = ?1 AND hour >= ?2
                 GROUP BY 1 ORDER BY 1",
            )?
            .query_map(params![what, hour(from.since), from.ahead], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// A pulse by the 24 hours after an instant.
    pub fn pulse_by_hour(
        &self,
        what: &str,
        from: Timestamp,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT hour - ?2, qty FROM pulse WHERE what = ?1 AND hour >= ?2 AND hour < ?2 + 24",
            )?
            .query_map(params![what, hour(from)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }
}

/// Pulses are kept by whole hours of UTC; a clock that is half an hour off shares them out as near.
fn hour(at: Timestamp) -> i64 {
    at.0.div_euclid(3_600_000)
}
