//! Roads: from a map extract, or an invented town, to travel times, distances and lines to draw.
//!
//! Architecture Invariant: opens no file, reads no clock, and knows no vans or orders. Bytes come
//! in as a slice or a reader. The same bytes give the same graph and the same numbers everywhere:
//! lengths and times are integers fixed at import.
//!
//! Data in -> data out: `.osm.pbf` or a seed -> [`RoadGraph`] -> [`Matrix`], [`Route`], [`Drawn`].

mod geo;
mod class;
mod cost;
mod list;
mod sum;
mod places;
mod graph;
mod restrict;
mod turn_cost;
mod turns;
mod timed;
mod component;
mod build;
pub mod import;
pub mod file;
mod grid;
mod snap;
mod order;
mod hierarchy;
mod changes;
mod metric;
mod engine;
mod stops;
mod drive;
mod table;
mod matrix;
mod route;
mod steps;
mod reach;
mod hours;
mod streets;
mod matching;
pub mod town;
pub mod addresses;
pub mod tiles;

pub use build::{GraphBuilder, NewEdge};
pub use changes::Changes;
pub use class::{Profile, RoadClass};
pub use graph::{Drawn, RoadGraph, State};
pub use hours::DayProfile;
pub use matching::Matched;
pub use matrix::{Matrix, MatrixRow, Unreachable};
pub use metric::Metric;
pub use reach::Reach;
pub use route::Route;
pub use snap::{Directions, SNAP_METERS_MAX, Snapped};
pub use steps::{Language, Maneuver, Step};
pub use streets::{Obstacles, ParseStreetIdError, Street, StreetId, TouchedLeg, UnknownStreet};
