//! Receipts, and what is on its way.

use super::{Db, like};
use crate::error::StoreError;
use domain::{Qty, Sku};

#[derive(Debug, Clone)]
pub struct ReceiptRow {
    pub id: String,
    pub reference: String,
    pub supplier: String,
    /// When it was announced, 0 when it came unannounced.
    pub opened_millis: i64,
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

impl Db<'_> {
    /// Open receipts first by the day they are expected, then the newest closed ones.
    pub fn receipts(&self, limit: i64) -> Result<Vec<ReceiptRow>, StoreError> {
        self.receipt_rows(
            "FROM (SELECT * FROM receipt WHERE reference IS NOT NULL
                 ORDER BY closed_at IS NOT NULL,
                     CASE WHEN closed_at IS NULL THEN expected_on ELSE -expected_on END, id
                 LIMIT ?1) r",
            &limit,
        )
    }

    pub fn receipt(&self, id: &str) -> Result<Option<ReceiptRow>, StoreError> {
        let which = "FROM (SELECT * FROM receipt WHERE reference IS NOT NULL AND id = ?1) r";
        Ok(self.receipt_rows(which, &id)?.pop())
    }

    /// How many are expected and not closed.
    pub fn open_receipts(&self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT COUNT(*) FROM receipt WHERE closed_at IS NULL AND expected_on IS NOT NULL",
            )?
            .query_row([], |row| row.get(0))?)
    }

    fn receipt_rows(
        &self,
        which: &str,
        value: &dyn rusqlite::ToSql,
    ) -> Result<Vec<ReceiptRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT r.id, r.reference, r.supplier, r.expected_on, r.closed_at IS NOT NULL,
                     COUNT(l.sku), COALESCE(SUM(l.expected), 0), COALESCE(SUM(l.received), 0),
                     COALESCE(r.opened_at, 0) >> 16
                 {which} LEFT JOIN receipt_line l ON l.receipt = r.id GROUP BY r.id
                 ORDER BY r.closed_at IS NOT NULL,
                     CASE WHEN r.closed_at IS NULL THEN r.expected_on ELSE -r.expected_on END, r.id",
            ))?
            .query_map([value], |row| {
                Ok(ReceiptRow {
                    id: row.get(0)?,
                    reference: row.get(1)?,
                    supplier: row.get(2)?,
                    expected_on: row.get(3)?,
                    closed: row.get(4)?,
                    lines: row.get(5)?,
                    expected: row.get(6)?,
                    received: row.get(7)?,
                    opened_millis: row.get(8)?,
                })
            })?
            .collect::<Result<_, _>>()?)
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
