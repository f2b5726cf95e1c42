//! Take the plan that the search found.

use crate::ctx::Ctx;
use crate::dispatching::{edit, job};
use crate::problem::Fault;
use crate::view::{DispatchView, Nothing};

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<DispatchView, Fault> {
    let found = ctx.app.planner.job().found.clone();
    let (from, plan) = found.ok_or_else(|| {
        Fault::said(
            "nothing_found",
            ctx.say("There is no new plan to take.", "没有可采用的新方案。"),
            ctx.say("Plan first.", "请先规划。"),
        )
    })?;
    let newest = ctx.read(|db| Ok(db.plan(from.day)?.map_or(0, |row| row.version)))?;
    if newest != from.version() {
        return Err(Fault::said(
            "plan_changed",
            ctx.say("The plan was changed while the search ran.", "规划期间线路已被修改。"),
            ctx.say("Plan again.", "请重新规划。"),
        ));
    }
    job::take(ctx, &from, plan)?;
    // Only what was saved is no longer on offer.
    ctx.app.planner.job().found = None;
    edit::show(ctx)
}
