//! Hold a lot: none of it is sold until somebody releases it.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::{known, move_words};
use domain::{Body, HoldScope, LotCode};
use serde::Deserialize;
use store::Db;
use store::read::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct HoldLotArgs {
    pub sku: String,
    pub lot: String,
    pub reason: String,
}

impl HoldLotArgs {
    pub(super) fn scope(&self, db: &Db<'_>) -> Result<HoldScope, Fault> {
        let unknown = || Fault::unknown("lot", &self.lot);
        let sku = known::product(db, &self.sku)?.sku;
        let lot = LotCode::parse(&self.lot).map_err(|_| unknown())?;
        let (named, code) = (Some(sku.as_str()), Some(lot.as_str()));
        let here = HeapQuery { sku: named, lot: code, ..HeapQuery::default() };
        if db.lot_expiry(&sku, &lot)?.is_none() && db.heaps(&here)?.is_empty() {
            return Err(unknown());
        }
        Ok(HoldScope::Lot { sku, lot })
    }
}

pub fn run(ctx: &Ctx<'_>, args: HoldLotArgs) -> Result<Done, Fault> {
    let scope = ctx.read(|db| args.scope(&db))?;
    turn(ctx, scope, true, args.reason)
}

/// Sets or lifts a hold. One that is already so is said, not recorded again.
pub(super) fn turn(
    ctx: &Ctx<'_>,
    hold: HoldScope,
    on: bool,
    reason: String,
) -> Result<Done, Fault> {
    ctx.done(|w| {
        let what = move_words::hold(ctx.lang, &hold);
        if w.hold(&hold)?.is_some_and(|row| row.on) != on {
            w.record(Body::HoldSet { hold, on, reason })?;
        }
        Ok(if on {
            ctx.lang.pick(format!("{what} is on hold."), format!("{what} 已冻结。"))
        } else {
            ctx.lang.pick(format!("{what} is free again."), format!("{what} 已解冻。"))
        })
    })
}
