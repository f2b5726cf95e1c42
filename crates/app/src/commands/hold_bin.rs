//! Hold a bin: nothing in it is sold until somebody releases it.

use super::hold_lot::turn;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::known;
use domain::HoldScope;
use serde::Deserialize;
use store::Db;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct HoldBinArgs {
    pub location: String,
    pub reason: String,
}

impl HoldBinArgs {
    pub(super) fn scope(&self, db: &Db<'_>) -> Result<HoldScope, Fault> {
        Ok(HoldScope::Bin { location: known::bin(db, &self.location)?.code })
    }
}

pub fn run(ctx: &Ctx<'_>, args: HoldBinArgs) -> Result<Done, Fault> {
    let scope = ctx.read(|db| args.scope(&db))?;
    turn(ctx, scope, true, args.reason)
}
