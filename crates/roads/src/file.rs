//! The `.roads` file: a road graph as bytes.
//!
//! Layout, little-endian: magic, version `u32`, payload length `u64`, payload checksum `u64`,
//! payload. Only what cannot be derived is stored, so a file that passes the checks below cannot
//! describe an inconsistent graph.

use crate::build::{EDGE_DECIMETERS_MAX, EDGE_MS_MAX, Parts, assemble, is_chain};
use crate::class::{Profile, RoadClass};
use crate::graph::{BLOCKED, Edge, RoadGraph};
use crate::order::edge_order;
use crate::restrict::Restriction;
use domain::LonLat;
use thiserror::Error;

const MAGIC: [u8; 8] = *b"QUAYROAD";
const VERSION: u32 = 2;
/// Without turn restrictions, lights and an order: files of the first release stay readable.
const VERSION_WITHOUT_TURNS: u32 = 1;
const HEADER_BYTES: usize = 28;

/// Why a `.roads` file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    #[error("this is not a .roads file")]
    NotRoads,
    #[error("the file is of version {found}, this program reads version {VERSION}: build it again")]
    Version { found: u32 },
    #[error("the file is cut short: {found} bytes of {expected}")]
    Truncated { expected: u64, found: u64 },
    #[error("the file is damaged: its checksum does not match")]
    Checksum,
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
}

/// The graph as bytes of a `.roads` file.
pub fn encode(graph: &RoadGraph) -> Vec<u8> {
    let mut payload = Vec::new();
    let lengths = [graph.nodes.len(), graph.edges.len(), graph.points.len(), graph.names.len()];
    for length in lengths {
        put(&mut payload, length as u32);
    }
    for point in graph.nodes.iter().chain(&graph.points) {
        payload.extend_from_slice(&point.lon_e7.to_le_bytes());
        payload.extend_from_slice(&point.lat_e7.to_le_bytes());
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        let end = graph.shape_start[index + 1];
        let numbers = [
            edge.from,
            edge.to,
            edge.decimeters,
            edge.forward_ms,
            edge.backward_ms,
            edge.name,
            end,
        ];
        for number in numbers {
            put(&mut payload, number);
        }
        payload.push(edge.class.code() | u8::from(edge.stopping_only) << 7);
    }
    for name in &graph.names {
        put(&mut payload, name.len() as u32);
        payload.extend_from_slice(name.as_bytes());
    }
    payload.push(graph.profile.code());
    payload.push(u8::from(graph.left_hand));
    let signals = (0..).zip(&graph.signals).filter(|&(_, &has)| has).map(|(node, _)| node);
    put_list(&mut payload, &signals.collect::<Vec<u32>>());
    put(&mut payload, graph.restrictions.len() as u32);
    for restriction in &graph.restrictions {
        payload.push(u8::from(restriction.only));
        put_list(&mut payload, &restriction.arcs);
    }
    match &graph.order {
        Some(order) => put_list(&mut payload, order),
        None => put_list(&mut payload, &edge_order(graph)),
    }
    let mut bytes = Vec::with_capacity(HEADER_BYTES + payload.len());
    bytes.extend_from_slice(&MAGIC);
    put(&mut bytes, VERSION);
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&checksum(&payload).to_le_bytes());
    bytes.extend_from_slice(&payload);
    bytes
}

/// The graph in the bytes of a `.roads` file.
pub fn decode(bytes: &[u8]) -> Result<RoadGraph, FileError> {
    let mut header = Reader { bytes };
    if header.array::<8>() != Ok(MAGIC) {
        return Err(FileError::NotRoads);
    }
    let version = header.u32()?;
    if version != VERSION && version != VERSION_WITHOUT_TURNS {
        return Err(FileError::Version { found: version });
    }
    let expected = u64::from_le_bytes(header.array()?);
    let stored = u64::from_le_bytes(header.array()?);
    let payload = header.bytes;
    if payload.len() as u64 != expected {
        return Err(FileError::Truncated { expected, found: payload.len() as u64 });
    }
    if checksum(payload) != stored {
        return Err(FileError::Checksum);
    }
    read_parts(&mut Reader { bytes: payload }, version).map(assemble)
}

fn read_parts(reader: &mut Reader, version: u32) -> Result<Parts, FileError> {
    let node_count = reader.count(8)?;
    let edge_count = reader.count(29)?;
    let point_count = reader.count(8)?;
    let name_count = reader.count(4)?;
    let nodes = (0..node_count).map(|_| reader.place()).collect::<Result<Vec<_>, _>>()?;
    let points = (0..point_count).map(|_| reader.place()).collect::<Result<Vec<_>, _>>()?;
    let mut edges = Vec::with_capacity(edge_count);
    let mut shape_start = vec![0_u32];
    for _ in 0..edge_count {
        let (edge, shape_end) = reader.edge()?;
        let in_range = (edge.from.max(edge.to) as usize) < node_count
            && (edge.name as usize) < name_count
            && edge.decimeters <= EDGE_DECIMETERS_MAX
            && [edge.forward_ms, edge.backward_ms]
                .iter()
                .all(|&ms| ms == BLOCKED || ms <= EDGE_MS_MAX);
        let start = shape_start.last().copied().unwrap_or(0);
        let has_shape = shape_end as usize <= point_count && shape_end >= start.saturating_add(2);
        if !(in_range && has_shape) {
            return Err(FileError::Damaged("a street points outside the file"));
        }
        shape_start.push(shape_end);
        edges.push(edge);
    }
    if shape_start.last().copied().unwrap_or(0) as usize != point_count {
        return Err(FileError::Damaged("it has points that no street uses"));
    }
    let names = (0..name_count).map(|_| reader.text()).collect::<Result<Vec<_>, _>>()?;
    let streets = Parts { nodes, edges, shape_start, points, names, ..Parts::default() };
    let parts = if version == VERSION { read_turns(reader, streets)? } else { streets };
    if !reader.bytes.is_empty() {
        return Err(FileError::Damaged("it goes on after its end"));
    }
    Ok(parts)
}

fn read_turns(reader: &mut Reader, streets: Parts) -> Result<Parts, FileError> {
    let [profile, left_hand] = reader.array()?;
    let profile = Profile::from_code(profile).ok_or(FileError::Damaged("an unknown vehicle"))?;
    Ok(Parts {
        profile,
        left_hand: left_hand != 0,
        signals: reader.list(streets.nodes.len())?,
        restrictions: restrictions(reader, &streets.edges)?,
        order: Some(order(reader, streets.edges.len())?),
        ..streets
    })
}

fn restrictions(reader: &mut Reader, edges: &[Edge]) -> Result<Vec<Restriction>, FileError> {
    let count = reader.count(5)?;
    let one = |_| {
        let [only] = reader.array()?;
        let arcs = reader.list(edges.len() * 2)?;
        if !is_chain(edges, &arcs) {
            return Err(FileError::Damaged("a turn restriction has a gap"));
        }
        Ok(Restriction { only: only != 0, arcs })
    };
    (0..count).map(one).collect()
}

fn order(reader: &mut Reader, edge_count: usize) -> Result<Vec<u32>, FileError> {
    let order = reader.list(edge_count)?;
    let mut seen = vec![false; edge_count];
    let is_new = |&edge: &u32| !std::mem::replace(&mut seen[edge as usize], true);
    if order.len() != edge_count || !order.iter().all(is_new) {
        return Err(FileError::Damaged("its order of streets is not one"));
    }
    Ok(order)
}

fn put_list(bytes: &mut Vec<u8>, numbers: &[u32]) {
    put(bytes, numbers.len() as u32);
    numbers.iter().for_each(|&number| put(bytes, number));
}

fn put(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

/// FNV-1a, 64 bit. Each step is a bijection of the state, so any one changed byte changes the sum.
/// It guards against damage, not against malice; the checks on reading do that.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

struct Reader<'b> {
    bytes: &'b [u8],
}

const SHORT: FileError = FileError::Damaged("it ends in the middle of an entry");

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], FileError> {
        let (head, rest) = self.bytes.split_first_chunk::<N>().ok_or(SHORT)?;
        self.bytes = rest;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, FileError> {
        self.array().map(u32::from_le_bytes)
    }

    fn place(&mut self) -> Result<LonLat, FileError> {
        let lon_e7 = i32::from_le_bytes(self.array()?);
        let lat_e7 = i32::from_le_bytes(self.array()?);
        let inside = lon_e7.unsigned_abs() <= 1_800_000_000 && lat_e7.unsigned_abs() <= 900_000_000;
        inside
            .then_some(LonLat { lon_e7, lat_e7 })
            .ok_or(FileError::Damaged("a point is off the earth"))
    }

    /// A number of entries of at least `entry_bytes` each: never more than could follow, so that a
    /// forged count cannot ask for all memory.
    fn count(&mut self, entry_bytes: usize) -> Result<usize, FileError> {
        let count = self.u32()? as usize;
        if count.saturating_mul(entry_bytes) > self.bytes.len() {
            return Err(SHORT);
        }
        Ok(count)
    }

    /// A counted list of numbers below `bound`.
    fn list(&mut self, bound: usize) -> Result<Vec<u32>, FileError> {
        let count = self.count(4)?;
        let numbers: Vec<u32> = (0..count).map(|_| self.u32()).collect::<Result<_, _>>()?;
        if numbers.iter().any(|&number| number as usize >= bound) {
            return Err(FileError::Damaged("a number points outside the file"));
        }
        Ok(numbers)
    }

    fn edge(&mut self) -> Result<(Edge, u32), FileError> {
        let edge = Edge {
            from: self.u32()?,
            to: self.u32()?,
            decimeters: self.u32()?,
            forward_ms: self.u32()?,
            backward_ms: self.u32()?,
            name: self.u32()?,
            class: RoadClass::Path,
            stopping_only: false,
        };
        let shape_end = self.u32()?;
        let [code] = self.array()?;
        let class =
            RoadClass::from_code(code & 0x7f).ok_or(FileError::Damaged("an unknown road class"))?;
        Ok((Edge { class, stopping_only: code & 0x80 != 0, ..edge }, shape_end))
    }

    fn text(&mut self) -> Result<String, FileError> {
        let length = self.count(1)?;
        let (head, rest) = self.bytes.split_at_checked(length).ok_or(SHORT)?;
        self.bytes = rest;
        let text =
            std::str::from_utf8(head).map_err(|_| FileError::Damaged("a name is not text"))?;
        Ok(text.to_owned())
    }
}
