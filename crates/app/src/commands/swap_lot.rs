//! Swap lot: take another lot or bin than the one allocated.

use crate::commands::pick::open_task;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::settle::{allocated, candidates};
use domain::{Body, Qty, Refusal};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct SwapLotArgs {
    pub task_id: String,
    pub lot: String,
    pub location: String,
}

pub fn run(ctx: &Ctx<'_>, args: SwapLotArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let task = open_task(w, &args.task_id)?;
        let other = candidates(w, &task.key.sku)?
            .into_iter()
            .find(|c| c.key.lot.as_str() == args.lot && c.key.location.as_str() == args.location)
            .ok_or_else(|| Fault::unknown("lot", format!("{} {}", args.lot, args.location)))?;
        if other.free < task.remaining {
            return Err(Refusal::NotEnough {
                sku: task.key.sku.clone(),
                location: other.key.location,
                on_hand: other.free.max(Qty::ZERO),
                wanted: task.remaining,
            }
            .into());
        }
        let reason = "lot swapped".to_owned();
        let qty = task.remaining;
        w.record(Body::AllocationReleased { allocation: task.id, qty, reason })?;
        let body = allocated(w, task.wave, task.line, other.key, qty);
        w.record(body)?;
        Ok(ctx.lang.pick(
            format!("Take lot {} from {}.", args.lot, args.location),
            format!("改从 {} 取批号 {}。", args.location, args.lot),
        ))
    })
}
