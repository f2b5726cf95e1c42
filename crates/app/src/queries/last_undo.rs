//! The newest thing this person did that can be taken back: what Ctrl+Z means right now.

use super::undo_preview::title;
use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::reversal;
use crate::view::Nothing;
use domain::Body;
use serde::Serialize;
use ts_rs::TS;

/// Further back than this nobody means "undo that".
const LOOK_BACK_EVENTS: i64 = 50;

#[derive(Debug, Default, Serialize, TS)]
pub struct LastUndo {
    pub event_id: Option<String>,
    pub title: String,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<LastUndo, Fault> {
    let me = ctx.actor();
    ctx.read(|db| {
        for stored in db.newest_events(LOOK_BACK_EVENTS)? {
            let event = stored.event;
            let mine = event.actor == me && matches!(event.body, Body::Moved(_));
            if mine && reversal::undoable(&db, &event)? {
                let title = title(ctx, &db, &event.body)?;
                return Ok(LastUndo { event_id: Some(event.id.to_string()), title });
            }
        }
        Ok(LastUndo::default())
    })
}
