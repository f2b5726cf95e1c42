//! The arcs of one direction of the hierarchy.

use crate::list::{List, span};
use bytemuck::{Pod, Zeroable};

/// Arcs by the state of lower rank, and the same by the state of higher rank.
#[derive(Debug, Clone)]
pub(crate) struct Half {
    /// Arcs at lower state `x`: `first[x]..first[x + 1]`, by rising `head`.
    pub first: List<u32>,
    /// The state of higher rank, whichever way the arc runs.
    pub head: List<u32>,
    /// Arcs at higher state `y`: `below[below_first[y]..below_first[y + 1]]`, by rising lower state.
    pub below_first: List<u32>,
    pub below: List<Below>,
}

#[derive(Debug, Clone, Copy, Default, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Below {
    pub lower: u32,
    pub arc: u32,
}

impl Half {
    pub(crate) fn new(first: Vec<u32>, head: Vec<u32>) -> Half {
        let (below_first, below) = index_below(&first, &head);
        Half {
            first: first.into(),
            head: head.into(),
            below_first: below_first.into(),
            below: below.into(),
        }
    }

    pub(crate) fn arcs(&self, state: u32) -> std::ops::Range<usize> {
        span(&self.first, state)
    }

    pub(super) fn below(&self, state: u32) -> &[Below] {
        &self.below[span(&self.below_first, state)]
    }

    pub(crate) fn find(&self, lower: u32, higher: u32) -> Option<usize> {
        let range = self.arcs(lower);
        self.head[range.clone()].binary_search(&higher).ok().map(|at| range.start + at)
    }
}

fn index_below(first: &[u32], head: &[u32]) -> (Vec<u32>, Vec<Below>) {
    let count = first.len() - 1;
    let mut below_first = vec![0; count + 1];
    for &head in head {
        below_first[head as usize + 1] += 1;
    }
    for state in 0..count {
        below_first[state + 1] += below_first[state];
    }
    let mut next = below_first.clone();
    let mut below = vec![Below::default(); head.len()];
    for lower in 0..count as u32 {
        for arc in span(first, lower) {
            let place = &mut next[head[arc] as usize];
            below[*place as usize] = Below { lower, arc: arc as u32 };
            *place += 1;
        }
    }
    (below_first, below)
}
