//! Stock by SKU: totals, pages and cost layers.

use super::{Db, like};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Qty, Sku};
use rusqlite::{Row, params};

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
pub struct CostLayerRow {
    pub at_millis: i64,
    pub qty: Qty,
    pub remaining: Qty,
    pub unit_cost: i64,
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

impl Db<'_> {
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
            // Chosen first, so that the dear columns are worked out for one page only.
            "{SKU_TOTAL} WHERE p.rowid IN (
                 SELECT p.rowid FROM product p LEFT JOIN sku_total t ON t.sku = p.sku
                 WHERE {matching} ORDER BY {order} {direction}, p.sku LIMIT ?3 OFFSET ?4)
             ORDER BY {order} {direction}, p.sku"
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

    /// SKUs of which something can still be promised, and how much.
    pub fn available_skus(&self) -> Result<Vec<(Sku, Qty)>, StoreError> {
        let sql = "SELECT sku, available FROM sku_total WHERE available > 0 ORDER BY sku";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_map([], |row| {
                Ok((Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(), Qty(row.get(1)?)))
            })?
            .collect::<Result<_, _>>()?)
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

    /// Units on hand by age of their cost layer: `(layer day, units)`, days by a clock that is
    /// `ahead` milliseconds of UTC.
    pub fn stock_age(&self, ahead: i64) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT ((at >> 16) + ?1) / 86400000 AS day, SUM(remaining) FROM cost_layer
                 WHERE remaining > 0 GROUP BY day ORDER BY day",
            )?
            .query_map([ahead], |row| Ok((row.get(0)?, row.get(1)?)))?
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
}
