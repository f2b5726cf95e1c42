//! What waits, with the screen where it is done.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::proposals::open_count;
use crate::view::Tone;
use serde::Serialize;
use store::Db;
use store::read::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct TodayCard {
    pub key: &'static str,
    pub label: String,
    pub count: i64,
    pub tone: Tone,
    pub screen: &'static str,
    pub view: &'static str,
}

/// Key, English, Chinese, screen, view, and the tone when there is any. The order is the order of
/// the work.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, Tone);

const ROWS: [Row; 12] = [
    ("ready", "Ready for a wave", "待排波次", "orders", "ready", Tone::Plain),
    ("short", "Short of stock", "缺货", "orders", "short", Tone::Warn),
    ("late", "Late", "已逾期", "orders", "late", Tone::Stop),
    ("hold", "On hold", "已冻结", "orders", "hold", Tone::Warn),
    ("picking", "Picking", "拣货中", "pick", "", Tone::Plain),
    ("to_pack", "To pack", "待打包", "pack", "", Tone::Plain),
    ("to_load", "To load", "待装车", "route", "", Tone::Plain),
    ("receipts", "Expected receipts", "待收货", "receive", "expected", Tone::Plain),
    ("putaway", "To put away", "待上架", "receive", "putaway", Tone::Plain),
    ("counts", "Open counts", "待盘点", "count", "open", Tone::Plain),
    ("proposals", "To order", "待采购", "buy", "open", Tone::Plain),
    ("discrepancies", "Discrepancies", "库存差异", "stock", "discrepancies", Tone::Warn),
];

pub(super) fn cards(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<TodayCard>, Fault> {
    let mut cards = Vec::with_capacity(ROWS.len());
    for (key, en, zh, screen, view, tone) in ROWS {
        let count = count(ctx, db, key)?;
        let tone = if count == 0 { Tone::Good } else { tone };
        cards.push(TodayCard { key, label: ctx.say(en, zh), count, tone, screen, view });
    }
    Ok(cards)
}

fn count(ctx: &Ctx<'_>, db: &Db<'_>, key: &str) -> Result<i64, Fault> {
    Ok(match key {
        "receipts" => db.open_receipts()?,
        "putaway" => {
            let docks = HeapQuery { kind: Some("dock"), ..HeapQuery::default() };
            db.heaps(&docks)?.len() as i64
        }
        "counts" => db.counts(false)?.len() as i64,
        "proposals" => open_count(ctx, db)?,
        "discrepancies" => db.stock_sums()?.2,
        orders => db.order_count(orders, ctx.now.0)?,
    })
}
