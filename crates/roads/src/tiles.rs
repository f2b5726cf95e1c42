//! The map to look at: vector tiles from an OpenStreetMap extract or from the invented town.
//!
//! Data in -> data out: `.osm.pbf` -> shapes in one flat world (`scene`) -> tiles of zoom 8 to 15
//! (`pyramid`, `draw`, `mvt`) -> one PMTiles file (`pmtiles`), read tile by tile with [`Tiles`].
//! Nearer than zoom 15 the screen enlarges the last tiles.

mod world;
mod feature;
mod tags;
mod join;
mod clip;
mod simplify;
mod coast;
mod outline;
mod osm;
mod town;
mod mvt;
mod draw;
mod pmtiles;
mod pyramid;

pub use pmtiles::{Bounds, Tiles, TilesError};

use crate::town::Town;
use std::io::{Seek, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;

/// Why there are no tiles.
#[derive(Debug, Error)]
pub enum TileError {
    #[error("the map is damaged or cut short: {0}")]
    Damaged(String),
    #[error("the map needs the feature `{0}`, which this program does not know")]
    Feature(String),
    #[error("the map shows nothing")]
    Nothing,
    #[error("stopped")]
    Stopped,
    #[error("the tiles cannot be written")]
    Write(#[from] std::io::Error),
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Read,
    Tiles,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    /// Of this stage.
    pub per_mille: u32,
}

/// Hears of progress and may stop the work.
pub type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub tiles: u64,
    pub bytes: u64,
}

/// Tiles of a whole extract (`.osm.pbf`), written to `out`.
pub fn from_osm(
    bytes: &[u8],
    out: impl Write + Seek,
    watch: &mut Watch<'_>,
) -> Result<Made, TileError> {
    // The PBF library adds deltas unchecked, so a hostile file could make it panic.
    catch_unwind(AssertUnwindSafe(|| {
        let scene = osm::scene(bytes, watch)?;
        pyramid::write(scene, out, watch)
    }))
    .unwrap_or_else(|_| Err(TileError::Damaged("a number is out of range".to_owned())))
}

/// Tiles of the invented town.
pub fn from_town(town: &Town, out: impl Write + Seek) -> Result<Made, TileError> {
    pyramid::write(self::town::scene(town), out, &mut |_| ControlFlow::Continue(()))
}

fn say(watch: &mut Watch<'_>, stage: Stage, share: f64) -> Result<(), TileError> {
    let per_mille = (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
    match watch(Progress { stage, per_mille }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(TileError::Stopped),
    }
}

/// Other programs that open the file ask for the layers here.
fn metadata() -> String {
    let layers: Vec<String> = feature::Layer::ALL
        .iter()
        .map(|layer| format!(r#"{{"id":"{}","fields":{{"class":"String"}}}}"#, layer.name()))
        .collect();
    format!(
        r#"{{"name":"Quayside","attribution":"© OpenStreetMap","vector_layers":[{}]}}"#,
        layers.join(",")
    )
}
