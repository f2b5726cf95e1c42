//! Roads: from a map extract, or an invented town, to travel times, distances and lines to draw.
//!
//! Architecture Invariant: opens no file, reads no clock, and knows no vans or orders. Bytes come
//! in as a slice or a reader. The same bytes give the same graph and the same numbers everywhere:
//! lengths and times are integers fixed at import.
//!
//! Data in -> data out: `.osm.pbf` or a seed -> [`RoadGraph`] -> [`Matrix`], [`Route`], [`Drawn`].

mod geo;
mod class;
mod graph;
mod build;
pub mod import;
pub mod file;
mod snap;
mod search;
mod matrix;
mod route;
pub mod town;
pub mod tiles;

pub use build::{GraphBuilder, NewEdge};
pub use class::{Profile, RoadClass};
pub use graph::{Drawn, RoadGraph};
pub use matrix::{Matrix, Unreachable};
pub use route::Route;
pub use snap::{SNAP_METERS_MAX, Snapped};
