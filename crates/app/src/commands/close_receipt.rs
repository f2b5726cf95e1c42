//! Close a receipt: nothing more of it is expected.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::ById;
use domain::{Body, ReceiptId, Refusal};

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Done, Fault> {
    let unknown = || Fault::unknown("receipt", &args.id);
    let receipt = ReceiptId::parse(&args.id).map_err(|_| unknown())?;
    ctx.done(|w| {
        let row = w.receipt(&args.id)?.ok_or_else(unknown)?;
        if row.closed {
            return Err(Refusal::WrongState {
                what: "receipt",
                is: ctx.say("closed", "已关闭"),
                needs: "It needs no more work.",
            }
            .into());
        }
        w.record(Body::ReceiptClosed { receipt })?;
        let missing = row.expected - row.received;
        let reference = &row.reference;
        Ok(if missing > 0 {
            ctx.lang.pick(
                format!("{reference} closed; {missing} units did not come."),
                format!("{reference} 已关闭，有 {missing} 件未到。"),
            )
        } else {
            ctx.lang.pick(format!("{reference} closed."), format!("{reference} 已关闭。"))
        })
    })
}
