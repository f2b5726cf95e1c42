//! What undoing would do, before anybody does it.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::{move_words, reversal};
use crate::view::ById;
use domain::order::LineCounters;
use domain::{Body, Key, Move};
use serde::Serialize;
use store::Db;
use ts_rs::TS;
use warehouse::undo::counters_after;

#[derive(Debug, Serialize, TS)]
pub struct UndoEffect {
    pub what: String,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Serialize, TS)]
pub struct UndoPreview {
    pub event_id: String,
    pub allowed: bool,
    pub why_not: String,
    pub title: String,
    pub effects: Vec<UndoEffect>,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<UndoPreview, Fault> {
    ctx.read(|db| {
        let event = reversal::event(&db, &args.id)?;
        let outcome = reversal::reverse(&db, &event, "")?;
        let why_not = match &outcome {
            Ok(_) => String::new(),
            Err(obstacle) => reversal::why_not(ctx, obstacle),
        };
        let effects = match &outcome {
            Ok(body) => effects(ctx, &db, body)?,
            Err(_) => Vec::new(),
        };
        Ok(UndoPreview {
            event_id: args.id.clone(),
            allowed: outcome.is_ok(),
            why_not,
            title: title(ctx, &db, &event.body)?,
            effects,
        })
    })
}

/// "Picked 3 × Mug: A-01-1 → PACK-1".
pub(super) fn title(ctx: &Ctx<'_>, db: &Db<'_>, body: &Body) -> Result<String, Fault> {
    let what = move_words::title(ctx.lang, body);
    Ok(match body {
        Body::Moved(m) => {
            let name = ctx.product_name(db.product(&m.sku)?.as_ref(), &m.sku);
            let from = move_words::place(ctx.lang, &m.from.location);
            let to = move_words::place(ctx.lang, &m.to.location);
            let qty = m.qty;
            ctx.lang.pick(
                format!("{what} {qty} × {name}: {from} → {to}"),
                format!("{what} {name} {qty} 件：{from} → {to}"),
            )
        }
        Body::HoldSet { hold, .. } => {
            let scope = move_words::hold(ctx.lang, hold);
            ctx.lang.pick(format!("{what}: {scope}"), format!("{what}：{scope}"))
        }
        _ => what,
    })
}

fn effects(ctx: &Ctx<'_>, db: &Db<'_>, back: &Body) -> Result<Vec<UndoEffect>, Fault> {
    match back {
        Body::Moved(m) => {
            let mut effects = Vec::new();
            for (key, change) in [(m.from_key(), -m.qty.0), (m.to_key(), m.qty.0)] {
                effects.extend(heap_effect(ctx, db, &key, change)?);
            }
            if let Some(line) = reversal::line_of(&m.cause)
                && let Some(row) = db.line(line)?
            {
                effects.extend(line_effect(ctx, m, row.counters));
            }
            Ok(effects)
        }
        Body::HoldSet { hold, on, .. } => {
            let word =
                |on| if on { ctx.say("on hold", "冻结") } else { ctx.say("free", "可用") };
            let what = move_words::hold(ctx.lang, hold);
            Ok(vec![UndoEffect { what, before: word(!on), after: word(*on) }])
        }
        _ => Ok(Vec::new()),
    }
}

/// Supplier and customer have no shelf to look at.
fn heap_effect(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    key: &Key,
    change: i64,
) -> Result<Option<UndoEffect>, Fault> {
    if key.location.is_virtual() {
        return Ok(None);
    }
    let on_hand = db.on_hand(key)?.0.0;
    let lot = if key.lot.is_none() { String::new() } else { format!(" · {}", key.lot) };
    let name = ctx.product_name(db.product(&key.sku)?.as_ref(), &key.sku);
    Ok(Some(UndoEffect {
        what: ctx.lang.pick(
            format!("{name}{lot} on hand in {}", key.location),
            format!("{} 的 {name}{lot} 在库", key.location),
        ),
        before: on_hand.to_string(),
        after: (on_hand + change).to_string(),
    }))
}

fn line_effect(ctx: &Ctx<'_>, back: &Move, before: LineCounters) -> Vec<UndoEffect> {
    let after = counters_after(&back.cause, before, -back.qty.0);
    let counters = [
        (ctx.say("Order line: picked", "订单行：已拣"), before.picked, after.picked),
        (ctx.say("Order line: packed", "订单行：已装箱"), before.packed, after.packed),
        (ctx.say("Order line: shipped", "订单行：已装车"), before.shipped, after.shipped),
        (ctx.say("Order line: delivered", "订单行：已签收"), before.delivered, after.delivered),
        (ctx.say("Order line: returned", "订单行：已退货"), before.returned, after.returned),
    ];
    counters
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(what, before, after)| UndoEffect {
            what,
            before: before.to_string(),
            after: after.to_string(),
        })
        .collect()
}
