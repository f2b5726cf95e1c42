//! An invented town: streets, addresses, a river, parks. For the demo, for tests, and for trying
//! the app before a real map is at hand. The same seed and center give the same town.
//!
//! A lattice of streets is bent into shape rather than drawn at random: real towns are orderly near
//! the center and rounder toward the edge.

mod chance;
mod terrain;
mod layout;
mod names;
mod streets;
mod addresses;

use crate::graph::RoadGraph;
use chance::Chance;
use domain::LonLat;
use serde::Serialize;

/// A door in the town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// English and Chinese, as on the signs: `Mill Lane 磨坊巷`.
    pub street: String,
    pub number: u32,
    pub place: LonLat,
}

/// A whole town.
#[derive(Debug, Clone)]
pub struct Town {
    pub graph: RoadGraph,
    pub addresses: Vec<Address>,
    /// The warehouse yard, beside the ring road.
    pub depot: LonLat,
    /// Closed outlines of the river and the lakes, without the repeated last point.
    pub water: Vec<Vec<LonLat>>,
    /// Closed outlines of parks and woods.
    pub green: Vec<Vec<LonLat>>,
}

/// Builds the town of `seed` around `center`, about 5 km across.
pub fn generate(seed: u64, center: LonLat) -> Town {
    let mut chance = Chance::new(seed);
    let terrain = terrain::Terrain::new(&mut chance, center);
    let layout = layout::Layout::new(&mut chance, &terrain);
    let (graph, street_names) = streets::build(&mut chance, &terrain, &layout);
    let addresses = addresses::number(&mut chance, &graph, &street_names);
    let depot = layout.depot(&terrain, &graph);
    let water = terrain.water();
    let green = layout.green(&mut chance, &terrain);
    Town { graph, addresses, depot, water, green }
}
