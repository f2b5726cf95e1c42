//! What is sold and stored.

use crate::code::Sku;
use crate::measure::{Grams, Milliliters, Qty};
use crate::money::UnitCost;
use serde::{Deserialize, Serialize};

/// Which stock leaves first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Removal {
    /// Oldest arrival first.
    #[default]
    Fifo,
    /// Earliest expiry first.
    Fefo,
    /// Shortest walk first.
    Nearest,
}

/// A pack level as an integer ratio to the smallest unit ("case" = 12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOfMeasure {
    pub name: String,
    pub per: i64,
    #[serde(default)]
    pub barcode: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub sku: Sku,
    pub name_en: String,
    pub name_zh: String,
    pub category: String,
    /// GTIN-13 of the smallest unit, or empty.
    pub barcode: String,
    pub unit: String,
    #[serde(default)]
    pub units: Vec<UnitOfMeasure>,
    pub weight: Grams,
    pub volume: Milliliters,
    #[serde(default)]
    pub removal: Removal,
    #[serde(default)]
    pub lot_tracked: bool,
    #[serde(default)]
    pub expiry_tracked: bool,
    #[serde(default)]
    pub serial_tracked: bool,
    pub supplier: String,
    pub unit_cost: UnitCost,
    /// Selling price of one unit in minor units of the site's currency.
    pub price_minor: i64,
    /// Kept back from promises.
    #[serde(default)]
    pub safety: Qty,
    /// Order pack of the supplier; proposals are multiples of it.
    pub pack: Qty,
    pub moq: Qty,
    pub lead_time_days: i32,
}

impl Product {
    pub fn name(&self, chinese: bool) -> &str {
        if chinese && !self.name_zh.is_empty() { &self.name_zh } else { &self.name_en }
    }

    /// The units that one scan of `code` stands for, if the code belongs to this product.
    pub fn units_of_scan(&self, code: &str) -> Option<i64> {
        if code == self.sku.as_str() || (!self.barcode.is_empty() && code == self.barcode) {
            return Some(1);
        }
        self.units.iter().find(|u| !u.barcode.is_empty() && u.barcode == code).map(|u| u.per)
    }
}
