//! The last check before a commit: the invariants that a single row cannot state.

use crate::error::StoreError;
use crate::fold::Touched;
use domain::Qty;
use domain::order::LineCounters;
use rusqlite::{Connection, Row};

pub(crate) fn check(conn: &Connection, touched: &Touched) -> Result<(), StoreError> {
    let mut heap = conn.prepare_cached(
        "SELECT location, sku, allocated, on_hand FROM stock
         WHERE id = ?1 AND physical = 1 AND allocated > on_hand",
    )?;
    for id in &touched.stock {
        let mut rows = heap.query([id])?;
        if let Some(row) = rows.next()? {
            let (location, sku): (String, String) = (row.get(0)?, row.get(1)?);
            let (allocated, on_hand): (i64, i64) = (row.get(2)?, row.get(3)?);
            return Err(StoreError::Invariant {
                name: "I3 allocated <= on hand",
                detail: format!("{sku} in {location}: {allocated} allocated, {on_hand} on hand"),
            });
        }
    }
    let mut line = conn.prepare_cached(
        "SELECT ordered, cancelled, promised, picked, packed, shipped, delivered, returned
         FROM line WHERE id = ?1",
    )?;
    for id in &touched.lines {
        let mut rows = line.query([id])?;
        if let Some(row) = rows.next()? {
            counters(row)?.check().map_err(|link| StoreError::Invariant {
                name: "line counters",
                detail: format!("line {id}: {link} does not hold"),
            })?;
        }
    }
    let mut promise = conn.prepare_cached(
        "SELECT reserved, sellable FROM sku_total WHERE sku = ?1 AND reserved > sellable",
    )?;
    for sku in &touched.skus {
        let mut rows = promise.query([sku.as_str()])?;
        if let Some(row) = rows.next()? {
            let (reserved, sellable): (i64, i64) = (row.get(0)?, row.get(1)?);
            return Err(StoreError::Invariant {
                name: "I4 promises <= sellable",
                detail: format!("{sku}: {reserved} promised, {sellable} sellable"),
            });
        }
    }
    Ok(())
}

pub(crate) fn counters(row: &Row<'_>) -> rusqlite::Result<LineCounters> {
    let at = |index| row.get::<_, i64>(index).map(Qty);
    Ok(LineCounters {
        ordered: at(0)?,
        cancelled: at(1)?,
        allocated: at(2)?,
        picked: at(3)?,
        packed: at(4)?,
        shipped: at(5)?,
        delivered: at(6)?,
        returned: at(7)?,
    })
}
