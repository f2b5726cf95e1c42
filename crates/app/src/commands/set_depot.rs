//! Say where the warehouse stands: routes of every desktop of the site begin and end there.

use crate::commands::locate_order::on_map;
use crate::ctx::{Ctx, Done};
use crate::dispatching::town::{DEPOT_SETTING, Place};
use crate::problem::Fault;
use domain::Body;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct SetDepotArgs {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
}

pub fn run(ctx: &Ctx<'_>, args: SetDepotArgs) -> Result<Done, Fault> {
    let name = match args.name.trim() {
        "" => ctx.say("Warehouse", "仓库"),
        name => name.to_owned(),
    };
    let depot = Place { name, lon: args.lon, lat: args.lat, guessed: false };
    let town = ctx.app.planner.town(ctx.app.dir(), ctx.lang)?;
    on_map(ctx, &town, depot.place()?)?;
    let value = serde_json::to_string(&depot).map_err(|e| Fault::invalid("depot", e))?;
    let done = ctx.done(|w| {
        w.record(Body::SettingSet { name: DEPOT_SETTING.to_owned(), value })?;
        Ok(ctx.say(
            "Routes begin at this place. Plan again to use it.",
            "线路将从此处出发，请重新规划。",
        ))
    })?;
    ctx.app.listeners().tell(&["map", "dispatch"], 0);
    Ok(Done { event_ids: Vec::new(), ..done })
}
