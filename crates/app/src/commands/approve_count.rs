//! Approve a count: the book takes over what was last seen.

use super::start_count::still_open;
use super::submit_count::post;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::known;
use crate::view::ById;
use domain::{Body, Hlc, Refusal};

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Done, Fault> {
    ctx.done(|w| {
        let row = known::count(w, &args.id)?;
        still_open(ctx, &row)?;
        let last = match row.rounds.as_slice() {
            [_, .., last] => last.clone(),
            _ => {
                return Err(Refusal::WrongState {
                    what: "count",
                    is: ctx.say("not recounted yet", "尚未复盘"),
                    needs: "Let another person recount first.",
                }
                .into());
            }
        };
        w.record(Body::CountApproved { count: row.id })?;
        post(w, &row, Hlc(last.watermark), last.seen)?;
        Ok(ctx.lang.pick(
            format!("Count of {} approved and posted.", row.location),
            format!("{} 的盘点已批准并过账。", row.location),
        ))
    })
}
