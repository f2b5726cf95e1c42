//! Look up the addresses of all orders that have no place yet. Only houses that the map knows for
//! certain are taken; the others wait for a person.

use crate::ctx::{Ctx, Done};
use crate::dispatching::document::current;
use crate::problem::Fault;
use crate::view::Nothing;
use domain::Body;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Done, Fault> {
    let addresses = ctx.app.planner.addresses(ctx.app.dir(), ctx.lang)?;
    let done = ctx.done(|w| {
        let unplaced = current(ctx, w)?.unplaced;
        let mut located = 0;
        for order in &unplaced {
            let best = addresses.find(&order.address, 1).into_iter().next();
            if let Some(best) = best.filter(|best| best.is_sure) {
                let (order, place) = (order.id, best.place);
                w.record(Body::OrderLocated { order, place, found: best.label })?;
                located += 1;
            }
        }
        let open = unplaced.len() - located;
        let addresses = if located == 1 { "address" } else { "addresses" };
        Ok(ctx.lang.pick(
            format!("{located} {addresses} found; {open} to place by hand."),
            format!("已找到 {located} 个地址，还有 {open} 个需要手工定位。"),
        ))
    })?;
    // Taken back by placing them elsewhere, which is not an undo of stock.
    Ok(Done { event_ids: Vec::new(), ..done })
}
