//! Take back a whole import: its orders are cancelled, unless somebody already works on them.

use crate::commands::cancel_order::cancel_whole;
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::view::ReasonArgs;
use domain::order::OrderState;

pub fn run(ctx: &Ctx<'_>, args: ReasonArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let (mut cancelled, mut kept) = (0, 0);
        for order in w.orders_of_import(&args.id)? {
            let state = w.order_head(order)?.map(|head| head.state);
            match state {
                Some(OrderState::Short | OrderState::Ready | OrderState::Waved) => {
                    cancel_whole(w, order, &args.reason)?;
                    cancelled += 1;
                }
                Some(OrderState::Cancelled) | None => {}
                Some(_) => kept += 1,
            }
        }
        Ok(ctx.lang.pick(
            format!("{cancelled} orders cancelled, {kept} kept because work has begun."),
            format!("已取消 {cancelled} 单；{kept} 单已开始作业，予以保留。"),
        ))
    })
}
