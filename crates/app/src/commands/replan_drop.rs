//! Keep the plan as it is.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::Nothing;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Done, Fault> {
    *ctx.app.planner.offer() = None;
    Ok(Done {
        message: ctx.say("The plan stays as it is.", "线路保持不变。"),
        event_ids: Vec::new(),
    })
}
