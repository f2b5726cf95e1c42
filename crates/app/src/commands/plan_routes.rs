//! Search for better routes in the background.

use crate::ctx::{Ctx, Done};
use crate::dispatching::document::current;
use crate::dispatching::job;
use crate::problem::Fault;
use serde::Deserialize;
use ts_rs::TS;

/// Longer than anybody waits for a plan.
const SECONDS_MAX: i64 = 600;

#[derive(Debug, Deserialize, TS)]
pub struct PlanArgs {
    pub seconds: i64,
}

pub fn run(ctx: &Ctx<'_>, args: PlanArgs) -> Result<Done, Fault> {
    let now = ctx.read(|db| current(ctx, &db))?;
    if now.doc.input.vans.is_empty() {
        return Err(Fault::said(
            "no_vans",
            ctx.say("There are no vans.", "没有可用车辆。"),
            ctx.say("Add a van first.", "请先添加车辆。"),
        ));
    }
    let stops = now.doc.input.stops.len();
    let seconds = args.seconds.clamp(1, SECONDS_MAX);
    job::start(ctx, now, seconds);
    let message = ctx.lang.pick(
        format!("Planning {stops} stops for {seconds} s."),
        format!("正在规划 {stops} 个站点，用时 {seconds} 秒。"),
    );
    Ok(Done { message, event_ids: Vec::new() })
}
