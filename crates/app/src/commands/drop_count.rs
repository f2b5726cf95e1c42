//! Drop a count: nobody needs it any more.

use super::start_count::still_open;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::known;
use crate::view::ReasonArgs;
use domain::Body;

pub fn run(ctx: &Ctx<'_>, args: ReasonArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let row = known::count(w, &args.id)?;
        still_open(ctx, &row)?;
        w.record(Body::CountDropped { count: row.id, reason: args.reason })?;
        Ok(ctx.lang.pick(
            format!("Count of {} dropped.", row.location),
            format!("{} 的盘点已取消。", row.location),
        ))
    })
}
