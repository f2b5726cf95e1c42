//! The street that somebody points at, and which routes would change if it were closed.

use crate::ctx::Ctx;
use crate::dispatching::closures::{lines, points, retimed, streets};
use crate::dispatching::document::current;
use crate::dispatching::town::TownMap;
use crate::problem::Fault;
use crate::view::StreetView;
use domain::LonLat;
use roads::Street;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct StreetAtArgs {
    pub lon: f64,
    pub lat: f64,
}

pub fn run(ctx: &Ctx<'_>, args: StreetAtArgs) -> Result<StreetView, Fault> {
    let place = LonLat::from_degrees(args.lon, args.lat).map_err(|e| Fault::invalid("place", e))?;
    let now = ctx.read(|db| current(ctx, &db))?;
    let street = street_there(ctx, &now.town, place)?;
    let already = now
        .closures
        .iter()
        .find(|closure| streets(&now.town, std::slice::from_ref(*closure)).contains(&street.id));
    let changes = match already {
        Some(_) => Vec::new(),
        None => {
            let mut closed = streets(&now.town, &now.closures);
            closed.push(street.id);
            closed.extend(&street.opposite);
            lines(ctx, &now, &retimed(ctx, &now, closed)?)
        }
    };
    Ok(StreetView {
        name: street.name,
        meters: street.meters.0,
        oneway: street.oneway,
        points: points(&street.points),
        closed: already.map(|closure| closure.id.to_string()),
        changes,
    })
}

pub(crate) fn street_there(ctx: &Ctx<'_>, town: &TownMap, place: LonLat) -> Result<Street, Fault> {
    town.graph.street_at(place).ok_or_else(|| {
        Fault::said(
            "no_street",
            ctx.say("There is no street near this point.", "此处附近没有道路。"),
            ctx.say("Click closer to the street.", "请点击更靠近道路的位置。"),
        )
    })
}
