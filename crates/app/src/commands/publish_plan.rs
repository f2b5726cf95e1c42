//! Publish the plan: drivers and loaders see it.

use crate::ctx::Ctx;
use crate::dispatching::document::RouteState;
use crate::dispatching::edit::edit;
use crate::problem::Fault;
use crate::view::{DispatchView, Nothing};
use domain::Refusal;
use domain::event::PlanState;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<DispatchView, Fault> {
    edit(ctx, |_, now, doc| {
        if doc.plan.routes.is_empty() {
            let is = ctx.say("empty", "空的");
            return Err(
                Refusal::WrongState { what: "plan", is, needs: "Plan routes first." }.into()
            );
        }
        for route in &doc.plan.routes {
            let state = doc.route_states.entry(route.van.clone()).or_default();
            *state = (*state).max(RouteState::Published);
        }
        Ok(match now.state() {
            Some(PlanState::Started) => PlanState::Started,
            _ => PlanState::Published,
        })
    })
}
