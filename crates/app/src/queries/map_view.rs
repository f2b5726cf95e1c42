//! The map under the routes: what it covers, and whether there are tiles to draw.

use crate::ctx::Ctx;
use crate::dispatching::town::MapFiles;
use crate::problem::Fault;
use crate::view::{MapView, Nothing};

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<MapView, Fault> {
    let town = ctx.app.planner.town(ctx.app.dir(), ctx.lang)?;
    let depot = ctx.read(|db| town.depot_of(&db))?;
    let tiles = ctx.app.planner.tiles(ctx.app.dir(), ctx.lang)?;
    let (west, south, east, north) = match &tiles {
        Some(tiles) => {
            let bounds = tiles.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).bounds;
            (bounds.west, bounds.south, bounds.east, bounds.north)
        }
        None => town.graph.bounds().map_or((0.0, 0.0, 0.0, 0.0), |(low, high)| {
            (low.lon(), low.lat(), high.lon(), high.lat())
        }),
    };
    Ok(MapView {
        west,
        south,
        east,
        north,
        depot: [depot.lon, depot.lat],
        tiles: tiles.is_some(),
        name: MapFiles::read(ctx.app.dir(), ctx.lang)?.tiles,
        source: town.source.clone(),
    })
}
