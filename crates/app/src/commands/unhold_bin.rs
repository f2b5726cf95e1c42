//! Release a bin from hold.

use super::hold_bin::HoldBinArgs;
use super::hold_lot::turn;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;

pub fn run(ctx: &Ctx<'_>, args: HoldBinArgs) -> Result<Done, Fault> {
    let scope = ctx.read(|db| args.scope(&db))?;
    turn(ctx, scope, false, args.reason)
}
