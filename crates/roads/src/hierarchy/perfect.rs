//! Leaves out the shortcuts that no fastest way uses, for sweeps over the whole map.
//!
//! A shortcut over lower states may be slower than a way over higher ones. Going down from the top,
//! each arc is compared with all ways over one higher state, whose arcs are exact by then. What is
//! slower is dropped; a few arcs per state remain.

use super::{Half, Hierarchy, IN, OUT, Weights};
use crate::cost::{Cost, NEVER};

/// The arcs that fastest ways use. Going up by `OUT` and then down by `IN` finds each of them.
#[derive(Debug, Clone)]
pub(crate) struct Pruned {
    pub halves: [Kept; 2],
}

impl Pruned {
    pub(crate) fn arc_count(&self) -> usize {
        self.halves.iter().map(|half| half.head.len()).sum()
    }
}

/// As [`Half`], with weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    pub first: Vec<u32>,
    pub head: Vec<u32>,
    pub weight: Vec<Cost>,
}

impl Kept {
    pub(crate) fn arcs(&self, state: u32) -> std::ops::Range<usize> {
        self.first[state as usize] as usize..self.first[state as usize + 1] as usize
    }
}

impl Hierarchy {
    pub(crate) fn prune(&self, weights: &Weights) -> Pruned {
        let exact = self.exact(weights);
        let halves = [OUT, IN].map(|direction| {
            let half = &self.halves[direction];
            let mut kept = Kept { first: vec![0], ..Default::default() };
            for state in 0..self.len() as u32 {
                for arc in half.arcs(state) {
                    let weight = weights.0[direction][arc];
                    if weight < NEVER && weight == exact.0[direction][arc] {
                        kept.head.push(half.head[arc]);
                        kept.weight.push(weight);
                    }
                }
                kept.first.push(kept.head.len() as u32);
            }
            kept
        });
        Pruned { halves }
    }

    /// For each arc the cost of the fastest way between its ends.
    fn exact(&self, weights: &Weights) -> Weights {
        let mut exact = weights.clone();
        let mut offered = vec![NEVER; self.len()];
        let mut own = vec![NEVER; self.len()];
        for state in (0..self.len() as u32).rev() {
            for direction in [OUT, IN] {
                self.exact_state(state, direction, &mut exact, &mut offered, &mut own);
            }
        }
        exact
    }

    fn exact_state(
        &self,
        state: u32,
        direction: usize,
        exact: &mut Weights,
        offered: &mut [Cost],
        own: &mut [Cost],
    ) {
        let (half, other) = (&self.halves[direction], &self.halves[1 - direction]);
        let arcs = half.arcs(state);
        if arcs.len() < 2 {
            return;
        }
        for arc in arcs.clone() {
            let head = half.head[arc] as usize;
            own[head] = exact.0[direction][arc];
            offered[head] = own[head];
        }
        for arc in arcs.clone() {
            let middle = half.head[arc];
            let first = own[middle as usize];
            if first < NEVER {
                offer(half, &exact.0[direction], middle, first, offered);
            }
            let rest = over(other, &exact.0[1 - direction], middle, own);
            let place = &mut offered[middle as usize];
            *place = (*place).min(rest);
        }
        for arc in arcs {
            let head = half.head[arc] as usize;
            exact.0[direction][arc] = offered[head];
            own[head] = NEVER;
        }
    }
}

/// Ways that go up to `middle` and on to a higher state.
fn offer(half: &Half, weight: &[Cost], middle: u32, first: Cost, offered: &mut [Cost]) {
    let range = half.arcs(middle);
    for (&head, &second) in half.head[range.clone()].iter().zip(&weight[range]) {
        let place = &mut offered[head as usize];
        *place = (*place).min(first + second);
    }
}

/// The best way that goes up beyond `end` and comes down to it.
fn over(other: &Half, weight: &[Cost], end: u32, own: &[Cost]) -> Cost {
    let range = other.arcs(end);
    let heads = other.head[range.clone()].iter();
    heads.zip(&weight[range]).map(|(&head, &last)| own[head as usize] + last).min().unwrap_or(NEVER)
}
