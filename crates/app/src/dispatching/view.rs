//! The day's plan as screens see it.

use crate::ctx::Ctx;
use crate::dispatching::document::{Current, RouteState};
use crate::dispatching::words;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{Chip, DepotView, DispatchView, RouteView, StopView, Tone, VanView};
use dispatch::{PlannedRoute, PlannedStop, RouteLock, StopRequest};
use domain::OrderId;
use domain::event::PlanState;
use domain::order::OrderState;
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
    let depot = &now.town.depot;
    Ok(DispatchView {
        day: now.day.to_string(),
        plan_id: now.saved.map(|(id, _, _)| id.to_string()),
        state: state_name(now.state()),
        version: now.version(),
        depot: DepotView { name: depot.name.clone(), lon: depot.lon, lat: depot.lat },
        vans: vans(db, now)?,
        meters: plan.meters.0,
        seconds: plan.seconds.0,
        stops: routes.iter().map(|route| route.stops.len()).sum(),
        vans_used: routes.len(),
        routes,
        unplanned,
        cost: house(db)?.money(plan.cost_minor),
        undo_title: String::new(),
    })
}

fn state_name(state: Option<PlanState>) -> &'static str {
    match state {
        None => "none",
        Some(PlanState::Draft) => "draft",
        Some(PlanState::Optimised) => "optimised",
        Some(PlanState::Locked) => "locked",
        Some(PlanState::Published) => "published",
        Some(PlanState::Started) => "started",
        Some(PlanState::Completed) => "completed",
    }
}

fn vans(db: &Db<'_>, now: &Current) -> Result<Vec<VanView>, Fault> {
    let at = |minutes: i64| now.day.start().plus_seconds(minutes * 60).0;
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
    Ok(RouteView {
        van_id: route.van.clone(),
        locked: route.lock != RouteLock::Open,
        state,
        stops,
        meters: route.meters.0,
        seconds: route.seconds.0,
        weight_g: route.load.weight.0,
        volume_ml: route.load.volume.0,
        pieces: route.load.pieces,
        start: route.leaves.0,
        end: route.returns.0,
        geometry: ctx.app.planner.line(&now.town, input, route),
    })
}

fn planned_view(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    stop: &StopRequest,
    planned: &PlannedStop,
    route: RouteState,
) -> Result<StopView, Fault> {
    let closes = stop.windows.iter().map(|window| window.1.0).max().unwrap_or(i64::MAX);
    let late_s = ((planned.arrive.0 - closes).max(0) + 999) / 1000;
    let (state, chip) = standing(ctx, db, stop, route, late_s)?;
    Ok(StopView {
        arrive: Some(planned.arrive.0),
        depart: Some(planned.depart.0),
        wait_s: planned.wait.0,
        late_s,
        locked: planned.locked,
        state,
        chip,
        ..bare(db, stop)?
    })
}

/// How a planned stop stands: its result once there is one.
fn standing(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    stop: &StopRequest,
    route: RouteState,
    late_s: i64,
) -> Result<(&'static str, Chip), Fault> {
    let out = matches!(route, RouteState::OnTheWay | RouteState::Done);
    // A second try after a failed one: the goods are in the van again.
    let again = match OrderId::parse(&stop.id) {
        Ok(id) => db.order_head(id)?.is_some_and(|head| head.state == OrderState::OnTheWay),
        Err(_) => false,
    };
    let done = if out && !again { db.stop_done(&stop.id)? } else { None };
    Ok(match done {
        Some(done) if done.delivered => {
            ("delivered", Chip::new(ctx.say("Delivered", "已签收"), Tone::Good))
        }
        Some(done) => (
            "failed",
            Chip::new(
                ctx.lang.pick(
                    format!("Not delivered: {}", done.reason),
                    format!("未送达：{}", done.reason),
                ),
                Tone::Stop,
            ),
        ),
        None if out => ("on_the_way", Chip::new(ctx.say("On the way", "配送中"), Tone::Plain)),
        None if late_s > 0 => {
            let minutes = (late_s + 59) / 60;
            let text = ctx.lang.pick(format!("{minutes} min late"), format!("晚到 {minutes} 分钟"));
            ("planned", Chip::new(text, Tone::Warn))
        }
        None => ("planned", Chip::new(ctx.say("On time", "准时"), Tone::Good)),
    })
}

fn unplanned_view(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    now: &Current,
    stop: &StopRequest,
) -> Result<StopView, Fault> {
    let reasons = now.doc.plan.unplanned.iter().find(|unplanned| unplanned.id == stop.id);
    let name = |van: &str| {
        let known = now.doc.input.vans.iter().find(|known| known.id == van);
        known.map_or_else(|| van.to_owned(), |van| van.name.clone())
    };
    let why = match reasons {
        Some(found) => found
            .reasons
            .iter()
            .map(|r| format!("{}: {}", name(&r.van), words::reason(ctx.lang, r.reason)))
            .collect(),
        None => vec![ctx.say("New: not planned yet.", "新订单：尚未规划。")],
    };
    Ok(StopView {
        why,
        chip: Chip::new(ctx.say("Not planned", "未安排"), Tone::Warn),
        ..bare(db, stop)?
    })
}

fn bare(db: &Db<'_>, stop: &StopRequest) -> Result<StopView, Fault> {
    let head = match OrderId::parse(&stop.id) {
        Ok(id) => db.order_head(id)?,
        Err(_) => None,
    };
    let window = stop.windows.first();
    Ok(StopView {
        id: stop.id.clone(),
        order_id: stop.id.clone(),
        number: head.map_or_else(String::new, |head| head.number),
        customer: stop.name.clone(),
        address: stop.address.clone(),
        lon: stop.place.lon(),
        lat: stop.place.lat(),
        window_start: window.map_or(0, |window| window.0.0),
        window_end: window.map_or(0, |window| window.1.0),
        arrive: None,
        depart: None,
        wait_s: 0,
        late_s: 0,
        weight_g: stop.weight.0,
        volume_ml: stop.volume.0,
        pieces: stop.pieces,
        locked: stop.locked_van.is_some(),
        state: "unplanned",
        chip: Chip::new("", Tone::Plain),
        why: Vec::new(),
    })
}
