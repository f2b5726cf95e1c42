//! Load a van: its packed cartons leave the house's stock for the van's.

use crate::ctx::{Ctx, Work};
use crate::dispatching::document::{Current, RouteState};
use crate::dispatching::edit::{edit, needs};
use crate::dispatching::goods::{Shares, moves, packed};
use crate::problem::Fault;
use crate::view::DispatchView;
use domain::event::PlanState;
use domain::order::OrderState;
use domain::{Bin, BinKind, Body, Cause, Grams, LocationCode, Milliliters, OrderId};
use serde::Deserialize;
use ts_rs::TS;

/// Vans stand behind every bin of the walking path.
const WALK_BEHIND_ALL: i64 = 1_000_000;

#[derive(Debug, Deserialize, TS)]
pub struct VanArgs {
    pub van_id: String,
}

pub fn run(ctx: &Ctx<'_>, args: VanArgs) -> Result<DispatchView, Fault> {
    edit(ctx, |w, now, doc| {
        let open = [RouteState::Published, RouteState::Loading];
        needs(now, &args.van_id, &open, "Publish the plan first.")?;
        let orders = orders_on(now, &args.van_id)?;
        refuse_unpacked(ctx, w, &orders)?;
        let van = van_bin(w, &args.van_id)?;
        for order in orders {
            load(w, order, &van)?;
        }
        doc.route_states.insert(args.van_id.clone(), RouteState::Loading);
        Ok(now.state().unwrap_or(PlanState::Published))
    })
}

pub(crate) fn orders_on(now: &Current, van: &str) -> Result<Vec<OrderId>, Fault> {
    let route = now.doc.plan.route_of(van).ok_or_else(|| Fault::unknown("van", van))?;
    let id = |stop: &dispatch::PlannedStop| {
        OrderId::parse(&stop.request).map_err(|_| Fault::unknown("stop", &stop.request))
    };
    route.stops.iter().map(id).collect()
}

fn refuse_unpacked(ctx: &Ctx<'_>, w: &Work<'_, '_>, orders: &[OrderId]) -> Result<(), Fault> {
    let mut open = Vec::new();
    for order in orders {
        if let Some(head) = w.order_head(*order)? {
            let packed = matches!(head.state, OrderState::ToLoad | OrderState::OnTheWay);
            if !packed || head.held {
                open.push(head.number);
            }
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    let names = open.join(", ");
    Err(Fault::said(
        "not_packed",
        ctx.lang.pick(
            format!("Not fully packed, or on hold: {names}."),
            format!("尚未打包完成或已冻结：{names}。"),
        ),
        ctx.say("Pack them, or take them off the route.", "请完成打包，或将其移出线路。"),
    ))
}

fn van_bin(w: &mut Work<'_, '_>, van: &str) -> Result<LocationCode, Fault> {
    let code = LocationCode::parse(&format!("VAN-{van}")).map_err(|e| Fault::invalid("van", e))?;
    if w.bin(&code)?.is_none() {
        let known = w.vans()?.into_iter().find(|known| known.id == van);
        let (capacity, max_weight) =
            known.map_or((Milliliters::ZERO, Grams::ZERO), |van| (van.max_volume, van.max_weight));
        let zone = "VAN".to_owned();
        let bin = Bin {
            code: code.clone(),
            kind: BinKind::Van,
            zone,
            walk: WALK_BEHIND_ALL,
            capacity,
            max_weight,
        };
        w.record(Body::BinSet { bin })?;
    }
    Ok(code)
}

fn load(w: &mut Work<'_, '_>, order: OrderId, van: &LocationCode) -> Result<(), Fault> {
    let mut shares = Shares::of(&w.lines_of(order)?, |line| line.packed - line.shipped);
    let heaps = packed(w, order)?;
    let moves = moves(&heaps, &mut shares, van, |line, carton| Cause::Load { line, carton });
    w.record_all(moves.into_iter().map(Body::Moved).collect())?;
    Ok(())
}
