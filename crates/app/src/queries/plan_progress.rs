//! How far the background planning is.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{FoundView, Nothing, PlanProgress};

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<PlanProgress, Fault> {
    let mut job = ctx.app.planner.job();
    if let Some(error) = job.failed.take() {
        return Err(Fault::invalid("plan", error));
    }
    let found = job.found.as_ref().map(|(_, plan)| FoundView {
        meters: plan.meters.0,
        seconds: plan.seconds.0,
        vans: plan.routes.len(),
        unplanned: plan.unplanned.len(),
    });
    Ok(PlanProgress {
        running: job.running,
        elapsed_ms: job.elapsed_ms,
        iterations: job.iterations,
        curve: job.curve.clone(),
        offer: found.is_some(),
        found,
    })
}
