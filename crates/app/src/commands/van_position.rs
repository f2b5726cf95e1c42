//! Note where a van is. Its phone or its tracker says so, often; the book keeps one a minute.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use domain::{Body, LonLat};
use serde::Deserialize;
use ts_rs::TS;

/// An hour on the road is sixty events a van, and no arrival time needs more.
const EVERY_MS: i64 = 60_000;

#[derive(Debug, Deserialize, TS)]
pub struct VanPositionArgs {
    pub van_id: String,
    pub lon: f64,
    pub lat: f64,
}

pub fn run(ctx: &Ctx<'_>, args: VanPositionArgs) -> Result<Done, Fault> {
    let place = LonLat::from_degrees(args.lon, args.lat).map_err(|e| Fault::invalid("place", e))?;
    let (known, last) = ctx.read(|db| {
        let known = db.vans()?.into_iter().find(|van| van.id == args.van_id);
        let last = db.vans_seen()?.into_iter().find(|seen| seen.van == args.van_id);
        Ok((known, last))
    })?;
    let van = known.ok_or_else(|| Fault::unknown("van", &args.van_id))?;
    let message = ctx
        .lang
        .pick(format!("Position of {} noted.", van.name), format!("已记录{}的位置。", van.name));
    if last.is_some_and(|seen| ctx.now.0 - seen.at_millis < EVERY_MS) {
        return Ok(Done { message, event_ids: Vec::new() });
    }
    ctx.done(|w| {
        w.record(Body::VanSeen { van: van.id, place })?;
        Ok(message)
    })
}
