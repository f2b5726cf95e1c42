//! How the house runs: orders beside what was promised, and stock that helps nobody.

use super::Db;
use crate::error::StoreError;
use domain::{Day, Timestamp};

/// An order that was promised for one of the asked days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromisedOrder {
    pub placed_millis: i64,
    pub promise_millis: i64,
    /// When it was in the customer's hands.
    pub delivered_millis: Option<i64>,
}

/// SKUs and what they are worth, by what is wrong with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockHealth {
    pub stocked: i64,
    /// Asked for lately and not there.
    pub out: i64,
    /// Less than the safety stock can be promised.
    pub below_safety: i64,
    /// On hand, and nobody has asked for it.
    pub still: i64,
    pub still_micros: i64,
    /// On hand for longer than the asked days at the pace of late.
    pub too_much: i64,
    pub too_much_micros: i64,
}

impl Db<'_> {
    /// Cancelled orders promise nothing any more.
    pub fn promised_between(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<PromisedOrder>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT o.placed_at, o.promise_at,
                     CASE WHEN s.delivered = 1 THEN s.at >> 16 END
                 FROM orders o LEFT JOIN stop_done s ON s.order_id = o.id
                 WHERE o.promise_at >= ?1 AND o.promise_at < ?2 AND o.state <> 'cancelled'",
            )?
            .query_map([from.0, until.0], |row| {
                Ok(PromisedOrder {
                    placed_millis: row.get(0)?,
                    promise_millis: row.get(1)?,
                    delivered_millis: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// `lately` begins the days that tell the pace, `long` those in which something should have
    /// been asked for; `cover_days` is more than a house should have of anything.
    pub fn stock_health(
        &self,
        lately: Day,
        long: Day,
        today: Day,
        cover_days: i64,
    ) -> Result<StockHealth, StoreError> {
        let days = i64::from((today.0 - lately.0).max(1));
        Ok(self
            .conn
            .prepare_cached(
                "WITH asked AS (
                     SELECT sku, SUM(qty) AS long, SUM(CASE WHEN day >= ?1 THEN qty ELSE 0 END) AS late
                     FROM demand WHERE day >= ?2 GROUP BY sku),
                 each AS (
                     SELECT t.on_hand, t.sellable - t.reserved AS free, t.safety, t.value_micros,
                         COALESCE(a.long, 0) AS long, COALESCE(a.late, 0) AS late
                     FROM sku_total t LEFT JOIN asked a ON a.sku = t.sku)
                 SELECT COALESCE(SUM(on_hand > 0), 0),
                     COALESCE(SUM(on_hand <= 0 AND late > 0), 0),
                     COALESCE(SUM(on_hand > 0 AND safety > 0 AND free < safety), 0),
                     COALESCE(SUM(on_hand > 0 AND long = 0), 0),
                     COALESCE(SUM(CASE WHEN on_hand > 0 AND long = 0 THEN value_micros END), 0),
                     COALESCE(SUM(late > 0 AND on_hand * ?3 > late * ?4), 0),
                     COALESCE(SUM(CASE WHEN late > 0 AND on_hand * ?3 > late * ?4
                         THEN value_micros END), 0)
                 FROM each",
            )?
            .query_row([i64::from(lately.0), i64::from(long.0), days, cover_days], |row| {
                Ok(StockHealth {
                    stocked: row.get(0)?,
                    out: row.get(1)?,
                    below_safety: row.get(2)?,
                    still: row.get(3)?,
                    still_micros: row.get(4)?,
                    too_much: row.get(5)?,
                    too_much_micros: row.get(6)?,
                })
            })?)
    }
}
