//! Alerts about how much there is of something: one each, once a supervisor's limit is passed.

use super::alerts::Alert;
use super::{fill_rate, promises};
use crate::alerting::{AlertKind, AlertRules};
use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::Tone;
use store::Db;
use store::read::ReceiptRow;

const WEEK: i32 = 7;

pub(super) fn alerts(ctx: &Ctx<'_>, db: &Db<'_>, rules: &AlertRules) -> Result<Vec<Alert>, Fault> {
    let mut found = Vec::new();
    for kind in AlertKind::ALL {
        let Some(limit) = rules.limit(kind) else { continue };
        found.extend(level(ctx, db, kind, limit)?);
    }
    Ok(found)
}

/// `None` while the limit holds, and for kinds that name each thing by itself.
fn level(ctx: &Ctx<'_>, db: &Db<'_>, kind: AlertKind, limit: i64) -> Result<Option<Alert>, Fault> {
    let more = |is: i64| (is > limit).then_some(is);
    let (is, screen, view) = match kind {
        AlertKind::ShortOrders => (more(db.order_count("short", ctx.now.0)?), "orders", "short"),
        AlertKind::WaitingOrders => (more(db.order_count("ready", ctx.now.0)?), "orders", "ready"),
        AlertKind::OpenCounts => (more(db.counts(false)?.len() as i64), "count", "open"),
        AlertKind::OverdueReceipts => {
            (Some(overdue(ctx, db, limit)?).filter(|n| *n > 0), "receive", "expected")
        }
        AlertKind::FillRate => {
            (Some(fill_rate(db)?).filter(|is| *is < limit * 10), "orders", "short")
        }
        AlertKind::PromiseKept => {
            let days = promises::by_day(ctx, db, ctx.today().plus(-WEEK), ctx.today())?;
            (promises::kept_permille(&days).filter(|is| *is < limit * 10), "orders", "late")
        }
        AlertKind::LateOrders | AlertKind::Discrepancies | AlertKind::ExpiringLots => {
            return Ok(None);
        }
    };
    Ok(is.map(|is| {
        let (text, what_to_do) = words(ctx, kind, is, limit);
        let tone = Tone::Warn;
        let id = format!("level/{kind:?}").to_lowercase();
        // There is no single thing to open, only the view where they stand.
        let (since, target) = (ctx.now.0, String::new());
        Alert { id, tone, text, what_to_do, since, screen, view, target }
    }))
}

/// Receipts still open more than so many days after they were expected.
fn overdue(ctx: &Ctx<'_>, db: &Db<'_>, days: i64) -> Result<i64, Fault> {
    let today = i64::from(ctx.today().0);
    // The open ones come first.
    let open = db.receipts(db.open_receipts()?)?;
    let late = |row: &&ReceiptRow| !row.closed && today - i64::from(row.expected_on) > days;
    Ok(open.iter().filter(late).count() as i64)
}

fn words(ctx: &Ctx<'_>, kind: AlertKind, is: i64, limit: i64) -> (String, String) {
    let percent = |permille: i64| format!("{}.{} %", permille / 10, permille % 10);
    let say = |en: String, zh: String, do_en: &str, do_zh: &str| {
        (ctx.lang.pick(en, zh), ctx.say(do_en, do_zh))
    };
    match kind {
        AlertKind::ShortOrders => say(
            format!("{is} orders are short of stock, more than {limit}."),
            format!("{is} 单缺货，超过 {limit} 单。"),
            "Buy, or offer substitutes.",
            "请补货，或提供替代品。",
        ),
        AlertKind::WaitingOrders => say(
            format!("{is} orders wait for a wave, more than {limit}."),
            format!("{is} 单待排波次，超过 {limit} 单。"),
            "Release a wave.",
            "请下发波次。",
        ),
        AlertKind::OverdueReceipts => say(
            format!("{is} receipts are overdue by more than {limit} days."),
            format!("{is} 张到货单延误超过 {limit} 天。"),
            "Call the suppliers.",
            "请联系供应商。",
        ),
        AlertKind::OpenCounts => say(
            format!("{is} counts are open, more than {limit}."),
            format!("{is} 个盘点未完成，超过 {limit} 个。"),
            "Send somebody counting.",
            "请安排盘点。",
        ),
        AlertKind::FillRate => say(
            format!("Fill rate {}, below {limit} %.", percent(is)),
            format!("一次满足率 {}，低于 {limit}%。", percent(is)),
            "Look at what is short.",
            "请查看缺货订单。",
        ),
        AlertKind::PromiseKept => say(
            format!("Promises kept in the last week: {}, below {limit} %.", percent(is)),
            format!("近一周准时交付率 {}，低于 {limit}%。", percent(is)),
            "Look at what is late.",
            "请查看逾期订单。",
        ),
        AlertKind::LateOrders | AlertKind::Discrepancies | AlertKind::ExpiringLots => {
            Default::default()
        }
    }
}
