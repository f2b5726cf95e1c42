//! Undo by a reversing entry. Undoing twice is the same entry, and is refused by name.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::{move_words, reversal};
use domain::Refusal;
use domain::id::reversal_of;
use serde::Deserialize;
use ts_rs::TS;
use warehouse::undo::Obstacle;

#[derive(Debug, Deserialize, TS)]
pub struct UndoArgs {
    pub event_id: String,
    pub reason: String,
}

pub fn run(ctx: &Ctx<'_>, args: UndoArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let event = reversal::event(w, &args.event_id)?;
        let body = reversal::reverse(w, &event, &args.reason)?.map_err(|obstacle| {
            if obstacle == Obstacle::AlreadyUndone {
                return Fault::from(Refusal::AlreadyUndone);
            }
            Refusal::NotUndoable { why: reversal::why_not(ctx, &obstacle) }.into()
        })?;
        w.record_as(reversal_of(event.id), body)?;
        let what = move_words::title(ctx.lang, &event.body);
        Ok(ctx.lang.pick(format!("Undone: {what}."), format!("已撤销：{what}。")))
    })
}
