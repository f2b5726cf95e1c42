//! The van leaves.

use crate::commands::load_van::{VanArgs, orders_on};
use crate::ctx::Ctx;
use crate::dispatching::document::RouteState;
use crate::dispatching::edit::{edit, needs};
use crate::problem::Fault;
use crate::view::DispatchView;
use domain::Refusal;
use domain::event::PlanState;
use domain::order::OrderState;

pub fn run(ctx: &Ctx<'_>, args: VanArgs) -> Result<DispatchView, Fault> {
    edit(ctx, |w, now, doc| {
        needs(now, &args.van_id, &[RouteState::Loading], "Load the van first.")?;
        for order in orders_on(now, &args.van_id)? {
            let head = w.order_head(order)?.ok_or_else(|| Fault::unknown("order", order))?;
            if head.state != OrderState::OnTheWay {
                let is = format!("{} {}", head.number, head.state.as_str());
                return Err(Refusal::WrongState {
                    what: "order",
                    is,
                    needs: "Load the van again.",
                }
                .into());
            }
        }
        doc.route_states.insert(args.van_id.clone(), RouteState::OnTheWay);
        doc.left_at.insert(args.van_id.clone(), ctx.now);
        Ok(PlanState::Started)
    })
}
