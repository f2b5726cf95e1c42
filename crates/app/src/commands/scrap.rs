//! Scrap stock: it leaves the house for good, with a reason.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::known;
use domain::{Body, Cause, LocationCode, Move, Spot};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct ScrapArgs {
    pub key: String,
    pub qty: i64,
    pub reason: String,
}

pub fn run(ctx: &Ctx<'_>, args: ScrapArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let heap = known::heap(w, &args.key)?;
        let qty = known::enough(&heap, args.qty)?;
        if heap.key.location.is_virtual() {
            return Err(Fault::unknown("bin", &heap.key.location));
        }
        let name = ctx.product_name(w.product(&heap.key.sku)?.as_ref(), &heap.key.sku);
        let key = heap.key;
        let text = ctx.lang.pick(
            format!("Scrapped {qty} × {name} from {}.", key.location),
            format!("已从 {} 报废 {name} {qty} 件。", key.location),
        );
        w.record(Body::Moved(Move {
            sku: key.sku,
            lot: key.lot,
            serial: key.serial,
            owner: key.owner,
            to: Spot { condition: key.condition, ..Spot::at(LocationCode::scrap()) },
            from: Spot { location: key.location, condition: key.condition, package: key.package },
            qty,
            cause: Cause::Scrap,
            reason: args.reason,
            reverses: None,
        }))?;
        Ok(text)
    })
}
