//! Short pick: less is there than the book says. What was found is picked, the bin is doubted until
//! somebody counts it, and the rest is looked for elsewhere at once.

use crate::commands::pick::{open_task, pick};
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use domain::{Body, CountId, HoldScope, Qty};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PickShortArgs {
    pub task_id: String,
    /// How many were found.
    pub qty: i64,
    #[serde(default)]
    pub reason: String,
}

pub fn run(ctx: &Ctx<'_>, args: PickShortArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let task = open_task(w, &args.task_id)?;
        let found = Qty(args.qty);
        if found < Qty::ZERO || found >= task.remaining {
            return Err(Fault::invalid(
                "quantity",
                ctx.lang.pick(
                    format!("a short pick finds less than {}", task.remaining),
                    format!("短拣数量须小于 {}", task.remaining),
                ),
            ));
        }
        if found > Qty::ZERO {
            pick(w, &task, found)?;
        }
        let (sku, location) = (task.key.sku.clone(), task.key.location.clone());
        let missing = task.remaining - found;
        let reason = if args.reason.is_empty() { "short pick".to_owned() } else { args.reason };
        w.record(Body::AllocationReleased {
            allocation: task.id,
            qty: missing,
            reason: reason.clone(),
        })?;
        let hold = HoldScope::Stock { sku: sku.clone(), location: location.clone() };
        w.record(Body::HoldSet { hold, on: true, reason: reason.clone() })?;
        if w.open_count_at(location.as_str())?.is_none() {
            let count = CountId(w.id());
            w.record(Body::CountOpened { count, location: location.clone(), why: reason })?;
        }
        Ok(ctx.lang.pick(
            format!("{missing} × {sku} missing in {location}. A count is open; the rest is looked for elsewhere."),
            format!("{location} 缺 {sku} {missing} 件，已开盘点单，其余改从其他库位拣取。"),
        ))
    })
}
