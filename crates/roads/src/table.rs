//! Many sources to many targets: sweeps over the hierarchy, [`LANES`] sources at a time.
//!
//! Going up from a source meets few states. Going down, all targets share the states above them,
//! so these are laid out once in falling rank and swept from top to bottom for each batch of
//! sources. A row holds the costs of one state for all sources of the batch; rows are added and
//! compared as a whole, which compilers turn into vector instructions.
//! (Delling, Goldberg, Werneck: "Faster Batched Shortest Paths in Road Networks", 2011.)
//!
//! Lanes are `f64` although costs are whole numbers: below 2^53 these are exact, and every processor
//! has a vector minimum for them, which many lack for 64-bit integers.

mod batch;
mod below;

use crate::cost::{Cost, LENGTH_BITS, TRESPASS, pack, whole};
use crate::graph::RoadGraph;
use crate::metric::Metric;
use crate::snap::Snapped;
use crate::stops::{Stop, direct, is_behind};
use batch::Batch;
use below::Below;
use rayon::prelude::*;

/// Sources swept together: a row is two cache lines.
pub(crate) const LANES: usize = 16;
pub(crate) type Row = [f64; LANES];

/// Marks a pair without a way.
pub(crate) const NO_WAY: u32 = u32::MAX;
/// Everything from here on means that there is no way.
const FAR: f64 = (1_u64 << 60) as f64;
const LENGTH_UNIT: f64 = (1_u64 << LENGTH_BITS) as f64;
const TRESPASS_UNIT: f64 = TRESPASS as f64;

/// Row-major seconds and meters, [`NO_WAY`] where there is none.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    pub seconds: Vec<u32>,
    pub meters: Vec<u32>,
}

/// One row of the result.
struct Out<'c> {
    source: usize,
    seconds: &'c mut [u32],
    meters: &'c mut [u32],
}

pub(crate) fn table(
    graph: &RoadGraph,
    metric: &Metric,
    sources: &[Option<Snapped>],
    targets: &[Option<Snapped>],
) -> Cells {
    let columns = targets.len();
    // Zeros come from the system without being written; every row is written once, below.
    let mut cells = Cells {
        seconds: vec![0; sources.len() * columns],
        meters: vec![0; sources.len() * columns],
    };
    if columns == 0 || sources.is_empty() {
        return cells;
    }
    let below = Below::new(graph, metric, targets);
    let rows = cells.seconds.chunks_mut(columns).zip(cells.meters.chunks_mut(columns));
    let mut rows: Vec<Out> = rows
        .enumerate()
        .map(|(source, (seconds, meters))| Out { source, seconds, meters })
        .collect();
    for row in rows.iter_mut().filter(|row| sources[row.source].is_none()) {
        row.seconds.fill(NO_WAY);
        row.meters.fill(NO_WAY);
    }
    rows.retain(|row| sources[row.source].is_some());
    // Neighbors share most of their way up.
    rows.sort_by_cached_key(|row| sources[row.source].map(|at| z_order(&at)));
    let by_edge = by_edge(targets);
    rows.par_chunks_mut(LANES).for_each_init(
        || Batch::new(graph),
        |batch, rows| {
            fill_rows(graph, metric, (sources, targets), &below, &by_edge, batch, rows);
        },
    );
    cells
}

/// Hands out row by row instead of keeping all: `visit` gets the source's number, seconds and meters,
/// on any thread and in no certain order.
pub(crate) fn each_row(
    graph: &RoadGraph,
    metric: &Metric,
    sources: &[Option<Snapped>],
    targets: &[Option<Snapped>],
    visit: &(impl Fn(usize, &[u32], &[u32]) + Sync),
) {
    let columns = targets.len();
    let below = Below::new(graph, metric, targets);
    let by_edge = by_edge(targets);
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_cached_key(|&source| sources[source].map(|at| z_order(&at)));
    let start =
        || (Batch::new(graph), vec![NO_WAY; LANES * columns], vec![NO_WAY; LANES * columns]);
    order.par_chunks(LANES).for_each_init(start, |(batch, seconds, meters), chunk| {
        seconds.fill(NO_WAY);
        meters.fill(NO_WAY);
        let places = seconds.chunks_mut(columns.max(1)).zip(meters.chunks_mut(columns.max(1)));
        let mut rows: Vec<Out> = chunk
            .iter()
            .zip(places)
            .map(|(&source, (seconds, meters))| Out { source, seconds, meters })
            .collect();
        // Sources off the map come first in the order, and keep rows without ways.
        let off_map = rows.iter().filter(|row| sources[row.source].is_none()).count();
        fill_rows(graph, metric, (sources, targets), &below, &by_edge, batch, &mut rows[off_map..]);
        for row in &rows {
            visit(row.source, row.seconds, row.meters);
        }
    });
}

fn fill_rows(
    graph: &RoadGraph,
    metric: &Metric,
    (sources, targets): (&[Option<Snapped>], &[Option<Snapped>]),
    below: &Below,
    by_edge: &[(u32, u32)],
    batch: &mut Batch,
    rows: &mut [Out],
) {
    let stops: Vec<Snapped> = rows.iter().filter_map(|row| sources[row.source]).collect();
    batch.run(graph, metric, &stops, below, rows);
    for (row, source) in rows.iter_mut().zip(&stops) {
        same_street(graph, metric, source, targets, by_edge, row);
    }
}

/// Interleaved bits of a place, so that close numbers are close places.
pub(crate) fn z_order(at: &Snapped) -> u64 {
    let spread = |number: i32| {
        let mut bits = u64::from(number as u32 ^ 0x8000_0000);
        for (shift, mask) in [
            (16, 0x0000_ffff_0000_ffff),
            (8, 0x00ff_00ff_00ff_00ff),
            (4, 0x0f0f_0f0f_0f0f_0f0f),
            (2, 0x3333_3333_3333_3333),
            (1, 0x5555_5555_5555_5555),
        ] {
            bits = (bits | bits << shift) & mask;
        }
        bits
    };
    spread(at.point.lon_e7) | spread(at.point.lat_e7) << 1
}

/// Edge and number of each target, sorted.
fn by_edge(targets: &[Option<Snapped>]) -> Vec<(u32, u32)> {
    let known = targets.iter().enumerate();
    let mut found: Vec<(u32, u32)> =
        known.filter_map(|(number, at)| Some((at.as_ref()?.edge, number as u32))).collect();
    found.sort_unstable();
    found
}

/// Corrects pairs on one street, where the sweep counts a target behind the source as passed.
fn same_street(
    graph: &RoadGraph,
    metric: &Metric,
    source: &Snapped,
    targets: &[Option<Snapped>],
    by_edge: &[(u32, u32)],
    row: &mut Out,
) {
    let first = by_edge.partition_point(|&(edge, _)| edge < source.edge);
    let here = by_edge[first..].iter().take_while(|&&(edge, _)| edge == source.edge);
    for &(_, number) in here {
        let Some(target) = &targets[number as usize] else { continue };
        let cost = same_street_cost(graph, metric, source, target);
        let (seconds, meters) = cost.map_or((NO_WAY, NO_WAY), |cost| {
            let (seconds, meters) = whole(cost);
            (seconds.0 as u32, meters.0 as u32)
        });
        row.seconds[number as usize] = seconds;
        row.meters[number as usize] = meters;
    }
}

fn same_street_cost(
    graph: &RoadGraph,
    metric: &Metric,
    source: &Snapped,
    target: &Snapped,
) -> Option<Cost> {
    let starts: Vec<Stop> = graph.stops(metric, source).collect();
    let ends: Vec<Stop> = graph.stops(metric, target).collect();
    let pairs = || starts.iter().flat_map(|&start| ends.iter().map(move |&end| (start, end)));
    let ahead = pairs().filter_map(|(start, end)| direct(start, end)).min();
    // A loop drives at least to the street's end and in again from its beginning.
    let behind = pairs().filter(|&(start, end)| is_behind(start, end));
    let loop_at_least = behind
        .map(|(start, end)| {
            metric.costs.arcs[start.arc as usize] - start.cost + end.cost + pack(0, 1)
        })
        .min();
    match (ahead, loop_at_least) {
        (Some(ahead), Some(least)) if ahead <= least => Some(ahead),
        (Some(ahead), None) => Some(ahead),
        _ => graph.drive_cost(metric, source, target),
    }
}
