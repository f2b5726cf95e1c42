//! Put an order on hold and lift the hold again.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::order::order_id;
use crate::view::{ById, ReasonArgs};
use domain::order::OrderState;
use domain::{Body, HoldScope, Refusal, Sku};
use std::collections::BTreeSet;

pub fn hold(ctx: &Ctx<'_>, args: ReasonArgs) -> Result<Done, Fault> {
    set(ctx, &args.id, true, args.reason)
}

pub fn unhold(ctx: &Ctx<'_>, args: ById) -> Result<Done, Fault> {
    set(ctx, &args.id, false, String::new())
}

fn set(ctx: &Ctx<'_>, id: &str, on: bool, reason: String) -> Result<Done, Fault> {
    let order = order_id(id)?;
    ctx.done(|w| {
        let head = w.order_head(order)?.ok_or_else(|| Fault::unknown("order", id))?;
        if matches!(head.state, OrderState::Closed | OrderState::Cancelled | OrderState::OnTheWay) {
            return Err(Refusal::WrongState {
                what: "order",
                is: head.state.as_str().to_owned(),
                needs: "only an order in the house can be held",
            }
            .into());
        }
        w.record(Body::HoldSet { hold: HoldScope::Order { order }, on, reason })?;
        // A lifted hold lets the order have its turn at stock again.
        let skus: BTreeSet<Sku> = w.lines_of(order)?.into_iter().map(|line| line.sku).collect();
        crate::settle::allocate(w, &skus)?;
        let number = head.number;
        Ok(if on {
            ctx.lang.pick(format!("Order {number} is on hold."), format!("订单 {number} 已暂停。"))
        } else {
            ctx.lang.pick(format!("Order {number} goes on."), format!("订单 {number} 已恢复。"))
        })
    })
}
