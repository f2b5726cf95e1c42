//! Stop searching; what was found so far is offered.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::Nothing;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Done, Fault> {
    ctx.app.planner.job().cancel();
    Ok(Done { message: ctx.say("Planning stopped.", "已停止规划。"), event_ids: Vec::new() })
}
