//! How far each van is, from the book: what is on board, what is driven, who is late or out.

use crate::dispatching::document::{PlanDocument, RouteState};
use crate::problem::Fault;
use dispatch::{PlanInput, RouteLock, RoutePlan, VanNow};
use domain::OrderId;
use domain::order::OrderState;
use store::Db;

/// Writes into the fresh input how far the vans of the old document are.
pub(crate) fn note(db: &Db<'_>, old: &PlanDocument, fresh: &mut PlanInput) -> Result<(), Fault> {
    for van in &mut fresh.vans {
        let was = old.input.vans.iter().find(|known| known.id == van.id);
        let said = was.map(|van| van.now.clone()).unwrap_or_default();
        van.now = VanNow { driven: Vec::new(), loaded: Vec::new(), left_at: None, ..said };
        let state = old.route_states.get(&van.id).copied().unwrap_or_default();
        let Some(route) = old.plan.route_of(&van.id).filter(|_| state >= RouteState::Loading)
        else {
            continue;
        };
        if state >= RouteState::OnTheWay {
            van.now.left_at = Some(old.left_at.get(&van.id).copied().unwrap_or(route.leaves));
        }
        for stop in &route.stops {
            match at(db, &stop.request)? {
                Standing::Done => van.now.driven.push(stop.request.clone()),
                Standing::OnBoard => van.now.loaded.push(stop.request.clone()),
                Standing::InTheHouse => {}
            }
        }
    }
    Ok(())
}

enum Standing {
    InTheHouse,
    OnBoard,
    Done,
}

fn at(db: &Db<'_>, stop: &str) -> Result<Standing, Fault> {
    let Ok(id) = OrderId::parse(stop) else { return Ok(Standing::InTheHouse) };
    let on_the_way = db.order_head(id)?.is_some_and(|head| head.state == OrderState::OnTheWay);
    Ok(match (on_the_way, db.stop_done(stop)?) {
        (true, _) => Standing::OnBoard,
        (false, Some(_)) => Standing::Done,
        (false, None) => Standing::InTheHouse,
    })
}

/// The plan with what is driven in front: doors are not always taken in the planned order.
pub(crate) fn driven_first(input: &PlanInput, plan: &mut RoutePlan) {
    for route in &mut plan.routes {
        let van = input.vans.iter().find(|van| van.id == route.van);
        let driven = van.map_or(&[] as &[String], |van| &van.now.driven);
        route.stops.sort_by_key(|stop| !driven.contains(&stop.request));
    }
}

/// The plan for a search that nobody asked to touch vans under way: their routes stay.
pub(crate) fn held(doc: &PlanDocument) -> PlanDocument {
    let mut held = doc.clone();
    for route in &mut held.plan.routes {
        if doc.is_under_way(&route.van) {
            route.lock = RouteLock::Sequence;
        }
    }
    held
}

/// What a person locked, on a plan that was searched while vans under way were held.
pub(crate) fn let_go(before: &PlanDocument, plan: &mut RoutePlan) {
    for route in &mut plan.routes {
        if before.is_under_way(&route.van) {
            route.lock = before.plan.route_of(&route.van).map_or(RouteLock::Open, |r| r.lock);
        }
    }
}
