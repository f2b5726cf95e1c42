//! From an OpenStreetMap extract (`.osm.pbf`) to a [`RoadGraph`].
//!
//! Two passes over the bytes: the ways say which nodes matter, then those nodes are placed. Every
//! street of the profile is kept; places are snapped only to the largest part in which one can
//! drive from anywhere to anywhere ([`RoadGraph::main_node_count`]).

mod tags;
mod ways;

use crate::build::{GraphBuilder, NewEdge};
use crate::class::Profile;
use crate::graph::RoadGraph;
use domain::LonLat;
use osmpbf::{BlobDecode, BlobReader, Element};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;
use ways::Ways;

/// Why a map extract cannot be used.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error("the map cannot be read")]
    Read(#[from] std::io::Error),
    #[error("the map is damaged or cut short: {0}")]
    Damaged(String),
    #[error("the map needs the feature `{0}`, which this program does not know")]
    Feature(String),
    #[error("the map has no street that this vehicle may use")]
    NoStreets,
}

/// Reads the whole extract and builds the roads that `profile` may use.
pub fn read(mut source: impl Read, profile: Profile) -> Result<RoadGraph, ImportError> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    read_bytes(&bytes, profile)
}

/// Like [`read`], from bytes already in memory.
pub fn read_bytes(bytes: &[u8], profile: Profile) -> Result<RoadGraph, ImportError> {
    // The PBF library adds deltas unchecked, so a hostile file could make it panic.
    catch_unwind(AssertUnwindSafe(|| build(bytes, profile)))
        .unwrap_or_else(|_| Err(ImportError::Damaged("a number is out of range".to_owned())))
}

fn build(bytes: &[u8], profile: Profile) -> Result<RoadGraph, ImportError> {
    let mut ways = Ways::default();
    each_element(bytes, |element| {
        if let Element::Way(way) = element
            && let Some(street) = tags::street(way.tags(), profile)
        {
            ways.add(street, way.refs());
        }
    })?;
    let mut nodes = ways.nodes();
    each_element(bytes, |element| match element {
        Element::Node(node) => {
            let barred = tags::bars(node.tags(), profile);
            nodes.place(node.id(), node.nano_lon(), node.nano_lat(), barred);
        }
        Element::DenseNode(node) => {
            let barred = tags::bars(node.tags(), profile);
            nodes.place(node.id(), node.nano_lon(), node.nano_lat(), barred);
        }
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    let graph = connect(&ways, &nodes);
    if graph.arc_count() == 0 {
        return Err(ImportError::NoStreets);
    }
    Ok(graph)
}

fn each_element(bytes: &[u8], mut visit: impl FnMut(Element)) -> Result<(), ImportError> {
    let damaged = |error: osmpbf::Error| ImportError::Damaged(error.to_string());
    for blob in BlobReader::new(Cursor::new(bytes)) {
        match blob.map_err(damaged)?.decode().map_err(damaged)? {
            BlobDecode::OsmHeader(header) => {
                let known = ["OsmSchema-V0.6", "DenseNodes"];
                let strange =
                    header.required_features().iter().find(|name| !known.contains(&name.as_str()));
                if let Some(feature) = strange {
                    return Err(ImportError::Feature(feature.clone()));
                }
            }
            BlobDecode::OsmData(block) => block.for_each_element(&mut visit),
            BlobDecode::Unknown(_) => {}
        }
    }
    Ok(())
}

/// Cuts ways at junctions, barriers and gaps in the extract, and joins the pieces into a graph.
fn connect(ways: &Ways, nodes: &ways::Nodes) -> RoadGraph {
    let mut builder = GraphBuilder::new();
    let mut graph_node = vec![None; nodes.len()];
    for (street, refs) in ways.iter() {
        let placed: Vec<Option<(usize, LonLat)>> = refs.iter().map(|&id| nodes.find(id)).collect();
        // An extract is cut at its border: a way may name nodes that are not in it.
        for piece in placed.split(Option::is_none) {
            let piece: Vec<(usize, LonLat)> = piece.iter().flatten().copied().collect();
            let mut start = 0;
            for index in 1..piece.len() {
                let is_cut = index + 1 == piece.len() || nodes.is_junction(piece[index].0);
                if !is_cut {
                    continue;
                }
                let mut end_at = |(node, place): (usize, LonLat)| {
                    // Nobody passes a bollard: each street gets its own dead end there.
                    if nodes.is_barred(node) {
                        return builder.add_node(place);
                    }
                    *graph_node[node].get_or_insert_with(|| builder.add_node(place))
                };
                let (from, to) = (end_at(piece[start]), end_at(piece[index]));
                let between: Vec<LonLat> =
                    piece[start + 1..index].iter().map(|&(_, place)| place).collect();
                builder.add_edge(&NewEdge {
                    from,
                    to,
                    class: street.class,
                    name: &street.name,
                    between: &between,
                    forward_kmh: street.forward_kmh,
                    backward_kmh: street.backward_kmh,
                    wait_ms: [0, 0],
                });
                start = index;
            }
        }
    }
    builder.finish()
}
