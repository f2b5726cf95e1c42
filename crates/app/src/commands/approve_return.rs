//! Approve a return: the customer may send it.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::ById;
use domain::{Body, ReturnId};

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Done, Fault> {
    let unknown = || Fault::unknown("return", &args.id);
    let id = ReturnId::parse(&args.id).map_err(|_| unknown())?;
    ctx.done(|w| {
        let lines = w.returns()?;
        let line = lines.iter().find(|line| line.return_id == args.id).ok_or_else(unknown)?;
        if !line.approved {
            w.record(Body::ReturnApproved { id })?;
        }
        Ok(ctx.lang.pick(
            format!("Return for {} approved.", line.order_number),
            format!("{} 的退货已批准。", line.order_number),
        ))
    })
}
