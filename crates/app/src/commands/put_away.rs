//! Put goods from the dock into a bin.

use super::move_stock::{MoveStockArgs, carry};
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use domain::Cause;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PutawayArgs {
    pub key: String,
    pub to: String,
    pub qty: i64,
}

impl PutawayArgs {
    pub(super) fn without_reason(self) -> MoveStockArgs {
        MoveStockArgs { key: self.key, to: self.to, qty: self.qty, reason: String::new() }
    }
}

pub fn run(ctx: &Ctx<'_>, args: PutawayArgs) -> Result<Done, Fault> {
    carry(ctx, Cause::Putaway, args.without_reason())
}
