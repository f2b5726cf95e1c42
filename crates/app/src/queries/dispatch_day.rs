//! Today's routes, stops and vans.

use crate::ctx::Ctx;
use crate::dispatching::edit::show;
use crate::dispatching::job;
use crate::problem::Fault;
use crate::view::{DispatchView, Nothing};

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<DispatchView, Fault> {
    show(ctx)
}

/// Plans today and saves the plan, always the same from the same book.
pub fn plan_now(ctx: &Ctx<'_>, iterations: u64) -> Result<DispatchView, Fault> {
    job::plan_and_save(ctx, iterations)?;
    show(ctx)
}
