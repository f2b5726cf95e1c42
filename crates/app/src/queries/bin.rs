//! One bin and what lies in it.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::known::{self, Products};
use crate::view::{BinRow, ById, StockKeyRow};
use serde::Serialize;
use store::read::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct BinDetail {
    pub row: BinRow,
    pub keys: Vec<StockKeyRow>,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<BinDetail, Fault> {
    ctx.read(|db| {
        let bin = known::bin(&db, &args.id)?;
        let code = bin.code.as_str();
        // The search matches parts of a code, so the exact one is taken from what it finds.
        let (found, _) = db.bin_page(code, "all", 0, i64::MAX)?;
        let total = found.into_iter().find(|total| total.code == code);
        let total = total.ok_or_else(|| Fault::unknown("bin", code))?;
        let mut products = Products::default();
        let heaps = db.heaps(&HeapQuery { location: Some(code), ..HeapQuery::default() })?;
        let keys = heaps
            .iter()
            .map(|heap| Ok(StockKeyRow::new(ctx, heap, products.get(&db, &heap.key.sku)?)))
            .collect::<Result<_, Fault>>()?;
        Ok(BinDetail { row: total.into(), keys })
    })
}
