//! Waves, and the allocations that send pickers to bins.

use super::{Db, id, key_from_row};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{AllocationId, Key, LineId, OrderId, Qty, Sku, WaveId};
use rusqlite::Row;

#[derive(Debug, Clone)]
pub struct AllocationView {
    pub id: AllocationId,
    pub wave: WaveId,
    pub line: LineId,
    pub key: Key,
    pub remaining: Qty,
    pub picked: Qty,
}

/// One thing to pick, with what the floor screen shows.
#[derive(Debug, Clone)]
pub struct PickRow {
    pub allocation: AllocationView,
    pub zone: String,
    pub walk: i64,
    pub expires: Option<i32>,
    pub order_number: String,
}

#[derive(Debug, Clone)]
pub struct WaveRow {
    pub id: WaveId,
    pub name: String,
    pub created_at: i64,
    pub released: bool,
    pub orders: i64,
    pub lines: i64,
    pub units: i64,
    pub picked: i64,
    pub remaining: i64,
    pub short_units: i64,
}

const ALLOCATION: &str = "s.sku, s.lot, s.serial, s.package, s.location, s.owner, s.condition,
    a.id, a.wave, a.line, a.remaining, a.picked";

fn allocation(row: &Row<'_>) -> rusqlite::Result<AllocationView> {
    Ok(AllocationView {
        key: key_from_row(row)?,
        id: id(row, 7, AllocationId::parse)?,
        wave: id(row, 8, WaveId::parse)?,
        line: id(row, 9, LineId::parse)?,
        remaining: Qty(row.get(10)?),
        picked: Qty(row.get(11)?),
    })
}

/// One row for each of the waves that are asked for, the newest first.
fn wave_sql(waves: &str) -> String {
    format!(
        "WITH w AS ({waves}),
         o AS (SELECT wave, COUNT(*) AS orders, SUM(lines) AS lines, SUM(units) AS units,
                 SUM(short_units) AS short
             FROM orders WHERE wave IN (SELECT id FROM w) GROUP BY wave),
         a AS (SELECT wave, SUM(picked) AS picked, SUM(remaining) AS remaining
             FROM allocation WHERE wave IN (SELECT id FROM w) GROUP BY wave)
         SELECT w.id, w.name, w.created_at, w.released_at IS NOT NULL,
             COALESCE(o.orders, 0), COALESCE(o.lines, 0), COALESCE(o.units - o.short, 0),
             COALESCE(a.picked, 0), COALESCE(a.remaining, 0), COALESCE(o.short, 0)
         FROM w LEFT JOIN o ON o.wave = w.id LEFT JOIN a ON a.wave = w.id
         ORDER BY w.created_at DESC, w.id DESC"
    )
}

fn wave(row: &Row<'_>) -> rusqlite::Result<WaveRow> {
    Ok(WaveRow {
        id: id(row, 0, WaveId::parse)?,
        name: row.get(1)?,
        created_at: row.get(2)?,
        released: row.get(3)?,
        orders: row.get(4)?,
        lines: row.get(5)?,
        units: row.get(6)?,
        picked: row.get(7)?,
        remaining: row.get(8)?,
        short_units: row.get(9)?,
    })
}

/// A line of which too much was picked, and too much packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overpicked {
    pub line: LineId,
    pub order: OrderId,
    pub packed: Qty,
    pub picked: Qty,
}

impl Db<'_> {
    pub fn waves(&self, limit: i64) -> Result<Vec<WaveRow>, StoreError> {
        let sql = wave_sql("SELECT * FROM wave ORDER BY created_at DESC, id DESC LIMIT ?1");
        Ok(self.conn.prepare_cached(&sql)?.query_map([limit], wave)?.collect::<Result<_, _>>()?)
    }

    /// The newest wave of that name, whatever the case of its letters.
    pub fn wave_named(&self, name: &str) -> Result<Option<WaveRow>, StoreError> {
        let sql = wave_sql(
            "SELECT * FROM wave WHERE name = ?1 COLLATE NOCASE ORDER BY created_at DESC LIMIT 1",
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([name], wave)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn wave_count(&self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT COUNT(*) FROM wave")?
            .query_row([], |row| row.get(0))?)
    }

    pub fn wave(&self, wanted: WaveId) -> Result<Option<WaveRow>, StoreError> {
        let sql = wave_sql("SELECT * FROM wave WHERE id = ?1");
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([wanted.to_string()], wave)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn orders_of_wave(&self, wave: WaveId) -> Result<Vec<OrderId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT o.id FROM wave_order w JOIN orders o ON o.id = w.order_id
                 WHERE w.wave = ?1 ORDER BY o.placed_at, o.id",
            )?
            .query_map([wave.to_string()], |row| id(row, 0, OrderId::parse))?
            .collect::<Result<_, _>>()?)
    }

    /// What remains to pick in a wave, along the walking path.
    pub fn picks(&self, wave: WaveId) -> Result<Vec<PickRow>, StoreError> {
        let sql = format!(
            "SELECT {ALLOCATION}, COALESCE(b.zone, ''), COALESCE(b.walk, 0), t.expires,
                 COALESCE(o.number, '')
             FROM allocation a JOIN stock s ON s.id = a.stock
             LEFT JOIN bin b ON b.code = s.location
             LEFT JOIN lot t ON t.sku = s.sku AND t.lot = s.lot
             LEFT JOIN line l ON l.id = a.line LEFT JOIN orders o ON o.id = l.order_id
             WHERE a.wave = ?1 AND a.remaining > 0 AND COALESCE(o.held, 0) = 0
             ORDER BY b.walk, s.location, s.sku, a.id"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([wave.to_string()], |row| {
                Ok(PickRow {
                    allocation: allocation(row)?,
                    zone: row.get(12)?,
                    walk: row.get(13)?,
                    expires: row.get(14)?,
                    order_number: row.get(15)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// How many picks of a wave are open, whether their orders are held or not.
    pub fn open_picks(&self, wave: WaveId) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT COUNT(*) FROM allocation WHERE wave = ?1 AND remaining > 0")?
            .query_row([wave.to_string()], |row| row.get(0))?)
    }

    pub fn allocation(&self, wanted: AllocationId) -> Result<Option<AllocationView>, StoreError> {
        let sql = format!(
            "SELECT {ALLOCATION} FROM allocation a JOIN stock s ON s.id = a.stock WHERE a.id = ?1"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([wanted.to_string()], allocation)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn allocations_of_line(&self, line: LineId) -> Result<Vec<AllocationView>, StoreError> {
        self.allocations("a.line = ?1 AND a.remaining > 0", &[&line.to_string()])
    }

    /// Open allocations of a SKU on heaps where more is allocated than is on hand (I3), youngest
    /// first.
    pub fn overdrawn(&self, sku: &Sku) -> Result<Vec<(AllocationView, Qty)>, StoreError> {
        let sql = format!(
            "SELECT {ALLOCATION}, s.allocated - s.on_hand FROM allocation a
             JOIN stock s ON s.id = a.stock
             WHERE s.sku = ?1 AND s.allocated > 0 AND s.allocated > s.on_hand
                 AND a.remaining > 0
             ORDER BY s.id, a.id DESC"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([sku.as_str()], |row| Ok((allocation(row)?, Qty(row.get(12)?))))?
            .collect::<Result<_, _>>()?)
    }

    fn allocations(
        &self,
        which: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<AllocationView>, StoreError> {
        let sql = format!(
            "SELECT {ALLOCATION} FROM allocation a JOIN stock s ON s.id = a.stock
             WHERE {which} ORDER BY a.id"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map(values, allocation)?
            .collect::<Result<_, _>>()?)
    }

    /// Lines of a SKU in released waves whose promise has no bin yet, oldest order first.
    pub fn unallocated(&self, sku: &Sku) -> Result<Vec<(LineId, WaveId, Qty)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT l.id, w.id, l.promised - l.picked - COALESCE((SELECT SUM(remaining)
                     FROM allocation a WHERE a.line = l.id AND a.remaining > 0), 0) AS open
                 FROM line l JOIN orders o ON o.id = l.order_id AND o.held = 0
                 JOIN wave w ON w.id = o.wave AND w.released_at IS NOT NULL
                 WHERE l.sku = ?1 AND l.promised > l.picked AND open > 0
                 ORDER BY o.placed_at, o.at, l.line_no",
            )?
            .query_map([sku.as_str()], |row| {
                Ok((id(row, 0, LineId::parse)?, id(row, 1, WaveId::parse)?, Qty(row.get(2)?)))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Lines of a SKU with more promised than ordered, and how much of it is still to be picked: two
    /// that could not hear each other promised the same.
    pub fn overpromised(&self, sku: &Sku) -> Result<Vec<(LineId, Qty)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, MIN(promised - MAX(ordered - cancelled, 0), promised - picked)
                 FROM line WHERE sku = ?1 AND promised > picked AND promised > ordered - cancelled
                     AND order_id IS NOT NULL",
            )?
            .query_map([sku.as_str()], |row| Ok((id(row, 0, LineId::parse)?, Qty(row.get(1)?))))?
            .collect::<Result<_, _>>()?)
    }

    /// Lines of a SKU with more picked than ordered: two that could not hear each other picked the
    /// same. How much of it has to come out of cartons, and how much has to go back; what is on its
    /// way cannot.
    pub fn overpicked(&self, sku: &Sku) -> Result<Vec<Overpicked>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, order_id,
                     MAX(0, packed - MAX(ordered - cancelled, shipped)),
                     picked - MAX(ordered - cancelled, shipped)
                 FROM line WHERE sku = ?1 AND picked > ordered - cancelled AND picked > shipped
                     AND order_id IS NOT NULL",
            )?
            .query_map([sku.as_str()], |row| {
                Ok(Overpicked {
                    line: id(row, 0, LineId::parse)?,
                    order: id(row, 1, OrderId::parse)?,
                    packed: Qty(row.get(2)?),
                    picked: Qty(row.get(3)?),
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Lines of a SKU with more sent to bins than is still promised, and by how much.
    pub fn overallocated(&self, sku: &Sku) -> Result<Vec<(LineId, Qty)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT l.id, SUM(a.remaining) - (l.promised - l.picked) AS excess FROM stock s
                 JOIN allocation a ON a.stock = s.id AND a.remaining > 0
                 JOIN line l ON l.id = a.line
                 WHERE s.sku = ?1 AND s.allocated > 0 GROUP BY l.id HAVING excess > 0",
            )?
            .query_map([sku.as_str()], |row| Ok((id(row, 0, LineId::parse)?, Qty(row.get(1)?))))?
            .collect::<Result<_, _>>()?)
    }
}
