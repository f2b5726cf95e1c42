//! Which lists the file holds, in which order.

use super::FileError;
use crate::class::Profile;
use crate::graph::RoadGraph;
use crate::grid::Grid;
use crate::hierarchy::{Half, Hierarchy, IN, OUT};
use crate::list::List;
use crate::places::{Names, Places};
use crate::turns::{Leaving, Turns};
use bytemuck::Pod;
use bytes::Bytes;
use std::sync::OnceLock;

/// Single numbers: vehicle, side of the road, restrictions, the map's own number, the grid.
const NUMBERS: usize = 9;

/// Hands out the sections of a graph in the order of the file.
pub(super) fn each(graph: &RoadGraph, put: &mut dyn FnMut(&[u8])) {
    let grid = &graph.grid;
    let numbers: [i64; NUMBERS] = [
        i64::from(graph.profile.code()),
        i64::from(graph.left_hand),
        i64::from(graph.restriction_count),
        graph.map.cast_signed(),
        grid.low.0,
        grid.low.1,
        grid.columns,
        grid.rows,
        grid.cell,
    ];
    put(bytemuck::cast_slice(&numbers));
    put(graph.nodes.0.as_bytes());
    put(graph.edges.as_bytes());
    put(graph.shape_start.as_bytes());
    put(graph.points.0.as_bytes());
    put(graph.names.first.as_bytes());
    put(graph.names.letters.as_bytes());
    put(graph.leaving.first.as_bytes());
    put(graph.leaving.arcs.as_bytes());
    let turns = &graph.turns;
    put(turns.first.as_bytes());
    put(turns.to.as_bytes());
    put(turns.costs.as_bytes());
    put(turns.copy_arcs.as_bytes());
    put(turns.copies.as_bytes());
    put(graph.timed.as_bytes());
    put(graph.main.as_bytes());
    put(grid.first.as_bytes());
    put(grid.pieces.as_bytes());
    let hierarchy = &graph.engine().hierarchy;
    put(hierarchy.rank.as_bytes());
    put(hierarchy.state.as_bytes());
    put(hierarchy.parent.as_bytes());
    put(hierarchy.slot.as_bytes());
    for half in [&hierarchy.halves[OUT], &hierarchy.halves[IN]] {
        put(half.first.as_bytes());
        put(half.head.as_bytes());
        put(half.below_first.as_bytes());
        put(half.below.as_bytes());
    }
}

/// The same in the same order, from the file.
pub(super) fn read(from: &mut Reader) -> Result<RoadGraph, FileError> {
    let numbers: List<i64> = from.list()?;
    let &[profile, left_hand, restrictions, map, west, south, columns, rows, cell] =
        numbers.first_chunk::<NUMBERS>().ok_or(SHORT)?;
    let profile = u8::try_from(profile).ok().and_then(Profile::from_code);
    let mut graph = RoadGraph {
        profile: profile.ok_or(FileError::Damaged("an unknown vehicle"))?,
        left_hand: left_hand != 0,
        restriction_count: restrictions.clamp(0, i64::from(u32::MAX)) as u32,
        map: map.cast_unsigned(),
        nodes: Places(from.list()?),
        edges: from.list()?,
        shape_start: from.list()?,
        points: Places(from.list()?),
        names: Names { first: from.list()?, letters: from.list()? },
        leaving: Leaving { first: from.list()?, arcs: from.list()? },
        turns: Turns {
            first: from.list()?,
            to: from.list()?,
            costs: from.list()?,
            copy_arcs: from.list()?,
            copies: from.list()?,
            arc_count: 0,
        },
        timed: from.list()?,
        main: from.list()?,
        grid: Grid {
            low: (west, south),
            columns,
            rows,
            cell,
            first: from.list()?,
            pieces: from.list()?,
        },
        order: None,
        stored: Some(Hierarchy {
            rank: from.list()?,
            state: from.list()?,
            parent: from.list()?,
            slot: from.list()?,
            halves: [half(from)?, half(from)?],
        }),
        engine: OnceLock::new(),
    };
    graph.turns.arc_count = (graph.edges.len() * 2) as u32;
    Ok(graph)
}

fn half(from: &mut Reader) -> Result<Half, FileError> {
    Ok(Half {
        first: from.list()?,
        head: from.list()?,
        below_first: from.list()?,
        below: from.list()?,
    })
}

const SHORT: FileError = FileError::Damaged("a section is missing or cut short");

/// Takes section after section.
pub(super) struct Reader<'b> {
    bytes: &'b Bytes,
    /// Offset and length of each.
    table: std::vec::IntoIter<(u64, u64)>,
}

impl Reader<'_> {
    pub(super) fn new(bytes: &Bytes, count: usize) -> Result<Reader<'_>, FileError> {
        let end = count.checked_mul(16).and_then(|size| size.checked_add(super::HEADER_BYTES));
        let table = end.and_then(|end| bytes.get(super::HEADER_BYTES..end)).ok_or(SHORT)?;
        let word = |bytes: &[u8], at| super::u64_at(bytes, at).unwrap_or(u64::MAX);
        let table: Vec<(u64, u64)> =
            table.chunks_exact(16).map(|entry| (word(entry, 0), word(entry, 8))).collect();
        Ok(Reader { bytes, table: table.into_iter() })
    }

    fn list<T: Pod>(&mut self) -> Result<List<T>, FileError> {
        let (offset, length) = self.table.next().ok_or(SHORT)?;
        let end = offset.checked_add(length).filter(|&end| end <= self.bytes.len() as u64);
        let range = offset as usize..end.ok_or(SHORT)? as usize;
        List::over(self.bytes.slice(range)).ok_or(FileError::Damaged("a section is out of line"))
    }
}
