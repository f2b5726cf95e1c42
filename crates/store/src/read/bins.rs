//! Stock by bin and by lot.

use super::{Db, like};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{LocationCode, LotCode, Qty, Sku};
use rusqlite::params;

#[derive(Debug, Clone)]
pub struct BinTotal {
    pub code: String,
    pub kind: String,
    pub zone: String,
    pub skus: i64,
    pub units: Qty,
    pub weight_g: i64,
    pub volume_ml: i64,
    pub capacity_ml: i64,
    pub discrepancy: Qty,
    pub hold: String,
    pub last_count_millis: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct LotTotal {
    pub sku: Sku,
    pub name_en: String,
    pub name_zh: String,
    pub lot: LotCode,
    pub expires: Option<i32>,
    pub on_hand: Qty,
    pub allocated: Qty,
    pub bins: i64,
    pub hold: String,
}

impl Db<'_> {
    pub fn bin_page(
        &self,
        search: &str,
        filter: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<BinTotal>, i64), StoreError> {
        let filter = match filter {
            "discrepancy" => {
                "EXISTS (SELECT 1 FROM stock s WHERE s.location = b.code AND s.discrepancy <> 0)"
            }
            "held" => {
                "EXISTS (SELECT 1 FROM register r WHERE r.name = 'hold/bin/' || b.code
                 AND r.value = 'on')"
            }
            "out" => {
                "NOT EXISTS (SELECT 1 FROM stock s WHERE s.location = b.code
                 AND (s.on_hand <> 0 OR s.discrepancy <> 0) AND s.on_hand > 0)"
            }
            _ => "1",
        };
        let matching =
            format!("({filter}) AND (b.code LIKE ?1 ESCAPE '\\' OR b.zone LIKE ?1 ESCAPE '\\')");
        let pattern = like(search);
        let total = self
            .conn
            .prepare_cached(&format!("SELECT COUNT(*) FROM bin b WHERE {matching}"))?
            .query_row([&pattern], |row| row.get(0))?;
        let sql = format!(
            "SELECT b.code, b.kind, b.zone,
                (SELECT COUNT(DISTINCT sku) FROM stock WHERE location = b.code
                    AND (on_hand <> 0 OR discrepancy <> 0) AND on_hand > 0),
                (SELECT COALESCE(SUM(on_hand), 0) FROM stock WHERE location = b.code
                    AND (on_hand <> 0 OR discrepancy <> 0) AND on_hand > 0),
                (SELECT COALESCE(SUM(on_hand * json_extract(p.body, '$.weight')), 0)
                    FROM stock s JOIN product p ON p.sku = s.sku
                    WHERE s.location = b.code
                 AND (s.on_hand <> 0 OR s.discrepancy <> 0) AND s.on_hand > 0),
                (SELECT COALESCE(SUM(on_hand * json_extract(p.body, '$.volume')), 0)
                    FROM stock s JOIN product p ON p.sku = s.sku
                    WHERE s.location = b.code
                 AND (s.on_hand <> 0 OR s.discrepancy <> 0) AND s.on_hand > 0),
                json_extract(b.body, '$.capacity'),
                (SELECT COALESCE(SUM(discrepancy), 0) FROM stock
                    WHERE location = b.code AND discrepancy <> 0),
                COALESCE((SELECT reason FROM register WHERE name = 'hold/bin/' || b.code
                    AND value = 'on'), ''),
                (SELECT MAX(posted_at) >> 16 FROM count_task WHERE location = b.code)
             FROM (SELECT * FROM bin b WHERE {matching} ORDER BY b.walk, b.code
                 LIMIT ?2 OFFSET ?3) b
             ORDER BY b.walk, b.code"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![pattern, limit, offset], |row| {
                Ok(BinTotal {
                    code: row.get(0)?,
                    kind: row.get(1)?,
                    zone: row.get(2)?,
                    skus: row.get(3)?,
                    units: Qty(row.get(4)?),
                    weight_g: row.get(5)?,
                    volume_ml: row.get(6)?,
                    capacity_ml: row.get(7)?,
                    discrepancy: Qty(row.get(8)?),
                    hold: row.get(9)?,
                    last_count_millis: row.get(10)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok((rows, total))
    }

    pub fn lot_page(
        &self,
        search: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<LotTotal>, i64), StoreError> {
        let base = "FROM stock s JOIN product p ON p.sku = s.sku
            LEFT JOIN lot l ON l.sku = s.sku AND l.lot = s.lot
            WHERE s.lot <> '' AND s.physical = 1 AND s.on_hand > 0
                AND (s.sku LIKE ?1 ESCAPE '\\' OR s.lot LIKE ?1 ESCAPE '\\'
                    OR p.name_en LIKE ?1 ESCAPE '\\' OR p.name_zh LIKE ?1 ESCAPE '\\')
            GROUP BY s.sku, s.lot";
        let pattern = like(search);
        let total = self
            .conn
            .prepare_cached(&format!("SELECT COUNT(*) FROM (SELECT 1 {base})"))?
            .query_row([&pattern], |row| row.get(0))?;
        let sql = format!(
            "SELECT s.sku, p.name_en, p.name_zh, s.lot, l.expires, SUM(s.on_hand), SUM(s.allocated),
                COUNT(*), COALESCE((SELECT reason FROM register WHERE name = 'hold/lot/' || s.sku
                    || '/' || s.lot AND value = 'on'), '')
             {base} ORDER BY l.expires IS NULL, l.expires, s.sku, s.lot LIMIT ?2 OFFSET ?3"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![pattern, limit, offset], |row| {
                Ok(LotTotal {
                    sku: Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
                    name_en: row.get(1)?,
                    name_zh: row.get(2)?,
                    lot: LotCode::parse_optional(&row.get::<_, String>(3)?).unwrap_or_default(),
                    expires: row.get(4)?,
                    on_hand: Qty(row.get(5)?),
                    allocated: Qty(row.get(6)?),
                    bins: row.get(7)?,
                    hold: row.get(8)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok((rows, total))
    }

    /// Lots on hand whose code holds the text: product, lot and units.
    pub fn find_lots(
        &self,
        text: &str,
        limit: i64,
    ) -> Result<Vec<(Sku, LotCode, Qty)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT s.sku, s.lot, SUM(s.on_hand) FROM stock s
                 WHERE s.lot <> '' AND s.physical = 1 AND s.on_hand > 0
                     AND s.lot LIKE ?1 ESCAPE '\\'
                 GROUP BY s.sku, s.lot LIMIT ?2",
            )?
            .query_map(params![like(text), limit], |row| {
                Ok((
                    Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
                    LotCode::parse_optional(&row.get::<_, String>(1)?).unwrap_or_default(),
                    Qty(row.get(2)?),
                ))
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Milliliters that the stock in a bin takes up.
    pub fn used_ml(&self, location: &LocationCode) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT COALESCE(SUM(s.on_hand * json_extract(p.body, '$.volume')), 0)
                 FROM stock s JOIN product p ON p.sku = s.sku
                 WHERE s.location = ?1 AND (s.on_hand <> 0 OR s.discrepancy <> 0)
                     AND s.on_hand > 0",
            )?
            .query_row([location.as_str()], |row| row.get(0))?)
    }

    /// A condition's default bin of a kind: the first along the walking path.
    pub fn first_bin(&self, kind: &str) -> Result<Option<LocationCode>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT code FROM bin WHERE kind = ?1 ORDER BY walk, code LIMIT 1")?
            .query_row([kind], |row| row.get::<_, String>(0))
            .map(|code| LocationCode::parse(&code).ok())
            .or_else(none_if_missing)?)
    }
}
