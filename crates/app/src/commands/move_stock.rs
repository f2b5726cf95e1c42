//! Move stock from one bin to another. Putting away and refilling are the same move with another
//! cause.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::known;
use domain::{Body, Cause, Move, Spot};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct MoveStockArgs {
    pub key: String,
    pub to: String,
    pub qty: i64,
    pub reason: String,
}

pub fn run(ctx: &Ctx<'_>, args: MoveStockArgs) -> Result<Done, Fault> {
    carry(ctx, Cause::Transfer, args)
}

pub(super) fn carry(ctx: &Ctx<'_>, cause: Cause, args: MoveStockArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let heap = known::heap(w, &args.key)?;
        let to = known::bin(w, &args.to)?.code;
        let qty = known::enough(&heap, args.qty)?;
        if to == heap.key.location {
            return Err(Fault::invalid("bin", ctx.say("it is already there", "货物已在该库位")));
        }
        let name = ctx.product_name(w.product(&heap.key.sku)?.as_ref(), &heap.key.sku);
        let key = heap.key;
        let spot =
            |location| Spot { location, condition: key.condition, package: key.package.clone() };
        let (from, to) = (spot(key.location.clone()), spot(to));
        let text = ctx.lang.pick(
            format!("{qty} × {name}: {} → {}.", from.location, to.location),
            format!("{name} {qty} 件：{} → {}。", from.location, to.location),
        );
        w.record(Body::Moved(Move {
            sku: key.sku,
            lot: key.lot,
            serial: key.serial,
            owner: key.owner,
            from,
            to,
            qty,
            cause,
            reason: args.reason,
            reverses: None,
        }))?;
        Ok(text)
    })
}
