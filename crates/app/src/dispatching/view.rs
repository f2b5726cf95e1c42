//! The day's plan as screens see it.

use crate::ctx::Ctx;
use crate::dispatching::document::Current;
use crate::dispatching::input::Unplaced;
use crate::dispatching::stops::{planned_view, unplanned_view};
use crate::dispatching::{closures, edit, on_the_road, words};
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{DayPlanState, DepotView, DispatchView, RouteView, UnplacedView, VanView};
use dispatch::{PlannedRoute, RouteLock};
use domain::event::PlanState;
use store::Db;

pub(crate) fn dispatch_view(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    now: &Current,
) -> Result<DispatchView, Fault> {
    let (input, plan) = (&now.doc.input, &now.doc.plan);
    let routes = plan
        .routes
        .iter()
        .map(|route| route_view(ctx, db, now, route))
        .collect::<Result<Vec<_>, _>>()?;
    let mut unplanned = Vec::new();
    for stop in input.stops.iter().filter(|stop| plan.find(&stop.id).is_none()) {
        unplanned.push(unplanned_view(ctx, db, now, stop)?);
    }
    let depot = &now.depot;
    let unplaced = |order: &Unplaced| UnplacedView {
        order_id: order.id.to_string(),
        number: order.number.clone(),
        customer: order.customer.clone(),
        address: order.address.clone(),
    };
    Ok(DispatchView {
        day: now.day.to_string(),
        plan_id: now.saved.map(|(id, _, _)| id.to_string()),
        state: state_view(now.state()),
        version: now.version(),
        depot: DepotView {
            name: depot.name.clone(),
            lon: depot.lon,
            lat: depot.lat,
            guessed: depot.guessed,
        },
        unplaced: now.unplaced.iter().map(unplaced).collect(),
        left_out: now.left_out,
        vans: vans(ctx, db, now)?,
        meters: plan.meters.0,
        seconds: plan.seconds.0,
        stops: routes.iter().map(|route| route.stops.len()).sum(),
        vans_used: routes.len(),
        routes,
        unplanned,
        cost: house(db)?.money(plan.cost_minor),
        closures: now.closures.iter().map(closures::closure_view).collect(),
        undo_title: String::new(),
    })
}

fn state_view(state: Option<PlanState>) -> DayPlanState {
    match state {
        None => DayPlanState::None,
        Some(PlanState::Draft) => DayPlanState::Draft,
        Some(PlanState::Optimised) => DayPlanState::Optimised,
        Some(PlanState::Locked) => DayPlanState::Locked,
        Some(PlanState::Published) => DayPlanState::Published,
        Some(PlanState::Started) => DayPlanState::Started,
        Some(PlanState::Completed) => DayPlanState::Completed,
    }
}

fn vans(ctx: &Ctx<'_>, db: &Db<'_>, now: &Current) -> Result<Vec<VanView>, Fault> {
    let at = |minutes: i64| ctx.zone.at(now.day, minutes).0;
    let view = |(color, van): (usize, domain::fleet::Van)| VanView {
        color,
        cap_weight_g: van.max_weight.0,
        cap_volume_ml: van.max_volume.0,
        cap_pieces: van.max_pieces,
        shift_start: at(van.shift_start_min),
        shift_end: at(van.shift_end_min),
        id: van.id,
        name: van.name,
        driver: van.driver,
        plate: van.plate,
    };
    Ok(db.vans()?.into_iter().enumerate().map(view).collect())
}

fn route_view(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    now: &Current,
    route: &PlannedRoute,
) -> Result<RouteView, Fault> {
    let input = &now.doc.input;
    let state = now.route_state(&route.van);
    let mut stops = Vec::new();
    for planned in &route.stops {
        if let Some(stop) = input.stops.iter().find(|stop| stop.id == planned.request) {
            stops.push(planned_view(ctx, db, stop, planned, state)?);
        }
    }
    let seen = on_the_road::seen(ctx, db, state, &route.van)?;
    if let Some(seen) = &seen {
        on_the_road::expect(now, route, seen, &mut stops);
    }
    Ok(RouteView {
        seen: seen.map(on_the_road::view),
        van_id: route.van.clone(),
        locked: route.lock != RouteLock::Open || now.doc.is_under_way(&route.van),
        pause: route.pause.map(|(from, to)| (from.0, to.0)),
        state,
        stops,
        meters: route.meters.0,
        seconds: route.seconds.0,
        weight_g: route.load.weight.0,
        volume_ml: route.load.volume.0,
        pieces: route.load.pieces,
        start: route.leaves.0,
        end: route.returns.0,
        geometry: ctx.app.planner.line(&now.town, &now.closed, input, route),
        warnings: warnings(ctx, now, route)?,
    })
}

/// Every rule that the route breaks as it stands, in words.
fn warnings(ctx: &Ctx<'_>, now: &Current, route: &PlannedRoute) -> Result<Vec<String>, Fault> {
    let input = &now.doc.input;
    let broken = dispatch::broken(input, &now.travel(ctx), route)
        .map_err(|refusal| edit::refused(ctx, &refusal))?;
    Ok(broken.iter().map(|rule| words::broken(ctx, input, &route.van, rule)).collect())
}
