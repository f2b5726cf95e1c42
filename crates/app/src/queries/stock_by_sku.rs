//! Stock, one row per SKU.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{MoneyView, SkuRow, StockArgs};
use serde::Serialize;
use store::read::{SkuQuery, SkuSort};

/// Lots that expire within this many days are worth a look.
pub(crate) const EXPIRING_DAYS: i32 = 30;

#[derive(Debug, Serialize)]
pub struct SkuPage {
    pub rows: Vec<SkuRow>,
    pub total: i64,
    pub units: i64,
    pub value: MoneyView,
}

pub fn run(ctx: &Ctx<'_>, args: StockArgs) -> Result<SkuPage, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let (rows, total, units, value) = db.sku_page(&SkuQuery {
            search: args.search.trim(),
            filter: &args.filter,
            expiring_until: ctx.today().plus(EXPIRING_DAYS).0,
            sort: match args.sort.as_str() {
                "name" => SkuSort::Name,
                "available" => SkuSort::Available,
                "value" => SkuSort::Value,
                "on_hand" => SkuSort::OnHand,
                _ => SkuSort::Sku,
            },
            descending: args.descending,
            offset: args.offset,
            limit: args.limit,
        })?;
        let rows = rows.iter().map(|total| SkuRow::new(ctx, &house, total)).collect();
        Ok(SkuPage { rows, total, units, value: house.money_from_micros(value) })
    })
}
