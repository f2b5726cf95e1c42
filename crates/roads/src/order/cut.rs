//! Cuts a piece of the map in two (inertial flow).
//!
//! Along each of four directions, the first and the last quarter of the junctions are held apart,
//! and the fewest arcs that separate them are found by maximum flow. The smallest cut wins.
//! (Schild, Sommer: "On Balanced Separators in Road Networks", 2015.)

use super::flow::Flow;
use domain::LonLat;

/// Out of 100 junctions, how many each side keeps at least.
const SIDE_PERCENT: usize = 25;

/// Side of each junction.
pub(super) struct Halves(pub Vec<bool>);

/// A piece of the map with its own numbering.
pub(super) struct Cell {
    places: Vec<LonLat>,
    joins: Vec<(u32, u32, u8)>,
    /// Joins at node `n`: `at[first[n]..first[n + 1]]`, as 2 * join + (1 when `n` is its second end).
    first: Vec<u32>,
    at: Vec<u32>,
}

impl Cell {
    pub(super) fn new(places: Vec<LonLat>, joins: impl Iterator<Item = (u32, u32, u8)>) -> Cell {
        let joins: Vec<_> = joins.collect();
        let mut first = vec![0_u32; places.len() + 1];
        for &(a, b, _) in &joins {
            first[a as usize + 1] += 1;
            first[b as usize + 1] += 1;
        }
        for node in 0..places.len() {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut at = vec![0; joins.len() * 2];
        for (index, &(a, b, _)) in joins.iter().enumerate() {
            for (end, node) in [a, b].into_iter().enumerate() {
                at[next[node as usize] as usize] = (index * 2 + end) as u32;
                next[node as usize] += 1;
            }
        }
        Cell { places, joins, first, at }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn join_count(&self) -> usize {
        self.joins.len()
    }

    /// Number of half-joins at nodes below `node`.
    pub(super) fn first(&self, node: usize) -> u32 {
        self.first[node]
    }

    /// The half-join at a place of the list, and the node at its other end.
    pub(super) fn half(&self, place: u32) -> (u32, u32) {
        let half = self.at[place as usize];
        let (a, b, _) = self.joins[half as usize / 2];
        (half, if half.is_multiple_of(2) { b } else { a })
    }

    pub(super) fn half_start(&self, half: u32) -> u32 {
        let (a, b, _) = self.joins[half as usize / 2];
        if half.is_multiple_of(2) { a } else { b }
    }

    pub(super) fn capacity(&self, join: usize) -> i8 {
        self.joins[join].2 as i8
    }

    /// Component of each node, numbered from 0.
    pub(super) fn components(&self) -> Vec<u32> {
        let mut part = vec![u32::MAX; self.len()];
        let mut found = 0;
        let mut stack = Vec::new();
        for root in 0..self.len() as u32 {
            if part[root as usize] != u32::MAX {
                continue;
            }
            part[root as usize] = found;
            stack.push(root);
            while let Some(node) = stack.pop() {
                for place in self.first[node as usize]..self.first[node as usize + 1] {
                    let (_, other) = self.half(place);
                    if part[other as usize] == u32::MAX {
                        part[other as usize] = found;
                        stack.push(other);
                    }
                }
            }
            found += 1;
        }
        part
    }

    /// Two halves with few streets between them. The cell is connected and has two nodes or more.
    pub(super) fn halves(&self) -> Halves {
        let mut best: Option<(u32, usize, Vec<bool>)> = None;
        let held = (self.len() * SIDE_PERCENT / 100).max(1);
        let mut flow = Flow::new(self);
        // East, north, and the diagonals; a degree of longitude is shorter, which matters little.
        for (x, y) in [(2, 0), (0, 2), (1, 1), (1, -1)] {
            let key = |node: u32| {
                let place = self.places[node as usize];
                (i64::from(place.lon_e7) * x + i64::from(place.lat_e7) * 2 * y, node)
            };
            let mut line: Vec<u32> = (0..self.len() as u32).collect();
            line.sort_unstable_by_key(|&node| key(node));
            let limit = best.as_ref().map_or(u32::MAX, |&(cut, ..)| cut);
            let (from, to) = (&line[..held], &line[self.len() - held..]);
            let Some((cut, side)) = flow.cut(from, to, limit) else { continue };
            let ones = side.iter().filter(|&&one| one).count();
            let smaller = ones.min(self.len() - ones);
            if best.as_ref().is_none_or(|&(c, s, _)| cut < c || (cut == c && smaller > s)) {
                best = Some((cut, smaller, side));
            }
        }
        let side = best.map(|(_, _, side)| side).unwrap_or_default();
        Halves(side)
    }
}
