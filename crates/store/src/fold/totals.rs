//! One row per SKU, derived once per batch from what the batch changed.

use super::Fold;
use crate::error::StoreError;
use crate::read::Db;
use rusqlite::params;

/// What may be promised: good, our own, loose, in a bin that sells.
const SELLABLE: &str = "stock.condition = 'good' AND stock.owner = '' AND stock.package = ''
    AND bin.sellable = 1";

const NOT_HELD: &str =
    "AND NOT EXISTS (SELECT 1 FROM register r WHERE r.value = 'on' AND r.name IN (
    'hold/lot/' || stock.sku || '/' || stock.lot, 'hold/bin/' || stock.location,
    'hold/stock/' || stock.sku || '/' || stock.location))";

impl Fold<'_> {
    /// I9: on hand = sellable + held, available = sellable - reserved - safety.
    pub(super) fn derive_sku_totals(&mut self) -> Result<(), StoreError> {
        let skus = std::mem::take(&mut self.skus);
        if skus.is_empty() {
            return Ok(());
        }
        // Most houses hold nothing back most of the time, and three look-ups a heap are dear.
        let not_held = if Db::new(self.conn).anything_held()? { NOT_HELD } else { "" };
        let sql = format!(
            "WITH s AS (
                SELECT COALESCE(SUM(on_hand), 0) AS on_hand,
                    COALESCE(SUM(on_hand) FILTER (WHERE {SELLABLE} {not_held}), 0) AS sellable,
                    COALESCE(SUM(allocated), 0) AS allocated,
                    COALESCE(SUM(discrepancy), 0) AS discrepancy,
                    COUNT(*) FILTER (WHERE on_hand > 0) AS bins
                FROM stock LEFT JOIN bin ON bin.code = stock.location
                WHERE stock.sku = ?1 AND (stock.on_hand <> 0 OR stock.discrepancy <> 0)
                    AND physical = 1),
            r AS (SELECT COALESCE(SUM(promised - picked), 0) AS reserved
                FROM line WHERE sku = ?1 AND promised > picked),
            v AS (SELECT COALESCE(SUM(remaining * unit_cost), 0) AS value
                FROM cost_layer WHERE sku = ?1 AND remaining > 0),
            p AS (SELECT COALESCE((SELECT safety FROM product WHERE sku = ?1), 0) AS safety)
            INSERT OR REPLACE INTO sku_total (sku, on_hand, sellable, held, reserved, allocated,
                discrepancy, bins, available, value_micros, safety)
            SELECT ?1, on_hand, sellable, on_hand - sellable, reserved, allocated, discrepancy,
                bins, sellable - reserved - safety, value, safety FROM s, r, v, p"
        );
        let mut derive = self.conn.prepare_cached(&sql)?;
        for sku in skus {
            derive.execute(params![sku.as_str()])?;
            self.touched.skus.insert(sku);
        }
        Ok(())
    }
}
