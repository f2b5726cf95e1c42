//! Whether an event can be taken back, and what stands in the way in words.

use crate::ctx::Ctx;
use crate::problem::Fault;
use domain::id::reversal_of;
use domain::{Body, CartonId, Cause, Event, EventId, LineId};
use store::Db;
use warehouse::undo::{self, Now, Obstacle};

pub fn event(db: &Db<'_>, id: &str) -> Result<Event, Fault> {
    let unknown = || Fault::unknown("event", id);
    let id = EventId::parse(id).map_err(|_| unknown())?;
    Ok(db.event(id)?.ok_or_else(unknown)?.event)
}

pub fn reverse(db: &Db<'_>, event: &Event, reason: &str) -> Result<Result<Body, Obstacle>, Fault> {
    Ok(undo::reversal(event, &now(db, event)?, reason))
}

pub fn undoable(db: &Db<'_>, event: &Event) -> Result<bool, Fault> {
    Ok(reverse(db, event, "")?.is_ok())
}

fn now(db: &Db<'_>, event: &Event) -> Result<Now, Fault> {
    let mut now = Now { undone: db.has_event(reversal_of(event.id))?, ..Now::default() };
    match &event.body {
        Body::Moved(moved) => {
            now.on_hand_there = db.on_hand(&moved.to_key())?.0;
            if let Some(line) = line_of(&moved.cause) {
                now.line = db.line(line)?.map(|row| row.counters);
            }
            if let Some(carton) = carton_of(&moved.cause) {
                now.carton_closed = db.carton(carton)?.is_some_and(|row| row.closed);
            }
        }
        Body::HoldSet { hold, .. } => now.hold_on = db.hold(hold)?.map(|row| row.on),
        _ => {}
    }
    Ok(now)
}

pub fn line_of(cause: &Cause) -> Option<LineId> {
    match cause {
        Cause::Pick { line, .. }
        | Cause::Pack { line, .. }
        | Cause::Load { line, .. }
        | Cause::Deliver { line }
        | Cause::BringBack { line }
        | Cause::Return { line, .. } => Some(*line),
        Cause::Receipt { .. }
        | Cause::Putaway
        | Cause::Transfer
        | Cause::Refill
        | Cause::Grade { .. }
        | Cause::Scrap => None,
    }
}

fn carton_of(cause: &Cause) -> Option<CartonId> {
    match cause {
        Cause::Pack { carton, .. } => Some(*carton),
        _ => None,
    }
}

pub fn why_not(ctx: &Ctx<'_>, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::AlreadyUndone => ctx.say("it was already undone", "已撤销过"),
        Obstacle::IsReversal => ctx.say(
            "it is itself an undo; do the work again instead",
            "它本身就是撤销记录，请直接重做原操作",
        ),
        Obstacle::CountAgain => {
            ctx.say("a count is corrected by counting again", "盘点结果只能通过重新盘点更正")
        }
        Obstacle::NotStock => {
            ctx.say("only moves of stock and holds can be undone", "只能撤销库存移动和冻结")
        }
        Obstacle::Gone { location, on_hand, qty } => ctx.lang.pick(
            format!("only {on_hand} of {qty} still stand in {location}"),
            format!("{location} 只剩 {on_hand}，原操作为 {qty}"),
        ),
        Obstacle::NextStep => {
            ctx.say("a later step of the order rests on it", "订单的后续步骤已依赖此操作")
        }
        Obstacle::CartonClosed => ctx.say("the carton is closed", "箱子已封箱"),
        Obstacle::HoldChanged => ctx.say("the hold has been changed since", "冻结状态之后已被更改"),
    }
}
