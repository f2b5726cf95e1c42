//! Maximum flow between two sets of junctions (Dinic), until a smaller cut is known.

use super::cut::Cell;
use std::collections::VecDeque;

const FAR: u32 = u32::MAX;

pub(super) struct Flow<'c> {
    cell: &'c Cell,
    /// Flow over each join from its first end to its second.
    flow: Vec<i8>,
    level: Vec<u32>,
    next: Vec<u32>,
    queue: VecDeque<u32>,
    is_end: Vec<bool>,
}

impl<'c> Flow<'c> {
    pub(super) fn new(cell: &'c Cell) -> Flow<'c> {
        Flow {
            cell,
            flow: vec![0; cell.join_count()],
            level: vec![FAR; cell.len()],
            next: vec![0; cell.len()],
            queue: VecDeque::new(),
            is_end: vec![false; cell.len()],
        }
    }

    /// The smallest number of arcs between the two sets, and the side of each node; `None` when it
    /// is more than `limit`.
    pub(super) fn cut(&mut self, from: &[u32], to: &[u32], limit: u32) -> Option<(u32, Vec<bool>)> {
        self.flow.fill(0);
        self.is_end.fill(false);
        for &node in to {
            self.is_end[node as usize] = true;
        }
        let mut total = 0;
        while self.levels(from) {
            for node in 0..self.cell.len() {
                self.next[node] = self.cell.first(node);
            }
            for &start in from {
                while self.push(start) {
                    total += 1;
                    if total > limit {
                        return None;
                    }
                }
            }
        }
        let near: Vec<bool> = self.level.iter().map(|&level| level != FAR).collect();
        let far = self.reaching(to);
        let count = |side: &[bool]| side.iter().filter(|&&one| one).count();
        // Two smallest cuts are at hand, one close to each set: take the one nearer to the middle.
        let middle = |side: &[bool]| (count(side) * 2).abs_diff(self.cell.len());
        Some((total, if middle(&near) <= middle(&far) { near } else { far }))
    }

    fn residual(&self, half: u32) -> i8 {
        let join = half as usize / 2;
        let along = if half.is_multiple_of(2) { self.flow[join] } else { -self.flow[join] };
        self.cell.capacity(join) - along
    }

    /// Breadth-first levels from the first set; whether the second is reached.
    fn levels(&mut self, from: &[u32]) -> bool {
        self.level.fill(FAR);
        self.queue.clear();
        for &node in from {
            self.level[node as usize] = 0;
            self.queue.push_back(node);
        }
        let mut reached = false;
        while let Some(node) = self.queue.pop_front() {
            for place in self.cell.first(node as usize)..self.cell.first(node as usize + 1) {
                let (half, other) = self.cell.half(place);
                if self.level[other as usize] == FAR && self.residual(half) > 0 {
                    self.level[other as usize] = self.level[node as usize] + 1;
                    reached |= self.is_end[other as usize];
                    self.queue.push_back(other);
                }
            }
        }
        reached
    }

    /// Sends one unit from `start` down the levels to the second set, if it can.
    fn push(&mut self, start: u32) -> bool {
        let mut path: Vec<u32> = Vec::new();
        let mut node = start;
        loop {
            if self.is_end[node as usize] {
                for half in path {
                    let step = if half.is_multiple_of(2) { 1 } else { -1 };
                    self.flow[half as usize / 2] += step;
                }
                return true;
            }
            if self.next[node as usize] < self.cell.first(node as usize + 1) {
                let (half, other) = self.cell.half(self.next[node as usize]);
                let is_down = self.level[other as usize] == self.level[node as usize] + 1;
                if is_down && self.residual(half) > 0 {
                    path.push(half);
                    node = other;
                } else {
                    self.next[node as usize] += 1;
                }
                continue;
            }
            let Some(half) = path.pop() else { return false };
            // The other end of the opposite half-join is where this one came from.
            node = self.cell.half_start(half);
            self.next[node as usize] += 1;
        }
    }

    /// Nodes that cannot reach the second set any more.
    fn reaching(&mut self, to: &[u32]) -> Vec<bool> {
        let mut side = vec![true; self.cell.len()];
        self.queue.clear();
        for &node in to {
            side[node as usize] = false;
            self.queue.push_back(node);
        }
        while let Some(node) = self.queue.pop_front() {
            for place in self.cell.first(node as usize)..self.cell.first(node as usize + 1) {
                let (half, other) = self.cell.half(place);
                if side[other as usize] && self.residual(half ^ 1) > 0 {
                    side[other as usize] = false;
                    self.queue.push_back(other);
                }
            }
        }
        side
    }
}
