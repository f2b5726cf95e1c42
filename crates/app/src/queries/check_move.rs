//! What dropping a stop somewhere would do.

use crate::commands::move_stop::MoveStopArgs;
use crate::ctx::Ctx;
use crate::dispatching::document::{Current, current};
use crate::dispatching::{edit, words};
use crate::problem::Fault;
use crate::view::MoveCheckView;

pub fn run(ctx: &Ctx<'_>, args: MoveStopArgs) -> Result<MoveCheckView, Fault> {
    let now = ctx.read(|db| current(ctx, &db))?;
    match &args.to_van {
        Some(van) => onto(ctx, &now, &args.stop_id, van, args.position),
        None => off(ctx, &now, &args.stop_id),
    }
}

fn onto(
    ctx: &Ctx<'_>,
    now: &Current,
    stop: &str,
    van: &str,
    position: usize,
) -> Result<MoveCheckView, Fault> {
    let (input, plan) = (&now.doc.input, &now.doc.plan);
    let matrix = now.travel(ctx);
    let check = dispatch::check_move(input, &matrix, plan, stop, van, position)
        .map_err(|refusal| edit::refused(ctx, &refusal))?;
    let room = input.vans.iter().find(|known| known.id == van).map(|van| van.capacity);
    let load = room.unwrap_or_default() - check.capacity_after;
    Ok(MoveCheckView {
        ok: check.ok,
        added_s: check.added_seconds.0,
        added_m: check.added_meters.0,
        weight_after_g: load.weight.0,
        volume_after_ml: load.volume.0,
        pieces_after: load.pieces,
        broken: check.broken.iter().map(|b| words::broken(ctx, input, van, b)).collect(),
    })
}

/// Taking a stop off its route breaks nothing but a lock.
fn off(ctx: &Ctx<'_>, now: &Current, stop: &str) -> Result<MoveCheckView, Fault> {
    let (input, plan) = (&now.doc.input, &now.doc.plan);
    let outcome = dispatch::unplan(input, &now.travel(ctx), plan, stop);
    let broken = match &outcome {
        Ok(_) => Vec::new(),
        Err(refusal) => vec![words::refusal(ctx.lang, refusal).1],
    };
    let after = outcome.as_ref().unwrap_or(plan);
    let van = plan.find(stop).and_then(|(route, _)| after.route_of(&route.van));
    let load = van.map(|route| route.load).unwrap_or_default();
    Ok(MoveCheckView {
        ok: broken.is_empty(),
        added_s: after.seconds.0 - plan.seconds.0,
        added_m: after.meters.0 - plan.meters.0,
        weight_after_g: load.weight.0,
        volume_after_ml: load.volume.0,
        pieces_after: load.pieces,
        broken,
    })
}
