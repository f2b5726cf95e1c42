//! What was wanted here and refused, or cannot be read or applied, each with what to do about it.
//! An entry goes by itself once it is done: the promise stands again, the order is closed, the
//! supervisor has decided, the program was updated.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::reasons;
use crate::view::Nothing;
use domain::{Body, LineId, Qty};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{Db, StoreError, StoredEvent, WhyHeld};
use ts_rs::TS;

/// Releases that are looked at, newest first: most of them were promised again or cancelled.
const RELEASES: i64 = 2_000;
const SHOWN: usize = 200;
/// Why a promise goes that somebody has given; every other release is a person's own wish.
const REFUSED: [&str; 2] = ["promised twice", "stock was lost"];

#[derive(Debug, Serialize, TS)]
pub struct InboxView {
    /// The newest first.
    pub items: Vec<InboxItem>,
}

#[derive(Debug, Serialize, TS)]
pub struct InboxItem {
    /// Of the event that it is about.
    pub id: String,
    pub kind: InboxKind,
    pub at: i64,
    pub what: String,
    pub why: String,
    pub what_to_do: String,
    pub order: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InboxKind {
    /// Units were promised to an order and are no more.
    PromiseTakenBack,
    /// The server has it and does not count it.
    SetAside,
    /// Of a newer program, or of no use to this one.
    Held,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<InboxView, Fault> {
    ctx.read(|db| {
        let mut items = taken_back(ctx, &db)?;
        items.extend(set_aside(ctx, &db)?);
        items.extend(held(ctx, &db)?);
        items.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        items.truncate(SHOWN);
        Ok(InboxView { items })
    })
}

fn taken_back(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<InboxItem>, StoreError> {
    let mut seen: BTreeSet<LineId> = BTreeSet::new();
    let mut items = Vec::new();
    for stored in db.promise_releases(RELEASES)? {
        let Body::PromiseReleased { line, qty, reason } = &stored.event.body else { continue };
        if REFUSED.contains(&reason.as_str()) && seen.insert(*line) {
            items.extend(item(ctx, db, &stored, *line, *qty, reason)?);
        }
    }
    Ok(items)
}

/// `None` once the line has what was ordered, or nobody waits for it.
fn item(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    stored: &StoredEvent,
    line: LineId,
    qty: Qty,
    reason: &str,
) -> Result<Option<InboxItem>, StoreError> {
    let Some(line) = db.line(line)? else { return Ok(None) };
    let missing = line.counters.backordered();
    if missing <= Qty::ZERO {
        return Ok(None);
    }
    let Some(order) = db.order_head(line.order)? else { return Ok(None) };
    let qty = qty.min(missing);
    Ok(Some(InboxItem {
        id: stored.event.id.to_string(),
        kind: InboxKind::PromiseTakenBack,
        at: stored.event.at.millis().0,
        what: ctx.lang.pick(
            format!("{}: {qty} × {} are no longer promised", order.number, line.sku),
            format!("{}：{qty} × {} 不再预留", order.number, line.sku),
        ),
        why: reasons::say(ctx.lang, reason),
        what_to_do: ctx.say(
            "Tell the customer or cancel the line; it is promised again by itself when stock comes in.",
            "请告知客户或取消该行；到货后会自动重新预留。",
        ),
        order: Some(line.order.to_string()),
    }))
}

fn set_aside(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<InboxItem>, StoreError> {
    let aside = db.set_aside(SHOWN as i64)?.into_iter().map(|stored| InboxItem {
        id: stored.event.id.to_string(),
        kind: InboxKind::SetAside,
        at: stored.event.at.millis().0,
        what: ctx.lang.pick(
            format!("The server does not count \"{}\"", stored.event.body.kind()),
            format!("服务器未采纳“{}”", stored.event.body.kind()),
        ),
        why: ctx.say(
            "This desktop may not write such events, or it was shut out.",
            "本机无权写入此类记录，或已被停用。",
        ),
        what_to_do: ctx.say(
            "Ask a supervisor to allow it on the server. Here it still stands: undo it if it is not to.",
            "请主管在服务器上批准。该操作在本机仍有效；如不应保留，请撤销。",
        ),
        order: None,
    });
    Ok(aside.collect())
}

fn held(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<InboxItem>, StoreError> {
    let held = db.held_events()?.into_iter().map(|row| {
        let (why, what_to_do) = match row.why {
            WhyHeld::Newer => (
                ctx.say("It was written by a newer version.", "由更新版本写入。"),
                ctx.say("Update Quayside on this computer.", "请在本机更新 Quayside。"),
            ),
            WhyHeld::Parked => (
                ctx.lang.pick(
                    format!("It cannot be applied: {}.", row.detail),
                    format!("无法应用：{}。", row.detail),
                ),
                ctx.say(
                    "Everything else goes on. Send the diagnostics to whoever looks after Quayside.",
                    "其他工作不受影响。请将诊断信息发送给系统维护人员。",
                ),
            ),
        };
        let kind = super::server::kind(&row.body);
        InboxItem {
            id: row.id.to_string(),
            kind: InboxKind::Held,
            at: row.at.millis().0,
            what: ctx.lang.pick(
                format!("\"{kind}\" from another desktop waits"),
                format!("来自其他电脑的“{kind}”待处理"),
            ),
            why,
            what_to_do,
            order: None,
        }
    });
    Ok(held.collect())
}
