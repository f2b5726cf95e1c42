//! The other lots and bins a pick could be taken from.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{ById, day_text};
use domain::AllocationId;
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct LotOption {
    pub lot: String,
    pub expires: String,
    pub location: String,
    pub on_hand: i64,
    pub free: i64,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Vec<LotOption>, Fault> {
    let unknown = || Fault::unknown("pick", &args.id);
    let id = AllocationId::parse(&args.id).map_err(|_| unknown())?;
    ctx.read(|db| {
        let task = db.allocation(id)?.ok_or_else(unknown)?;
        db.candidates(&task.key.sku)?
            .into_iter()
            .filter(|stock| stock.key != task.key)
            .map(|stock| {
                let (on_hand, _) = db.on_hand(&stock.key)?;
                Ok(LotOption {
                    lot: stock.key.lot.to_string(),
                    expires: day_text(stock.expires),
                    location: stock.key.location.to_string(),
                    on_hand: on_hand.0,
                    free: stock.free.0,
                })
            })
            .collect()
    })
}
