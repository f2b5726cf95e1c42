//! Say where an order's address is: picked from what the map found, or pointed at.

use crate::ctx::{Ctx, Done};
use crate::dispatching::town::TownMap;
use crate::problem::Fault;
use domain::{Body, LonLat, OrderId};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct LocateOrderArgs {
    pub order_id: String,
    pub lon: f64,
    pub lat: f64,
    /// As the map writes it; empty when somebody pointed at it.
    pub found: String,
}

pub fn run(ctx: &Ctx<'_>, args: LocateOrderArgs) -> Result<Done, Fault> {
    let order =
        OrderId::parse(&args.order_id).map_err(|_| Fault::unknown("order", &args.order_id))?;
    let place = LonLat::from_degrees(args.lon, args.lat).map_err(|e| Fault::invalid("place", e))?;
    let town = ctx.app.planner.town(ctx.app.dir(), ctx.lang)?;
    on_map(ctx, &town, place)?;
    let done = ctx.done(|w| {
        let head = w.order_head(order)?.ok_or_else(|| Fault::unknown("order", order))?;
        w.record(Body::OrderLocated { order, place, found: args.found.trim().to_owned() })?;
        let number = head.number;
        Ok(ctx.lang.pick(format!("{number} has a place."), format!("{number} 已定位。")))
    })?;
    // Taken back by placing it elsewhere, which is not an undo of stock.
    Ok(Done { event_ids: Vec::new(), ..done })
}

/// A place that no street leads to would only be unreachable later.
pub(crate) fn on_map(ctx: &Ctx<'_>, town: &TownMap, place: LonLat) -> Result<(), Fault> {
    match town.graph.snap(place) {
        Some(_) => Ok(()),
        None => Err(Fault::said(
            "off_map",
            ctx.say("There is no street of this map near the point.", "此点附近没有地图中的道路。"),
            ctx.say("Point closer to a street.", "请指向更靠近道路的位置。"),
        )),
    }
}
