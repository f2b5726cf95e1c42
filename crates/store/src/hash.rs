//! The state hash: one number for every order-free projection. Two books that hold the same events
//! have the same hash, whatever the order of arrival (I8).

use crate::error::StoreError;
use crate::read::Db;
use rusqlite::types::ValueRef;

/// Natural keys and values only: no row ids, no recording order, nothing derived from prices.
const TABLES: &[&str] = &[
    "SELECT sku, lot, serial, package, location, owner, condition, raw, on_hand, discrepancy,
         allocated, picks FROM stock WHERE raw <> 0 OR on_hand <> 0 OR allocated <> 0
     ORDER BY sku, lot, serial, package, location, owner, condition",
    "SELECT s.sku, s.lot, s.serial, s.location, a.at, a.counted, a.adjustment, a.count_id
     FROM anchor a JOIN stock s ON s.id = a.stock ORDER BY 1, 2, 3, 4, 5, 8",
    "SELECT id, order_id, sku, ordered, cancelled, promised, picked, packed, shipped, delivered,
         returned FROM line ORDER BY id",
    "SELECT id, state, held, units, short_units, wave FROM orders ORDER BY id",
    "SELECT id, line, qty, released, picked, remaining FROM allocation ORDER BY id",
    "SELECT name, at, value FROM register ORDER BY name",
    "SELECT sku, at FROM product ORDER BY sku",
    "SELECT code, at FROM bin ORDER BY code",
    "SELECT sku, lot, expires FROM lot ORDER BY sku, lot",
    "SELECT receipt, sku, expected, received FROM receipt_line ORDER BY receipt, sku",
    "SELECT id, number, order_id, closed_at FROM carton ORDER BY id",
    "SELECT id, location, approved_by, posted_at, dropped_at FROM count_task ORDER BY id",
    "SELECT id, qty, received, dispositioned, grade FROM return_line ORDER BY id",
    "SELECT day, version, state FROM plan ORDER BY day, version",
    "SELECT order_id, delivered FROM stop_done ORDER BY order_id",
    "SELECT id, streets, until, opened_at FROM closure ORDER BY id",
    "SELECT sku, day, qty FROM demand ORDER BY sku, day",
    "SELECT sku, on_hand, sellable, held, reserved, allocated, discrepancy, available
         FROM sku_total WHERE on_hand <> 0 OR reserved <> 0 ORDER BY sku",
    "SELECT order_id, at, code FROM proof ORDER BY order_id",
    "SELECT van, at, lon_e7, lat_e7 FROM van_seen ORDER BY van",
];

impl Db<'_> {
    /// Hex digits of the state hash.
    pub fn state_hash(&self) -> Result<String, StoreError> {
        let mut hasher = blake3::Hasher::new();
        for (index, sql) in TABLES.iter().enumerate() {
            hasher.update(&[0xff, index as u8]);
            let mut statement = self.conn.prepare_cached(sql)?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    match row.get_ref(column)? {
                        ValueRef::Null => hasher.update(&[0]),
                        ValueRef::Integer(value) => {
                            hasher.update(&[1]).update(&value.to_le_bytes())
                        }
                        ValueRef::Real(value) => hasher.update(&[2]).update(&value.to_le_bytes()),
                        ValueRef::Text(text) | ValueRef::Blob(text) => hasher
                            .update(&[3])
                            .update(&(text.len() as u64).to_le_bytes())
                            .update(text),
                    };
                }
            }
        }
        Ok(hasher.finalize().to_hex()[..16].to_owned())
    }
}
