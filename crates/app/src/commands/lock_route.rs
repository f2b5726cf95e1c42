//! Keep a van's stops and their order, whatever planning finds.

use crate::commands::lock_stop::LockArgs;
use crate::ctx::Ctx;
use crate::dispatching::document::RouteState;
use crate::dispatching::edit::{edit, edited, needs};
use crate::problem::Fault;
use crate::view::DispatchView;
use dispatch::RouteLock;

pub fn run(ctx: &Ctx<'_>, args: LockArgs) -> Result<DispatchView, Fault> {
    edit(ctx, |_, now, doc| {
        let open = [RouteState::Draft, RouteState::Published];
        needs(now, &args.id, &open, "A van that is being loaded keeps its route.")?;
        for route in doc.plan.routes.iter_mut().filter(|route| route.van == args.id) {
            route.lock = if args.locked { RouteLock::Sequence } else { RouteLock::Open };
        }
        Ok(edited(now, doc))
    })
}
