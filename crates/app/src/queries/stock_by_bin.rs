//! Stock, one row per bin.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{BinRow, StockArgs};
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct BinPage {
    pub rows: Vec<BinRow>,
    pub total: i64,
}

pub fn run(ctx: &Ctx<'_>, args: StockArgs) -> Result<BinPage, Fault> {
    ctx.read(|db| {
        let (rows, total) =
            db.bin_page(args.search.trim(), args.filter.as_str(), args.offset, args.limit)?;
        Ok(BinPage { rows: rows.into_iter().map(BinRow::from).collect(), total })
    })
}
