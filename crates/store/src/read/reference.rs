//! Products, bins, people, vans, lots, holds and settings.

use super::{Db, like};
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::fleet::Van;
use domain::person::Person;
use domain::{Bin, Day, HoldScope, LocationCode, LotCode, Product, Sku};
use serde::de::DeserializeOwned;

#[derive(Debug, Clone)]
pub struct HoldRow {
    pub on: bool,
    pub reason: String,
    pub actor: String,
    pub at_millis: i64,
}

impl Db<'_> {
    fn documents<T: DeserializeOwned>(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<T>, StoreError> {
        let texts = self
            .conn
            .prepare_cached(sql)?
            .query_map(values, |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
    }

    pub fn product(&self, sku: &Sku) -> Result<Option<Product>, StoreError> {
        let sql = "SELECT body FROM product WHERE sku = ?1";
        Ok(self.documents(sql, &[&sku.as_str()])?.pop())
    }

    pub fn products(&self) -> Result<Vec<Product>, StoreError> {
        self.documents("SELECT body FROM product ORDER BY sku", &[])
    }

    /// A piece of all products by SKU, and how many there are.
    pub fn product_page(&self, offset: i64, limit: i64) -> Result<(Vec<Product>, i64), StoreError> {
        let sql = "SELECT body FROM product ORDER BY sku LIMIT ?2 OFFSET ?1";
        let page = self.documents(sql, &[&offset, &limit])?;
        let total = self
            .conn
            .prepare_cached("SELECT COUNT(*) FROM product")?
            .query_row([], |row| row.get(0))?;
        Ok((page, total))
    }

    /// The product that a scanned code stands for: SKU, unit barcode or pack barcode.
    pub fn product_by_scan(&self, code: &str) -> Result<Option<Product>, StoreError> {
        let sql = "SELECT body FROM product WHERE sku = ?1 OR barcode = ?1 LIMIT 1";
        if let Some(found) = self.documents(sql, &[&code])?.pop() {
            return Ok(Some(found));
        }
        let packed = "SELECT body FROM product WHERE body LIKE ?1 ESCAPE '\\' LIMIT 20";
        let near: Vec<Product> = self.documents(packed, &[&like(&format!("\"{code}\""))])?;
        Ok(near.into_iter().find(|product| product.units_of_scan(code).is_some()))
    }

    pub fn find_products(&self, text: &str, limit: i64) -> Result<Vec<Product>, StoreError> {
        self.documents(
            "SELECT body FROM product WHERE sku LIKE ?1 ESCAPE '\\' OR name_en LIKE ?1 ESCAPE '\\'
                 OR name_zh LIKE ?1 ESCAPE '\\' OR barcode LIKE ?1 ESCAPE '\\'
             ORDER BY sku LIMIT ?2",
            &[&like(text), &limit],
        )
    }

    pub fn bin(&self, code: &LocationCode) -> Result<Option<Bin>, StoreError> {
        Ok(self.documents("SELECT body FROM bin WHERE code = ?1", &[&code.as_str()])?.pop())
    }

    /// Empty bins of a kind, nearest first.
    pub fn empty_bins(&self, kind: &str, limit: i64) -> Result<Vec<Bin>, StoreError> {
        self.documents(
            "SELECT b.body FROM bin b WHERE b.kind = ?1 AND NOT EXISTS (SELECT 1 FROM stock s
                 WHERE s.location = b.code
                     AND (s.on_hand <> 0 OR s.discrepancy <> 0) AND s.on_hand > 0)
             ORDER BY b.walk, b.code LIMIT ?2",
            rusqlite::params![kind, limit],
        )
    }

    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.documents("SELECT body FROM person ORDER BY id", &[])
    }

    pub fn person(&self, id: &str) -> Result<Option<Person>, StoreError> {
        Ok(self.documents("SELECT body FROM person WHERE id = ?1", &[&id])?.pop())
    }

    pub fn vans(&self) -> Result<Vec<Van>, StoreError> {
        self.documents("SELECT body FROM van ORDER BY id", &[])
    }

    /// `None` when the lot is unknown; `Some(None)` when it does not expire.
    pub fn lot_expiry(&self, sku: &Sku, lot: &LotCode) -> Result<Option<Option<Day>>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT expires FROM lot WHERE sku = ?1 AND lot = ?2")?
            .query_row([sku.as_str(), lot.as_str()], |row| row.get::<_, Option<i32>>(0))
            .map(|day| Some(day.map(Day)))
            .or_else(none_if_missing)?)
    }

    pub fn hold(&self, scope: &HoldScope) -> Result<Option<HoldRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT value, reason, actor, at >> 16 FROM register WHERE name = ?1")?
            .query_row([scope.register()], |row| {
                Ok(HoldRow {
                    on: row.get::<_, String>(0)? == "on",
                    reason: row.get(1)?,
                    actor: row.get(2)?,
                    at_millis: row.get(3)?,
                })
            })
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT value FROM register WHERE name = 'setting/' || ?1")?
            .query_row([name], |row| row.get(0))
            .map(Some)
            .or_else(none_if_missing)?)
    }
}
