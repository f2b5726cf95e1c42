//! Stock, one row per lot, the first to expire on top.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::stock_by_sku::EXPIRING_DAYS;
use crate::view::{StockArgs, StockFilter, day_text};
use serde::Serialize;
use store::read::LotTotal;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct LotRow {
    pub sku: String,
    pub name: String,
    pub lot: String,
    pub expires: String,
    pub days_left: Option<i32>,
    pub on_hand: i64,
    pub allocated: i64,
    pub bins: i64,
    pub hold: String,
}

#[derive(Debug, Serialize, TS)]
pub struct LotPage {
    pub rows: Vec<LotRow>,
    pub total: i64,
}

pub fn run(ctx: &Ctx<'_>, args: StockArgs) -> Result<LotPage, Fault> {
    let today = ctx.today().0;
    let narrowed = matches!(args.filter, StockFilter::Held | StockFilter::Expiring);
    let wanted = |lot: &LotTotal| match args.filter {
        StockFilter::Held => !lot.hold.is_empty(),
        StockFilter::Expiring => lot.expires.is_some_and(|day| day <= today + EXPIRING_DAYS),
        StockFilter::All | StockFilter::Low | StockFilter::Out | StockFilter::Discrepancy => true,
    };
    let search = args.search.trim();
    ctx.read(|db| {
        if !narrowed {
            let (lots, total) = db.lot_page(search, args.offset, args.limit)?;
            return Ok(LotPage {
                rows: lots.into_iter().map(|lot| row(ctx, lot)).collect(),
                total,
            });
        }
        let (lots, _) = db.lot_page(search, 0, i64::MAX)?;
        let lots: Vec<LotTotal> = lots.into_iter().filter(wanted).collect();
        let total = lots.len() as i64;
        let skip = usize::try_from(args.offset).unwrap_or(0);
        let take = usize::try_from(args.limit).unwrap_or(0);
        let rows = lots.into_iter().skip(skip).take(take).map(|lot| row(ctx, lot)).collect();
        Ok(LotPage { rows, total })
    })
}

fn row(ctx: &Ctx<'_>, lot: LotTotal) -> LotRow {
    let chinese = ctx.lang.is_zh() && !lot.name_zh.is_empty();
    LotRow {
        sku: lot.sku.to_string(),
        name: if chinese { lot.name_zh } else { lot.name_en },
        lot: lot.lot.to_string(),
        expires: day_text(lot.expires),
        days_left: lot.expires.map(|day| day - ctx.today().0),
        on_hand: lot.on_hand.0,
        allocated: lot.allocated.0,
        bins: lot.bins,
        hold: lot.hold,
    }
}
