//! Stops as screens see them: planned, on the way, delivered, or still without a van.

use crate::ctx::Ctx;
use crate::dispatching::document::{Current, RouteState};
use crate::dispatching::{edit, words};
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{Chip, StopState, StopView, Tone};
use dispatch::{Constraint, PlanInput, PlannedStop, Reason, Relaxation, StopRequest, VanReason};
use domain::OrderId;
use domain::order::OrderState;
use store::Db;

pub(super) fn planned_view(
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
) -> Result<(StopState, Chip), Fault> {
    let out = matches!(route, RouteState::OnTheWay | RouteState::Done);
    // A second try after a failed one: the goods are in the van again.
    let again = match OrderId::parse(&stop.id) {
        Ok(id) => db.order_head(id)?.is_some_and(|head| head.state == OrderState::OnTheWay),
        Err(_) => false,
    };
    let done = if out && !again { db.stop_done(&stop.id)? } else { None };
    Ok(match done {
        Some(done) if done.delivered => {
            (StopState::Delivered, Chip::new(ctx.say("Delivered", "已签收"), Tone::Good))
        }
        Some(done) => (
            StopState::Failed,
            Chip::new(
                ctx.lang.pick(
                    format!("Not delivered: {}", done.reason),
                    format!("未送达：{}", done.reason),
                ),
                Tone::Stop,
            ),
        ),
        None if out => {
            (StopState::OnTheWay, Chip::new(ctx.say("On the way", "配送中"), Tone::Plain))
        }
        None if late_s > 0 => {
            let minutes = (late_s + 59) / 60;
            let text = ctx.lang.pick(format!("{minutes} min late"), format!("晚到 {minutes} 分钟"));
            (StopState::Planned, Chip::new(text, Tone::Warn))
        }
        None => (StopState::Planned, Chip::new(ctx.say("On time", "准时"), Tone::Good)),
    })
}

pub(super) fn unplanned_view(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    now: &Current,
    stop: &StopRequest,
) -> Result<StopView, Fault> {
    let reasons = now.doc.plan.unplanned.iter().find(|unplanned| unplanned.id == stop.id);
    let why = match reasons {
        Some(found) => {
            let each = grouped(ctx, &now.doc.input, &found.reasons);
            cheapest_way(ctx, db, now, stop)?.into_iter().chain(each).collect()
        }
        None => vec![ctx.say("New: not planned yet.", "新订单：尚未规划。")],
    };
    Ok(StopView {
        why,
        chip: Chip::new(ctx.say("Not planned", "未安排"), Tone::Warn),
        ..bare(db, stop)?
    })
}

/// One line for each reason, with the vans that it keeps the stop from.
fn grouped(ctx: &Ctx<'_>, input: &PlanInput, reasons: &[VanReason]) -> Vec<String> {
    let mut lines: Vec<(Reason, Vec<String>)> = Vec::new();
    for one in reasons {
        let van = words::van_name(input, &one.van);
        match lines.iter_mut().find(|(reason, _)| *reason == one.reason) {
            Some((_, vans)) => vans.push(van),
            None => lines.push((one.reason, vec![van])),
        }
    }
    let all = lines.len() == 1 && input.vans.len() > 1;
    let comma = ctx.lang.say(", ", "、");
    let line = |(reason, vans): (Reason, Vec<String>)| {
        let who = if all { ctx.say("Every van", "所有车辆") } else { vans.join(&comma) };
        ctx.lang.pick(
            format!("{who}: {}", words::reason(ctx.lang, reason)),
            format!("{who}：{}", words::reason(ctx.lang, reason)),
        )
    };
    lines.into_iter().map(line).collect()
}

/// What would have to give for the stop to be driven after all, and where that costs least.
fn cheapest_way(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    now: &Current,
    stop: &StopRequest,
) -> Result<Option<String>, Fault> {
    let input = &now.doc.input;
    let ways = dispatch::relaxations(input, &now.travel(ctx), &now.doc.plan, &stop.id)
        .map_err(|refusal| edit::refused(ctx, &refusal))?;
    // Nobody can give a road: what else would have to give is of no use then.
    let can_give = |way: &&Relaxation| {
        !way.broken.iter().any(|rule| rule.constraint == Constraint::Unreachable)
    };
    let Some(way) = ways.first().filter(can_give).filter(|way| !way.broken.is_empty()) else {
        return Ok(None);
    };
    let van = words::van_name(input, &way.van);
    let rules: Vec<String> =
        way.broken.iter().map(|rule| words::broken(ctx, input, &way.van, rule)).collect();
    let cost = words::money(&house(db)?, way.added_cost_minor);
    Ok(Some(ctx.lang.pick(
        format!("Least to give: {van} takes it for {cost} more if {}.", rules.join("; ")),
        format!("最小代价：由{van}承运，增加 {cost}，但{}。", rules.join("；")),
    )))
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
        state: StopState::Unplanned,
        chip: Chip::new("", Tone::Plain),
        why: Vec::new(),
        eta: None,
        proof: db.has_proof(&stop.id)?,
    })
}
