//! Refill a pick face from bulk.

use super::move_stock::carry;
use super::put_away::PutawayArgs;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use domain::Cause;

pub fn run(ctx: &Ctx<'_>, args: PutawayArgs) -> Result<Done, Fault> {
    carry(ctx, Cause::Refill, args.without_reason())
}
