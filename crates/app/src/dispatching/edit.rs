//! One edit of the day's plan: load, change, save as the next version, show.

use crate::ctx::{Ctx, Work};
use crate::dispatching::document::{Current, PlanDocument, RouteState, current, save};
use crate::dispatching::{view, words};
use crate::problem::Fault;
use crate::view::DispatchView;
use dispatch::{EditRefusal, RouteLock};
use domain::Refusal;
use domain::event::PlanState;

/// Runs `change` on today's plan and saves what it leaves. It also says the new state.
pub(crate) fn edit(
    ctx: &Ctx<'_>,
    change: impl FnOnce(&mut Work<'_, '_>, &Current, &mut PlanDocument) -> Result<PlanState, Fault>,
) -> Result<DispatchView, Fault> {
    ctx.write(|w| {
        let now = current(ctx, w)?;
        let mut doc = now.doc.clone();
        let state = change(w, &now, &mut doc)?;
        save(w, &now, &doc, state)
    })?;
    show(ctx)
}

pub(crate) fn show(ctx: &Ctx<'_>) -> Result<DispatchView, Fault> {
    ctx.read(|db| {
        let now = current(ctx, &db)?;
        view::dispatch_view(ctx, &db, &now)
    })
}

/// The state after a change by hand: what drivers already see stays published.
pub(crate) fn edited(now: &Current, doc: &PlanDocument) -> PlanState {
    match now.state() {
        Some(state @ (PlanState::Published | PlanState::Started | PlanState::Completed)) => state,
        None | Some(PlanState::Draft | PlanState::Optimised | PlanState::Locked) => {
            let locked = |route: &dispatch::PlannedRoute| route.lock != RouteLock::Open;
            let all = !doc.plan.routes.is_empty() && doc.plan.routes.iter().all(locked);
            if all { PlanState::Locked } else { PlanState::Draft }
        }
    }
}

pub(crate) fn refused(ctx: &Ctx<'_>, refusal: &EditRefusal) -> Fault {
    let (code, what_happened, what_to_do) = words::refusal(ctx.lang, refusal);
    Fault::said(code, what_happened, what_to_do)
}

/// A van's route must have come exactly this far.
pub(crate) fn needs(
    now: &Current,
    van: &str,
    allowed: &[RouteState],
    needs: &'static str,
) -> Result<(), Fault> {
    if now.doc.plan.route_of(van).is_none() {
        return Err(Fault::unknown("van", van));
    }
    let is = now.route_state(van);
    if allowed.contains(&is) {
        return Ok(());
    }
    let is = format!("{is:?}").to_lowercase();
    Err(Refusal::WrongState { what: "van", is, needs }.into())
}
