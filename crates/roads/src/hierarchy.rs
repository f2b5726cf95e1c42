//! A customizable contraction hierarchy over the turns: which shortcuts there can ever be.
//!
//! States are left out one by one in the order of [`crate::order`]; whenever a way in and a way out
//! remain, a shortcut stands for both. Which shortcuts exist follows from the map alone. What they
//! weigh is filled in for one set of speeds and closures by [`customize`], in milliseconds.
//! (Dibbelt, Strasser, Wagner: "Customizable Contraction Hierarchies", 2016. Unlike there, the two
//! directions of a shortcut are kept apart, so that one-way streets cost only one of them.)
//!
//! Everything here is numbered by *rank*, the place of a state in the order.

mod half;
mod customize;
mod perfect;
mod query;
mod unpack;
mod update;

pub(crate) use customize::Weights;
pub(crate) use half::{Below, Half};
pub(crate) use perfect::{Kept, Pruned};
pub(crate) use query::{Meeting, Query};

use crate::list::{List, span};
use crate::turns::Turns;

pub(crate) const NO_PARENT: u32 = u32::MAX;
/// Marks a slot in [`IN`]; the other bits are the arc.
pub(crate) const IN_FLAG: u32 = 1 << 31;

/// Arcs from a state to ones of higher rank.
pub(crate) const OUT: usize = 0;
/// Arcs to a state from ones of higher rank.
pub(crate) const IN: usize = 1;

/// The shortcuts, without weights.
#[derive(Debug, Clone)]
pub(crate) struct Hierarchy {
    /// Rank of each state.
    pub rank: List<u32>,
    /// State of each rank.
    pub state: List<u32>,
    pub halves: [Half; 2],
    /// The lowest state above that can be met when going up; a chain of these holds all others.
    pub parent: List<u32>,
    /// The arc that each turn weighs on, in the order of turns.
    pub slot: List<u32>,
}

impl Hierarchy {
    /// `edge_order` names every edge once. `None` with more shortcuts in a direction than `most`.
    pub(crate) fn new(turns: &Turns, edge_order: &[u32], most: usize) -> Option<Hierarchy> {
        let (state, rank) = ranks(turns, edge_order);
        let base = base_arcs(turns, &rank);
        let parent = parents(state.len(), &base);
        let halves = fill(state.len(), &base, most)?;
        let mut hierarchy = Hierarchy {
            rank: rank.into(),
            state: state.into(),
            halves,
            parent: parent.into(),
            slot: List::default(),
        };
        hierarchy.slot = hierarchy.slots(turns).into();
        Some(hierarchy)
    }

    /// One in which nothing is joined.
    pub(crate) fn without_arcs(turns: &Turns, edge_order: &[u32]) -> Hierarchy {
        let (state, rank) = ranks(turns, edge_order);
        let empty = || Half::new(vec![0; state.len() + 1], Vec::new());
        Hierarchy {
            halves: [empty(), empty()],
            parent: vec![NO_PARENT; state.len()].into(),
            slot: vec![u32::MAX; turns.to.len()].into(),
            rank: rank.into(),
            state: state.into(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.state.len()
    }

    /// Shortcuts and turns together, both directions.
    pub(crate) fn arc_count(&self) -> usize {
        self.halves.iter().map(|half| half.head.len()).sum()
    }

    /// Most states that a query can meet on its way up.
    pub(crate) fn height(&self) -> usize {
        let mut height = vec![1_usize; self.len()];
        for state in 0..self.len() {
            let above = self.parent[state];
            if above != NO_PARENT {
                height[above as usize] = height[above as usize].max(height[state] + 1);
            }
        }
        height.into_iter().max().unwrap_or(0)
    }

    pub(crate) fn slots(&self, turns: &Turns) -> Vec<u32> {
        let mut slots = Vec::with_capacity(turns.to.len());
        for state in 0..self.len() as u32 {
            let from = self.rank[state as usize];
            for (to, _) in turns.from(state) {
                let to = self.rank[to as usize];
                let (half, flag) = if from < to { (OUT, 0) } else { (IN, IN_FLAG) };
                let arc = self.halves[half].find(from.min(to), from.max(to));
                // A turn onto the same arc leads nowhere new and has no place.
                slots.push(arc.map_or(u32::MAX, |arc| arc as u32 | flag));
            }
        }
        slots
    }
}

/// The state of each rank, and the rank of each state.
fn ranks(turns: &Turns, edge_order: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut state = Vec::with_capacity(turns.state_count());
    for &edge in edge_order {
        state.extend(turns.states(edge * 2).chain(turns.states(edge * 2 + 1)));
    }
    let mut rank = vec![0; state.len()];
    for (at, &state) in state.iter().enumerate() {
        rank[state as usize] = at as u32;
    }
    (state, rank)
}

/// For each direction the turns as (lower, higher), sorted.
fn base_arcs(turns: &Turns, rank: &[u32]) -> [Vec<(u32, u32)>; 2] {
    let mut base = [Vec::new(), Vec::new()];
    for state in 0..rank.len() as u32 {
        let from = rank[state as usize];
        for (to, _) in turns.from(state) {
            let to = rank[to as usize];
            if from != to {
                base[usize::from(from > to)].push((from.min(to), from.max(to)));
            }
        }
    }
    base.iter_mut().for_each(|arcs| arcs.sort_unstable());
    base
}

/// The elimination tree, without computing shortcuts.
/// (Liu: "The Role of Elimination Trees in Sparse Factorization", 1990, algorithm 4.2.)
fn parents(count: usize, base: &[Vec<(u32, u32)>; 2]) -> Vec<u32> {
    let mut down: Vec<(u32, u32)> = base.iter().flatten().map(|&(low, high)| (high, low)).collect();
    down.sort_unstable();
    let mut parent = vec![NO_PARENT; count];
    let mut shortcut = vec![NO_PARENT; count];
    for (high, low) in down {
        let mut at = low;
        while shortcut[at as usize] != NO_PARENT && shortcut[at as usize] != high {
            at = std::mem::replace(&mut shortcut[at as usize], high);
        }
        if shortcut[at as usize] == NO_PARENT && at != high {
            shortcut[at as usize] = high;
            parent[at as usize] = high;
        }
    }
    parent
}

/// One direction of the hierarchy while it grows.
#[derive(Default)]
struct Growing {
    first: Vec<u32>,
    head: Vec<u32>,
}

/// Adds all shortcuts that leaving out the states one by one can ever need.
fn fill(count: usize, base: &[Vec<(u32, u32)>; 2], most: usize) -> Option<[Half; 2]> {
    let mut halves = [Growing::default(), Growing::default()];
    let mut below: [Vec<Vec<u32>>; 2] = [vec![Vec::new(); count], vec![Vec::new(); count]];
    let mut next_base = [0, 0];
    let mut seen = vec![u32::MAX; count];
    for half in &mut halves {
        half.first.push(0);
    }
    for state in 0..count as u32 {
        for direction in [OUT, IN] {
            let mut heads: Vec<u32> = Vec::new();
            // Twice the rank and the direction tell each round from all others.
            let mark = state * 2 + direction as u32;
            let mut add = |head: u32| {
                if std::mem::replace(&mut seen[head as usize], mark) != mark {
                    heads.push(head);
                }
            };
            let at = &mut next_base[direction];
            while let Some(&(_, high)) = base[direction].get(*at).filter(|arc| arc.0 == state) {
                add(high);
                *at += 1;
            }
            for &lower in &below[1 - direction][state as usize] {
                let half = &halves[direction];
                let beyond = half.head[span(&half.first, lower)].iter().rev();
                beyond.take_while(|&&head| head > state).for_each(|&head| add(head));
            }
            heads.sort_unstable();
            for &head in &heads {
                below[direction][head as usize].push(state);
            }
            let half = &mut halves[direction];
            half.head.extend(heads);
            half.first.push(half.head.len() as u32);
            if half.head.len() > most {
                return None;
            }
        }
        // Nobody asks for what is below a finished state again.
        below[OUT][state as usize] = Vec::new();
        below[IN][state as usize] = Vec::new();
    }
    Some(halves.map(|half| Half::new(half.first, half.head)))
}
