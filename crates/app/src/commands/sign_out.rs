//! Sign out.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::Nothing;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Done, Fault> {
    ctx.app.sessions.close(ctx.token);
    Ok(Done { message: ctx.say("Signed out.", "已退出登录。"), event_ids: Vec::new() })
}
