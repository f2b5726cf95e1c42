//! What the past weeks were like: for reports, and for what planning learns from.

use super::Db;
use crate::error::StoreError;
use domain::{Day, DaysFrom, Sku, Timestamp, WaveId};
use std::collections::BTreeMap;

/// The orders placed on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderDay {
    pub day: i32,
    pub orders: i64,
    pub units: i64,
    /// Of these, not promised.
    pub short_units: i64,
    pub value_minor: i64,
}

/// A count that was posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCountRow {
    pub location: String,
    pub posted_millis: i64,
    /// Moves out of what was counted since it was counted before.
    pub picks: i64,
    /// Units that the book was wrong by, heap by heap, without sign.
    pub wrong_units: i64,
}

/// Where a bin is, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinPlace {
    pub code: String,
    pub kind: String,
    pub zone: String,
    pub walk: i64,
}

impl Db<'_> {
    pub fn orders_by_day(&self, from: DaysFrom) -> Result<Vec<OrderDay>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT (placed_at + ?2) / 86400000, COUNT(*), SUM(units), SUM(short_units),
                     SUM(value_minor)
                 FROM orders WHERE placed_at >= ?1 GROUP BY 1 ORDER BY 1",
            )?
            .query_map([from.since.0, from.ahead], |row| {
                Ok(OrderDay {
                    day: row.get(0)?,
                    orders: row.get(1)?,
                    units: row.get(2)?,
                    short_units: row.get(3)?,
                    value_minor: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// SKU and units of the lines of orders placed since, and the order's number in time, so that
    /// lines of one order stand together.
    pub fn lines_since(&self, from: Timestamp) -> Result<Vec<(i64, Sku, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT o.rowid, l.sku, l.ordered FROM orders o JOIN line l ON l.order_id = o.id
                 WHERE o.placed_at >= ?1 AND l.sku IS NOT NULL ORDER BY o.rowid, l.line_no",
            )?
            .query_map([from.0], |row| {
                let sku = Sku::parse(&row.get::<_, String>(1)?).unwrap_or_default();
                Ok((row.get(0)?, sku, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// What stood on the same orders as a SKU since, and on how many.
    pub fn bought_with(&self, sku: &Sku, from: Timestamp) -> Result<Vec<(Sku, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT b.sku, COUNT(DISTINCT b.order_id) FROM line a
                 JOIN orders o ON o.id = a.order_id AND o.placed_at >= ?2
                 JOIN line b ON b.order_id = a.order_id AND b.sku <> a.sku
                 WHERE a.sku = ?1 GROUP BY b.sku ORDER BY 2 DESC, b.sku",
            )?
            .query_map(rusqlite::params![sku.as_str(), from.0], |row| {
                Ok((Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(), row.get(1)?))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Units of all SKUs asked for per day.
    pub fn demand_of_all(&self, from: Day) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT day, SUM(qty) FROM demand WHERE day >= ?1 GROUP BY day ORDER BY day",
            )?
            .query_map([from.0], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// How the value of the stock changed on each day, as it was recorded.
    pub fn value_change_by_day(&self, from: DaysFrom) -> Result<BTreeMap<i32, i64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT ((e.at >> 16) + ?2) / 86400000, SUM(j.value_micros) FROM event e
                 JOIN journal j ON j.seq = e.seq WHERE e.at >= ?1 << 16 GROUP BY 1",
            )?
            .query_map([from.since.0, from.ahead], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// Net change of every SKU's physical stock per day: SKU, day, units.
    pub fn net_by_sku(&self, from: DaysFrom) -> Result<Vec<(Sku, i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT s.sku, ((g.at >> 16) + ?2) / 86400000 AS day, SUM(g.qty) FROM stock s
                 JOIN leg g ON g.stock = s.id AND g.at >= ?1 << 16
                 WHERE s.physical = 1 GROUP BY s.sku, day ORDER BY s.sku, day",
            )?
            .query_map([from.since.0, from.ahead], |row| {
                let sku = Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default();
                Ok((sku, row.get(1)?, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// SKUs that were asked for since.
    pub fn skus_asked_for(&self, from: Day) -> Result<Vec<Sku>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT DISTINCT sku FROM demand WHERE day >= ?1 ORDER BY sku")?
            .query_map([from.0], |row| {
                Ok(Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default())
            })?
            .collect::<Result<_, _>>()?)
    }

    /// How many counts were ever posted.
    pub fn posted_counts(&self) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM count_task WHERE posted_at IS NOT NULL";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// All posted counts in order of time. A bin that was empty has no heaps: it was right.
    pub fn past_counts(&self) -> Result<Vec<PastCountRow>, StoreError> {
        let seen = self.counted_heaps()?;
        let mut counts = self.conn.prepare_cached(
            "SELECT id, location, posted_at >> 16 FROM count_task
             WHERE posted_at IS NOT NULL AND location IS NOT NULL ORDER BY posted_at, id",
        )?;
        let rows = counts.query_map([], |row| {
            let (picks, wrong_units) =
                seen.get(row.get_ref(0)?.as_str()?).copied().unwrap_or_default();
            let (location, posted_millis) = (row.get(1)?, row.get(2)?);
            Ok(PastCountRow { location, posted_millis, picks, wrong_units })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// For each count, picks since the count before and units wrong, over its heaps.
    fn counted_heaps(&self) -> Result<BTreeMap<String, (i64, i64)>, StoreError> {
        let mut picks = self.conn.prepare_cached(
            "SELECT COUNT(*) FROM leg WHERE stock = ?1 AND at > ?2 AND at <= ?3 AND qty < 0",
        )?;
        let mut anchors = self.conn.prepare_cached(
            "SELECT stock, at, count_id, ABS(adjustment) FROM anchor ORDER BY stock, at",
        )?;
        let mut seen: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        let mut before = (0_i64, i64::MIN);
        let mut rows = anchors.query([])?;
        while let Some(row) = rows.next()? {
            let (stock, at): (i64, i64) = (row.get(0)?, row.get(1)?);
            let since = if before.0 == stock { before.1 } else { i64::MIN };
            let picked: i64 = picks.query_row([stock, since, at], |row| row.get(0))?;
            let (lines, wrong) = seen.entry(row.get(2)?).or_default();
            *lines += picked;
            *wrong += row.get::<_, i64>(3)?;
            before = (stock, at);
        }
        Ok(seen)
    }

    /// Pick faces and bulk along the walking path.
    pub fn bin_places(&self) -> Result<Vec<BinPlace>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT code, kind, zone, walk FROM bin WHERE kind IN ('pick', 'bulk')
                 ORDER BY walk, code",
            )?
            .query_map([], |row| {
                Ok(BinPlace {
                    code: row.get(0)?,
                    kind: row.get(1)?,
                    zone: row.get(2)?,
                    walk: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Milliliters that each pick face holds.
    pub fn face_capacities(&self) -> Result<BTreeMap<String, i64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT code, COALESCE(json_extract(body, '$.capacity'), 0) FROM bin
                 WHERE kind = 'pick'",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// Every bin that a wave was ever sent to, whether picked by now or not.
    pub fn wave_bins(&self, wave: WaveId) -> Result<Vec<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT DISTINCT s.location FROM allocation a JOIN stock s ON s.id = a.stock
                 WHERE a.wave = ?1 ORDER BY 1",
            )?
            .query_map([wave.to_string()], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }
}
