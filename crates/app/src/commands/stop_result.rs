//! What happened at a door: delivered, or the goods come home.

use crate::ctx::{Ctx, Work};
use crate::dispatching::document::{Current, PlanDocument, RouteState};
use crate::dispatching::edit::{edit, needs};
use crate::dispatching::goods::{Shares, moves, packed};
use crate::problem::Fault;
use crate::view::DispatchView;
use domain::event::PlanState;
use domain::order::OrderState;
use domain::{Body, Cause, LocationCode, Move, OrderId, Refusal};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[ts(rename = "StopOutcome")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Delivered,
    Failed,
}

#[derive(Debug, Deserialize, TS)]
pub struct StopResultArgs {
    pub stop_id: String,
    pub outcome: Outcome,
    pub reason: String,
    pub received_by: String,
}

pub fn run(ctx: &Ctx<'_>, args: StopResultArgs) -> Result<DispatchView, Fault> {
    edit(ctx, |w, now, doc| {
        let order =
            OrderId::parse(&args.stop_id).map_err(|_| Fault::unknown("stop", &args.stop_id))?;
        let (route, _) = now
            .doc
            .plan
            .find(&args.stop_id)
            .ok_or_else(|| Fault::unknown("stop", &args.stop_id))?;
        let van = route.van.clone();
        needs(now, &van, &[RouteState::OnTheWay], "Dispatch the van first.")?;
        refuse_known(w, order)?;
        let moves = match args.outcome {
            Outcome::Delivered => delivered(w, order)?,
            Outcome::Failed => brought_back(ctx, w, order)?,
        };
        w.record_all(moves.into_iter().map(Body::Moved).collect())?;
        w.record(Body::StopDone {
            order,
            delivered: args.outcome == Outcome::Delivered,
            reason: args.reason.clone(),
            received_by: args.received_by.clone(),
        })?;
        close(w, now, doc, &van)
    })
}

/// A result given twice would move the goods twice.
fn refuse_known(w: &Work<'_, '_>, order: OrderId) -> Result<(), Fault> {
    let head = w.order_head(order)?.ok_or_else(|| Fault::unknown("order", order))?;
    if head.state == OrderState::OnTheWay {
        return Ok(());
    }
    let is = head.state.as_str().to_owned();
    Err(Refusal::WrongState { what: "stop", is, needs: "This stop already has its result." }.into())
}

fn delivered(w: &Work<'_, '_>, order: OrderId) -> Result<Vec<Move>, Fault> {
    let mut shares = Shares::of(&w.lines_of(order)?, |line| line.shipped - line.delivered);
    let mut moves = moves(&on_van(w, order)?, &mut shares, &LocationCode::customer(), |line, _| {
        Cause::Deliver { line }
    });
    // At the customer's there is no carton any more: returns come back loose.
    moves.iter_mut().for_each(|one| one.to.package.clear());
    Ok(moves)
}

pub(crate) fn brought_back(
    ctx: &Ctx<'_>,
    w: &Work<'_, '_>,
    order: OrderId,
) -> Result<Vec<Move>, Fault> {
    let stage = w.first_bin("stage")?.ok_or_else(|| {
        Fault::said(
            "no_stage",
            ctx.say("There is no stage bin to bring the goods back to.", "没有可退回的集货位。"),
            ctx.say("Add a bin of kind stage.", "请先添加集货库位。"),
        )
    })?;
    let mut shares = Shares::of(&w.lines_of(order)?, |line| line.shipped - line.delivered);
    Ok(moves(&on_van(w, order)?, &mut shares, &stage, |line, _| Cause::BringBack { line }))
}

fn on_van(
    w: &Work<'_, '_>,
    order: OrderId,
) -> Result<Vec<crate::dispatching::goods::Packed>, Fault> {
    let mut heaps = packed(w, order)?;
    heaps.retain(|packed| packed.heap.kind == "van");
    Ok(heaps)
}

/// After the last door of a van its route is done; after the last van, the plan.
fn close(
    w: &Work<'_, '_>,
    now: &Current,
    doc: &mut PlanDocument,
    van: &str,
) -> Result<PlanState, Fault> {
    for order in crate::commands::load_van::orders_on(now, van)? {
        if w.order_head(order)?.is_some_and(|head| head.state == OrderState::OnTheWay) {
            return Ok(PlanState::Started);
        }
    }
    doc.route_states.insert(van.to_owned(), RouteState::Done);
    let done = |van: &str| doc.route_states.get(van) == Some(&RouteState::Done);
    let all = doc.plan.routes.iter().all(|route| done(&route.van));
    Ok(if all { PlanState::Completed } else { PlanState::Started })
}
