//! One tile of the map, as the screen draws it.

use crate::ctx::Ctx;
use crate::dispatching::town::unreadable;
use crate::problem::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct TileArgs {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct MapTile {
    /// A Mapbox Vector Tile in base64; null where the map has nothing.
    pub mvt: Option<String>,
}

pub fn run(ctx: &Ctx<'_>, args: TileArgs) -> Result<MapTile, Fault> {
    let Some(tiles) = ctx.app.planner.tiles(ctx.app.dir(), ctx.lang)? else {
        return Ok(MapTile { mvt: None });
    };
    let mut tiles = tiles.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let tile = tiles
        .tile(args.z, args.x, args.y)
        .map_err(|error| unreadable(ctx.lang, "pmtiles", error))?;
    Ok(MapTile { mvt: tile.map(|bytes| STANDARD.encode(bytes)) })
}
