//! Keep a stop on its van, whatever planning finds.

use crate::ctx::Ctx;
use crate::dispatching::edit::{edit, edited, refused};
use crate::problem::Fault;
use crate::view::DispatchView;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct LockArgs {
    pub id: String,
    pub locked: bool,
}

pub fn run(ctx: &Ctx<'_>, args: LockArgs) -> Result<DispatchView, Fault> {
    edit(ctx, |_, now, doc| {
        doc.plan = dispatch::set_stop_lock(&doc.plan, &args.id, args.locked)
            .map_err(|refusal| refused(ctx, &refusal))?;
        Ok(edited(now, doc))
    })
}
