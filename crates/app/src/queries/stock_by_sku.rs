//! Stock, one row per SKU.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{MoneyView, SkuRow, StockArgs, StockSort};
use serde::Serialize;
use store::read::{SkuQuery, SkuSort};
use ts_rs::TS;

/// Lots that expire within this many days are worth a look.
pub(crate) const EXPIRING_DAYS: i32 = 30;

#[derive(Debug, Serialize, TS)]
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
            filter: args.filter.as_str(),
            expiring_until: ctx.today().plus(EXPIRING_DAYS).0,
            sort: match args.sort {
                StockSort::Sku => SkuSort::Sku,
                StockSort::Name => SkuSort::Name,
                StockSort::Available => SkuSort::Available,
                StockSort::Value => SkuSort::Value,
                StockSort::OnHand => SkuSort::OnHand,
            },
            descending: args.descending,
            offset: args.offset,
            limit: args.limit,
        })?;
        let rows = rows.iter().map(|total| SkuRow::new(ctx, &house, total)).collect();
        Ok(SkuPage { rows, total, units, value: house.money_from_micros(value) })
    })
}
