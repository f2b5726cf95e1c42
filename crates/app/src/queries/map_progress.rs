//! How far the import of a map is.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{MapProgress, Nothing};

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<MapProgress, Fault> {
    let job = ctx.app.planner.map_job();
    Ok(MapProgress {
        running: job.running,
        stage: job.stage,
        per_mille: job.per_mille,
        failed: job.failed.clone(),
    })
}
