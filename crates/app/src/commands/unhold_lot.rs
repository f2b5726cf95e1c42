//! Release a lot from hold.

use super::hold_lot::{HoldLotArgs, turn};
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;

pub fn run(ctx: &Ctx<'_>, args: HoldLotArgs) -> Result<Done, Fault> {
    let scope = ctx.read(|db| args.scope(&db))?;
    turn(ctx, scope, false, args.reason)
}
