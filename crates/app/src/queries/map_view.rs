//! The town to draw under the routes.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{MapView, Nothing, RoadLook, RoadView};
use roads::RoadClass;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<MapView, Fault> {
    let town = ctx.app.planner.town(ctx.app.dir(), ctx.lang)?;
    let (west, south, east, north) = town
        .graph
        .bounds()
        .map_or((0.0, 0.0, 0.0, 0.0), |(low, high)| (low.lon(), low.lat(), high.lon(), high.lat()));
    let road = |drawn: roads::Drawn| RoadView {
        class: class(drawn.class),
        name: drawn.name,
        points: drawn.points.iter().map(|point| [point.lon(), point.lat()]).collect(),
    };
    Ok(MapView {
        west,
        south,
        east,
        north,
        roads: town.graph.drawable().into_iter().map(road).collect(),
        water: town.water.clone(),
        green: town.green.clone(),
        source: town.source.clone(),
    })
}

fn class(class: RoadClass) -> RoadLook {
    match class {
        RoadClass::Motorway | RoadClass::Trunk => RoadLook::Motorway,
        RoadClass::Primary => RoadLook::Primary,
        RoadClass::Secondary | RoadClass::Tertiary => RoadLook::Secondary,
        RoadClass::Residential => RoadLook::Residential,
        RoadClass::Service => RoadLook::Service,
        RoadClass::Path => RoadLook::Path,
    }
}
