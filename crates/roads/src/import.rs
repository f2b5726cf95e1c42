//! From an OpenStreetMap extract (`.osm.pbf`) to a [`RoadGraph`].
//!
//! Two passes over the bytes: ways and relations say which nodes matter, then those nodes are
//! placed. Every street of the vehicle is kept; places are snapped only to the largest part in
//! which one can drive from anywhere to anywhere ([`RoadGraph::main_node_count`]).

mod blocks;
mod tags;
mod ways;
mod hours;
mod relations;
mod connect;

use crate::class::Profile;
use crate::graph::RoadGraph;
use crate::order::edge_order_with;
pub(crate) use blocks::each_element;
use osmpbf::Element;
use relations::Relations;
use std::fmt;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;
use ways::Ways;

pub use tags::Truck;

/// Why a map extract cannot be used.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error("the map cannot be read")]
    Read(#[from] std::io::Error),
    #[error("the map is damaged or cut short in the block at byte {at}: {what}")]
    Damaged { at: u64, what: String },
    #[error("the map needs the feature `{0}`, which this program does not know")]
    Feature(String),
    #[error("the map has no street that this vehicle may use")]
    NoStreets,
    #[error("the streets of the map cross each other too often to be those of a real place")]
    Tangled,
    #[error("the import was canceled")]
    Canceled,
}

/// What to import for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub profile: Profile,
    /// Counts for [`Profile::Truck`] only.
    pub truck: Truck,
    /// Whether one drives on the left, which decides what turns cross the oncoming traffic. `None`:
    /// as the roundabouts of the map are driven, on the right where it has none.
    pub left_hand: Option<bool>,
}

/// How far an import is: `done` of `total`. Reading counts the bytes twice, once for each pass, and
/// ordering the streets for the hierarchy as often as once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// What was found besides streets, for the person who imports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub ways: usize,
    /// Ways that name nodes outside the extract, cut there.
    pub cut_ways: usize,
    pub restrictions: usize,
    /// Turn restrictions under conditions.
    pub conditional_restrictions: usize,
    /// Those of them for certain hours over one junction: kept, and in force where
    /// [`crate::Changes::set_hour`] is asked for such an hour. The others are left out.
    pub timed_restrictions: usize,
    /// Turn restrictions that name ways or nodes that are missing or do not meet.
    pub broken_restrictions: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Report { ways, cut_ways, restrictions, timed_restrictions, .. } = self;
        let left_out = self.conditional_restrictions - timed_restrictions;
        write!(f, "{ways} streets, {cut_ways} of them cut at the border of the map")?;
        write!(
            f,
            "; {restrictions} turn restrictions, {timed_restrictions} more at certain hours"
        )?;
        write!(f, "; left out: {left_out} under other conditions")?;
        write!(f, ", {} that are damaged in the map", self.broken_restrictions)
    }
}

/// Reads the whole extract and builds the roads that `profile` may use.
pub fn read(mut source: impl Read, profile: Profile) -> Result<RoadGraph, ImportError> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    read_bytes(&bytes, profile)
}

/// Like [`read`], from bytes already in memory.
pub fn read_bytes(bytes: &[u8], profile: Profile) -> Result<RoadGraph, ImportError> {
    let options = Options { profile, ..Options::default() };
    read_with(bytes, &options, &mut |_| true).map(|(graph, _)| graph)
}

/// Like [`read_bytes`]; tells `progress` many times, and stops when that answers `false`.
pub fn read_with(
    bytes: &[u8],
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<(RoadGraph, Report), ImportError> {
    let mut at = 0;
    // The PBF library adds deltas unchecked, so a hostile file could make it panic.
    catch_unwind(AssertUnwindSafe(|| build(bytes, options, progress, &mut at))).unwrap_or_else(
        |_| Err(ImportError::Damaged { at, what: "a number is out of range".to_owned() }),
    )
}

fn build(
    bytes: &[u8],
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> bool,
    at: &mut u64,
) -> Result<(RoadGraph, Report), ImportError> {
    let vehicle = tags::Vehicle { profile: options.profile, truck: options.truck };
    let size = bytes.len() as u64;
    let mut tell = |pass: u64, done: u64| {
        *at = done.min(size);
        progress(Progress { done: pass * size + done, total: size * 3 })
    };
    let mut ways = Ways::default();
    let mut relations = Relations::default();
    each_element(bytes, &mut |done| tell(0, done), |element| match element {
        Element::Way(way) => {
            if let Some(street) = tags::street(way.tags(), &vehicle) {
                ways.add(way.id(), street, way.refs());
            }
        }
        Element::Relation(relation) => relations.add(&relation, options.profile),
        Element::Node(_) | Element::DenseNode(_) => {}
    })?;
    ways.finish();
    let mut nodes = ways.nodes();
    each_element(bytes, &mut |done| tell(1, done), |element| match element {
        Element::Node(node) => {
            let note = tags::node(node.tags(), &vehicle);
            nodes.place(node.id(), node.nano_lon(), node.nano_lat(), note);
        }
        Element::DenseNode(node) => {
            let note = tags::node(node.tags(), &vehicle);
            nodes.place(node.id(), node.nano_lon(), node.nano_lat(), note);
        }
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    let (mut graph, report) = connect::connect(&ways, &nodes, &relations, options);
    if graph.arc_count() == 0 {
        return Err(ImportError::NoStreets);
    }
    let edges = graph.edge_count().max(1) as u64;
    let order = edge_order_with(&graph, &mut |placed| tell(2, size * placed as u64 / edges));
    graph.order = Some(order.ok_or(ImportError::Canceled)?);
    if graph.is_tangled() {
        return Err(ImportError::Tangled);
    }
    Ok((graph, report))
}
