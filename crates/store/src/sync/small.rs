//! Quotas and leases: what was lent to this desktop.

use crate::error::StoreError;
use crate::read::Db;
use crate::tx::Tx;
use domain::{Qty, Sku, Timestamp};
use rusqlite::{OptionalExtension, params};

/// Totals that only grow; what may still be promised offline is granted - spent - returned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuotaRow {
    pub granted: Qty,
    pub spent: Qty,
    pub returned: Qty,
}

impl Db<'_> {
    pub fn quota(&self, sku: &Sku) -> Result<QuotaRow, StoreError> {
        let row = self
            .conn
            .prepare_cached("SELECT granted, spent, returned FROM quota WHERE sku = ?1")?
            .query_row([sku.as_str()], |row| {
                Ok(QuotaRow {
                    granted: Qty(row.get(0)?),
                    spent: Qty(row.get(1)?),
                    returned: Qty(row.get(2)?),
                })
            })
            .optional()?;
        Ok(row.unwrap_or_default())
    }

    /// When the task was asked for and for how long it is ours, in milliseconds.
    pub fn lease(&self, task: &str) -> Result<Option<(Timestamp, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT asked_at, span_ms FROM lease WHERE task = ?1")?
            .query_row([task], |row| Ok((Timestamp(row.get(0)?), row.get(1)?)))
            .optional()?)
    }
}

impl Tx<'_> {
    /// Writes totals; a smaller one than is known changes nothing.
    pub fn raise_quota(&mut self, sku: &Sku, to: QuotaRow) -> Result<(), StoreError> {
        self.conn()
            .prepare_cached(
                "INSERT INTO quota (sku, granted, spent, returned) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (sku) DO UPDATE SET granted = MAX(granted, excluded.granted),
                     spent = MAX(spent, excluded.spent),
                     returned = MAX(returned, excluded.returned)",
            )?
            .execute(params![sku.as_str(), to.granted.0, to.spent.0, to.returned.0])?;
        Ok(())
    }

    pub fn set_lease(
        &mut self,
        task: &str,
        asked: Timestamp,
        span_ms: i64,
    ) -> Result<(), StoreError> {
        self.conn()
            .prepare_cached(
                "INSERT OR REPLACE INTO lease (task, asked_at, span_ms) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![task, asked.0, span_ms])?;
        Ok(())
    }

    pub fn drop_lease(&mut self, task: &str) -> Result<(), StoreError> {
        self.conn().prepare_cached("DELETE FROM lease WHERE task = ?1")?.execute([task])?;
        Ok(())
    }
}
