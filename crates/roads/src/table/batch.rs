//! One batch of sources: up, down, and out.

use super::below::Below;
use super::{FAR, LANES, LENGTH_UNIT, NO_WAY, Out, Row, TRESPASS_UNIT};
use crate::graph::RoadGraph;
use crate::hierarchy::{Kept, OUT};
use crate::metric::Metric;
use crate::snap::Snapped;

const NOWHERE: u32 = u32::MAX;
const FAR_ROW: Row = [f64::INFINITY; LANES];

/// Working memory of one thread.
pub(super) struct Batch {
    /// Place of each rank among `up`, or `NOWHERE`.
    place: Vec<u32>,
    up_ranks: Vec<u32>,
    up: Vec<Row>,
    down: Vec<Row>,
    arch: pulp::Arch,
}

impl Batch {
    pub(super) fn new(graph: &RoadGraph) -> Batch {
        Batch {
            place: vec![NOWHERE; graph.engine().hierarchy.len()],
            up_ranks: Vec::new(),
            up: Vec::new(),
            down: Vec::new(),
            arch: pulp::Arch::new(),
        }
    }

    pub(super) fn run(
        &mut self,
        graph: &RoadGraph,
        metric: &Metric,
        sources: &[Snapped],
        below: &Below,
        rows: &mut [Out],
    ) {
        self.start(graph, metric, sources);
        let up = &metric.pruned(&graph.engine().hierarchy).halves[OUT];
        self.arch.dispatch(Sweep { batch: self, up, below, rows });
        for &rank in &self.up_ranks {
            self.place[rank as usize] = NOWHERE;
        }
    }

    /// Finds all states above the sources and puts the sources into their rows.
    fn start(&mut self, graph: &RoadGraph, metric: &Metric, sources: &[Snapped]) {
        let hierarchy = &graph.engine().hierarchy;
        let kept = &metric.pruned(hierarchy).halves[OUT];
        self.up_ranks.clear();
        let mut open: Vec<u32> = Vec::new();
        for source in sources {
            for stop in graph.stops(metric, source) {
                open.push(hierarchy.rank[stop.arc as usize]);
                while let Some(rank) = open.pop() {
                    if std::mem::replace(&mut self.place[rank as usize], 0) == NOWHERE {
                        self.up_ranks.push(rank);
                        open.extend_from_slice(&kept.head[kept.arcs(rank)]);
                    }
                }
            }
        }
        self.up_ranks.sort_unstable();
        for (at, &rank) in self.up_ranks.iter().enumerate() {
            self.place[rank as usize] = at as u32;
        }
        self.up.clear();
        self.up.resize(self.up_ranks.len(), FAR_ROW);
        for (lane, source) in sources.iter().enumerate() {
            for stop in graph.stops(metric, source) {
                let place = self.place[hierarchy.rank[stop.arc as usize] as usize];
                self.up[place as usize][lane] = -stop.cost as f64;
            }
        }
    }
}

/// The part that is compiled once for each instruction set, to be chosen when it runs.
struct Sweep<'a, 'c> {
    batch: &'a mut Batch,
    up: &'a Kept,
    below: &'a Below,
    rows: &'a mut [Out<'c>],
}

impl pulp::WithSimd for Sweep<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.batch.sweep_up(self.up);
        self.batch.sweep_down(self.below);
        self.batch.write(self.below, self.rows);
    }
}

impl Batch {
    #[inline(always)]
    fn sweep_up(&mut self, kept: &Kept) {
        for (at, &rank) in self.up_ranks.iter().enumerate() {
            let row = self.up[at];
            for arc in kept.arcs(rank) {
                let place = self.place[kept.head[arc] as usize] as usize;
                relax(&mut self.up[place], &row, kept.weight[arc] as f64);
            }
        }
    }

    #[inline(always)]
    fn sweep_down(&mut self, below: &Below) {
        // Each row is written before it is read, so old ones may stay.
        self.down.resize(below.ranks.len(), FAR_ROW);
        for (at, &rank) in below.ranks.iter().enumerate() {
            let (before, rest) = self.down.split_at_mut(at);
            let mut row = match self.place[rank as usize] {
                NOWHERE => FAR_ROW,
                place => self.up[place as usize],
            };
            for &(from, weight) in
                &below.arcs[below.first[at] as usize..below.first[at + 1] as usize]
            {
                relax(&mut row, &before[from as usize], weight);
            }
            rest[0] = row;
        }
    }

    #[inline(always)]
    fn write(&self, below: &Below, rows: &mut [Out]) {
        let targets = below.first_end.len() - 1;
        // Blocks of targets are turned on their side before they go to the rows of the result.
        let mut seconds = [[0_u32; LANES]; LANES];
        let mut meters = [[0_u32; LANES]; LANES];
        for block in (0..targets).step_by(LANES) {
            let width = LANES.min(targets - block);
            for column in 0..width {
                let range = below.first_end[block + column]..below.first_end[block + column + 1];
                let mut row = FAR_ROW;
                for &(place, more) in &below.ends[range.start as usize..range.end as usize] {
                    relax(&mut row, &self.down[place as usize], more);
                }
                let (s, m) = whole(&row);
                for lane in 0..LANES {
                    seconds[lane][column] = s[lane];
                    meters[lane][column] = m[lane];
                }
            }
            for (lane, row) in rows.iter_mut().enumerate() {
                put(&mut row.seconds[block..block + width], &seconds[lane]);
                put(&mut row.meters[block..block + width], &meters[lane]);
            }
        }
    }
}

/// Copies the first numbers; a whole block, the usual case, without calling for it.
#[inline(always)]
fn put(to: &mut [u32], from: &[u32; LANES]) {
    match <&mut [u32; LANES]>::try_from(&mut *to) {
        Ok(whole) => *whole = *from,
        Err(_) => to.copy_from_slice(&from[..to.len()]),
    }
}

/// Lane by lane the smaller of `row` and `other + more`.
#[inline(always)]
fn relax(row: &mut Row, other: &Row, more: f64) {
    for lane in 0..LANES {
        let offer = other[lane] + more;
        row[lane] = if offer < row[lane] { offer } else { row[lane] };
    }
}

/// Whole seconds and meters of each lane; equals [`crate::cost::whole`].
#[inline(always)]
fn whole(row: &Row) -> ([u32; LANES], [u32; LANES]) {
    let (mut seconds, mut meters) = ([0; LANES], [0; LANES]);
    for lane in 0..LANES {
        let is_far = row[lane] >= FAR;
        let cost = if is_far { 0.0 } else { row[lane] };
        let cost = cost - (cost / TRESPASS_UNIT).floor() * TRESPASS_UNIT;
        let hundredths = (cost / LENGTH_UNIT).floor();
        let decimeters = cost - hundredths * LENGTH_UNIT;
        // Multiplying is quicker than dividing; the nudge is far below the step of a hundredth,
        // and far above what multiplying loses.
        let second = number((hundredths + 50.0) * 0.01 + 1e-4);
        let meter = number((decimeters + 5.0) * 0.1 + 1e-3);
        seconds[lane] = if is_far { NO_WAY } else { second };
        meters[lane] = if is_far { NO_WAY } else { meter };
    }
    (seconds, meters)
}

/// The whole part of a number from 0 to 2^32: added to 2^52 it stands in the lowest bits. Casts check
/// their range and so are not compiled to vector instructions.
#[inline(always)]
fn number(value: f64) -> u32 {
    (value.floor() + 4_503_599_627_370_496.0).to_bits() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::{self, TRESPASS, pack};

    #[test]
    fn lanes_round_as_single_costs_do() {
        let mut milliseconds = 1_u32;
        for step in 0..200_000_u32 {
            milliseconds = milliseconds.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (ms, dm) = (milliseconds >> (4 + step % 20), (step * 331) % 30_000_000);
            let cost = pack(ms, dm) + TRESPASS * i64::from(step % 7);
            let (seconds, meters) = whole(&[cost as f64; LANES]);
            let expected = cost::whole(cost);
            assert_eq!((i64::from(seconds[3]), i64::from(meters[3])), (expected.0.0, expected.1.0));
        }
        assert_eq!(whole(&FAR_ROW), ([NO_WAY; LANES], [NO_WAY; LANES]));
    }
}
