//! The moves that make a number.

use super::{Db, key_from_row};
use crate::error::StoreError;
use domain::{DaysFrom, Key, Qty, Sku};
use rusqlite::params;

/// One change of one heap: a leg of a move, or the adjustment of a count.
#[derive(Debug, Clone)]
pub struct LegRow {
    pub seq: i64,
    pub at_millis: i64,
    pub qty: Qty,
    pub key: Key,
    /// True for a count's adjustment.
    pub count: bool,
}

impl Db<'_> {
    /// The moves that make one heap's number, newest first, with how many there are in all.
    pub fn legs_of_heap(
        &self,
        heap: i64,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<LegRow>, i64), StoreError> {
        self.legs("s.id = ?1", &[&heap], offset, limit)
    }

    /// The physical moves of a SKU, bin or lot; internal moves show both legs.
    pub fn legs_where(
        &self,
        sku: Option<&str>,
        location: Option<&str>,
        lot: Option<&str>,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<LegRow>, i64), StoreError> {
        // Only the conditions that narrow are written, so that the planner sees an index it can use.
        let narrowed = |given: bool, condition: &str| {
            if given { format!(" AND {condition}") } else { String::new() }
        };
        let which = format!(
            "s.physical = 1 AND ?1 IS ?1 AND ?2 IS ?2 AND ?3 IS ?3{}{}{}",
            narrowed(sku.is_some(), "s.sku = ?1"),
            narrowed(location.is_some(), "s.location = ?2"),
            narrowed(lot.is_some(), "s.lot = ?3"),
        );
        self.legs(&which, &[&sku, &location, &lot], offset, limit)
    }

    fn legs(
        &self,
        which: &str,
        values: &[&dyn rusqlite::ToSql],
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<LegRow>, i64), StoreError> {
        let union = format!(
            "SELECT s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition,
                 g.at AS at, g.seq AS seq, g.qty AS qty, 0 AS counted
             FROM stock s CROSS JOIN leg g ON g.stock = s.id WHERE {which}
             UNION ALL
             SELECT s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition,
                 a.at, a.seq, a.adjustment, 1
             FROM stock s CROSS JOIN anchor a ON a.stock = s.id WHERE {which}"
        );
        let total = self
            .conn
            .prepare_cached(&format!("SELECT COUNT(*) FROM ({union})"))?
            .query_row(values, |row| row.get(0))?;
        let rows = self
            .conn
            .prepare_cached(&format!(
                "{union} ORDER BY at DESC, seq DESC LIMIT {limit} OFFSET {offset}"
            ))?
            .query_map(values, |row| {
                Ok(LegRow {
                    key: key_from_row(row)?,
                    at_millis: row.get::<_, i64>(7)? >> 16,
                    seq: row.get(8)?,
                    qty: Qty(row.get(9)?),
                    count: row.get(10)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok((rows, total))
    }

    /// Sum of all changes of a heap after the clock reading `after`.
    pub fn moved_since(&self, key: &Key, after: i64) -> Result<Vec<(i64, Qty)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT g.at, g.qty FROM leg g JOIN stock s ON s.id = g.stock
                 WHERE s.sku = ?1 AND s.lot = ?2 AND s.serial = ?3 AND s.package = ?4
                     AND s.location = ?5 AND s.owner = ?6 AND s.condition = ?7 AND g.at > ?8
                 ORDER BY g.at, g.seq",
            )?
            .query_map(
                params![
                    key.sku.as_str(),
                    key.lot.as_str(),
                    key.serial.as_str(),
                    key.package,
                    key.location.as_str(),
                    key.owner,
                    key.condition.as_str(),
                    after
                ],
                |row| Ok((row.get(0)?, Qty(row.get(1)?))),
            )?
            .collect::<Result<_, _>>()?)
    }

    /// Net change of a SKU's physical stock per day, for its curve.
    pub fn sku_net_by_day(&self, sku: &Sku, from: DaysFrom) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT ((g.at >> 16) + ?3) / 86400000 AS day, SUM(g.qty) FROM stock s
                 JOIN leg g ON g.stock = s.id
                 WHERE s.sku = ?1 AND s.physical = 1 AND g.at >= ?2 GROUP BY day ORDER BY day",
            )?
            .query_map(params![sku.as_str(), from.since.0 << 16, from.ahead], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<Result<_, _>>()?)
    }
}
