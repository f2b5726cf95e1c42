//! Stop importing a map; the map in use stays.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::Nothing;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Done, Fault> {
    ctx.app.planner.map_job().stopping = true;
    let message = ctx.say("Import stopped; the map is unchanged.", "已停止导入，地图未变。");
    Ok(Done { message, event_ids: Vec::new() })
}
