//! An order's timeline in words.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::reasons;
use domain::money::decimal;
use domain::order::PaymentKind;
use domain::{Body, Cause, Move};
use serde::Serialize;
use store::Db;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct TimelineEntry {
    pub event_id: String,
    pub at: i64,
    pub actor: String,
    pub what: String,
    pub detail: String,
    pub undoable: bool,
}

pub fn timeline(ctx: &Ctx<'_>, db: &Db<'_>, order: &str) -> Result<Vec<TimelineEntry>, Fault> {
    let people: std::collections::BTreeMap<String, String> =
        db.people()?.into_iter().map(|person| (person.id.0, person.name)).collect();
    Ok(db
        .order_trail(order)?
        .into_iter()
        .filter_map(|entry| {
            let (what, detail) = words(ctx, &entry.event.body)?;
            let reversal = matches!(&entry.event.body, Body::Moved(m) if m.reverses.is_some());
            let moved = matches!(&entry.event.body, Body::Moved(_));
            Some(TimelineEntry {
                event_id: entry.event.id.to_string(),
                at: entry.event.at.millis().0,
                actor: people
                    .get(&entry.event.actor.0)
                    .cloned()
                    .unwrap_or_else(|| entry.event.actor.0.clone()),
                what: if entry.undone {
                    format!("{what} {}", ctx.say("(undone)", "（已撤销）"))
                } else {
                    what
                },
                detail,
                undoable: moved && !reversal && !entry.undone,
            })
        })
        .collect())
}

/// `None` for events that say nothing to a person reading the order.
fn words(ctx: &Ctx<'_>, body: &Body) -> Option<(String, String)> {
    let lang = ctx.lang;
    Some(match body {
        Body::OrderPlaced { order } => (
            ctx.say("Placed", "已下单"),
            lang.pick(format!("from {}", order.channel), format!("来源 {}", order.channel)),
        ),
        Body::Promised { qty, .. } => (ctx.say("Reserved", "已预留"), qty.to_string()),
        Body::PromiseReleased { qty, reason, .. } => (
            ctx.say("Reservation released", "预留已释放"),
            format!("{qty} · {}", reasons::say(lang, reason)),
        ),
        Body::LineCancelled { qty, reason, .. } => {
            (ctx.say("Cancelled", "已取消"), format!("{qty} · {}", reasons::say(lang, reason)))
        }
        Body::HoldSet { on: true, reason, .. } => {
            (ctx.say("Put on hold", "已暂停"), reasons::say(lang, reason))
        }
        Body::HoldSet { on: false, .. } => (ctx.say("Hold lifted", "已恢复"), String::new()),
        Body::Paid { what, amount_minor, .. } => {
            let what = match what {
                PaymentKind::Authorized => ctx.say("Payment authorized", "付款已授权"),
                PaymentKind::Captured => ctx.say("Payment captured", "已收款"),
                PaymentKind::Refunded => ctx.say("Refunded", "已退款"),
                PaymentKind::Voided => ctx.say("Authorization voided", "授权已撤销"),
                PaymentKind::Failed => ctx.say("Payment failed", "付款失败"),
                PaymentKind::Unknown => ctx.say("Payment unknown", "付款状态未知"),
            };
            (what, decimal(*amount_minor))
        }
        Body::WavePlanned { name, .. } => (ctx.say("Joined a wave", "已入波次"), name.clone()),
        Body::Allocated { key, qty, .. } => {
            (ctx.say("Allocated", "已分配"), format!("{qty} × {} · {}", key.sku, key.location))
        }
        Body::CartonOpened { number, .. } => (ctx.say("Carton opened", "已开箱"), number.clone()),
        Body::OrderLocated { found, .. } => (ctx.say("Place set", "已定位"), found.clone()),
        Body::StopDone { delivered: true, received_by, .. } => {
            (ctx.say("Delivered", "已签收"), received_by.clone())
        }
        Body::StopDone { delivered: false, reason, .. } => {
            (ctx.say("Delivery failed", "未送达"), reason.clone())
        }
        Body::ProofKept { code, .. } => (ctx.say("Proof of delivery", "签收凭证"), code.clone()),
        Body::ReturnOpened { .. } => (ctx.say("Return opened", "已申请退货"), String::new()),
        Body::Moved(m) => (moved(ctx, m), moved_detail(m)),
        _ => return None,
    })
}

fn moved(ctx: &Ctx<'_>, m: &Move) -> String {
    let word = match &m.cause {
        Cause::Pick { .. } => ctx.say("Picked", "已拣"),
        Cause::Pack { .. } => ctx.say("Packed", "已装箱"),
        Cause::Load { .. } => ctx.say("Loaded", "已装车"),
        Cause::Deliver { .. } => ctx.say("Delivered", "已签收"),
        Cause::BringBack { .. } => ctx.say("Brought back", "已带回"),
        Cause::Return { .. } | Cause::Grade { .. } => ctx.say("Returned", "已退回"),
        Cause::Receipt { .. } | Cause::Putaway | Cause::Transfer | Cause::Refill | Cause::Scrap => {
            ctx.say("Moved", "已移动")
        }
    };
    if m.reverses.is_some() { format!("{}: {word}", ctx.say("Undone", "撤销")) } else { word }
}

fn moved_detail(m: &Move) -> String {
    let lot = if m.lot.is_none() { String::new() } else { format!(" · {}", m.lot) };
    format!("{} × {}{lot} · {} → {}", m.qty, m.sku, m.from.location, m.to.location)
}
