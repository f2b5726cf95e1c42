//! The graph that searches see: its nodes are *states*, an arc being driven (with what must be
//! remembered of the arcs before), its edges the turns from one to the next.
//!
//! Arc `2 * edge` runs along the edge's points, `2 * edge + 1` against them. The first states are
//! the arcs themselves; copies for long restrictions follow ([`crate::restrict`]).

use crate::cost::{Cost, NEVER, TRESPASS, pack};
use crate::graph::{BLOCKED, Edge, RoadGraph};
use crate::list::{List, span};
use crate::metric::Costs;
use crate::restrict::{Restriction, Rules};
use crate::turn_cost::{Junction, TurnCosts};

/// Streets at one junction from which turns are made. No junction on earth has as many; a damaged map
/// may, and turns grow with the square.
const STREETS_MAX: usize = 64;

/// Turns by the state they leave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns {
    /// Turns out of state `s`: `to[first[s]..first[s + 1]]`.
    pub first: List<u32>,
    pub to: List<u32>,
    /// Turning and waiting, and [`TRESPASS`] where it leads into a street for residents.
    pub costs: List<Cost>,
    /// Arc of each copy, in the order of states.
    pub copy_arcs: List<u32>,
    /// Arc and state of each copy, sorted.
    pub copies: List<[u32; 2]>,
    pub arc_count: u32,
}

impl Turns {
    pub(crate) fn state_count(&self) -> usize {
        self.arc_count as usize + self.copy_arcs.len()
    }

    pub(crate) fn arc(&self, state: u32) -> u32 {
        if state < self.arc_count {
            state
        } else {
            self.copy_arcs[(state - self.arc_count) as usize]
        }
    }

    /// All states on an arc: the arc itself, then its copies.
    pub(crate) fn states(&self, arc: u32) -> impl Iterator<Item = u32> {
        let start = self.copies.partition_point(|&[of, _]| of < arc);
        let copies = self.copies[start..].iter().take_while(move |&&[of, _]| of == arc);
        std::iter::once(arc).chain(copies.map(|&[_, state]| state))
    }

    /// Cost of the turn from one state to the next, 0 where there is none.
    pub(crate) fn cost(&self, from: u32, to: u32) -> Cost {
        self.from(from).find(|&(next, _)| next == to).map_or(0, |(_, cost)| cost)
    }

    /// Numbers of the turns out of a state.
    pub(crate) fn range(&self, state: u32) -> std::ops::Range<usize> {
        span(&self.first, state)
    }

    /// Next states with the cost of the turn.
    pub(crate) fn from(&self, state: u32) -> impl Iterator<Item = (u32, Cost)> {
        let range = self.range(state);
        self.to[range.clone()].iter().copied().zip(self.costs[range].iter().copied())
    }
}

/// From the beginning of a state's arc to the beginning of the next.
pub(crate) fn turn_cost(turns: &Turns, costs: &Costs, state: u32, turn: usize) -> Cost {
    let whole = costs.arcs[turns.arc(state) as usize];
    // A closed arc may not be entered either.
    let next = costs.arcs[turns.arc(turns.to[turn]) as usize];
    let is_banned = costs.banned_turns.contains(&(turn as u32));
    if is_banned || whole >= NEVER || next >= NEVER { NEVER } else { whole + turns.costs[turn] }
}

pub(crate) fn tail(edges: &[Edge], arc: u32) -> u32 {
    let edge = &edges[arc as usize / 2];
    if arc.is_multiple_of(2) { edge.from } else { edge.to }
}

pub(crate) fn head(edges: &[Edge], arc: u32) -> u32 {
    tail(edges, arc ^ 1)
}

pub(crate) fn arc_ms(edges: &[Edge], arc: u32) -> u32 {
    let edge = &edges[arc as usize / 2];
    if arc.is_multiple_of(2) { edge.forward_ms } else { edge.backward_ms }
}

/// Arcs by the junction they leave, blocked ones included: `arcs[first[n]..first[n + 1]]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leaving {
    pub first: List<u32>,
    pub arcs: List<u32>,
}

impl Leaving {
    pub(crate) fn new(node_count: usize, edges: &[Edge]) -> Leaving {
        let mut first = vec![0_u32; node_count + 1];
        for edge in edges {
            first[edge.from as usize + 1] += 1;
            first[edge.to as usize + 1] += 1;
        }
        for node in 0..node_count {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut arcs = vec![0; edges.len() * 2];
        for arc in 0..edges.len() as u32 * 2 {
            let place = &mut next[tail(edges, arc) as usize];
            arcs[*place as usize] = arc;
            *place += 1;
        }
        Leaving { first: first.into(), arcs: arcs.into() }
    }

    pub(crate) fn at(&self, node: u32) -> &[u32] {
        &self.arcs[span(&self.first, node)]
    }
}

/// Turns while they are found.
#[derive(Default)]
struct Found {
    first: Vec<u32>,
    to: Vec<u32>,
    costs: Vec<Cost>,
}

/// Derives all turns of a graph from its streets, signals and restrictions.
pub(crate) fn turns(graph: &RoadGraph, restrictions: &[Restriction], signals: &[bool]) -> Turns {
    let arc_count = graph.edges.len() as u32 * 2;
    let rules = Rules::new(restrictions, arc_count);
    let costs = TurnCosts::new(graph);
    let ground = Ground { graph, rules: &rules, costs: &costs, signals };
    let mut found = Found { first: vec![0], ..Found::default() };
    for arc in 0..arc_count {
        add_turns(&ground, &[arc], &mut found);
    }
    let (mut copy_arcs, mut copies) = (Vec::new(), Vec::new());
    for (state, history) in (arc_count..).zip(rules.copies()) {
        add_turns(&ground, history, &mut found);
        let arc = history.last().copied().unwrap_or(0);
        copy_arcs.push(arc);
        copies.push([arc, state]);
    }
    copies.sort_unstable();
    Turns {
        first: found.first.into(),
        to: found.to.into(),
        costs: found.costs.into(),
        copy_arcs: copy_arcs.into(),
        copies: copies.into(),
        arc_count,
    }
}

/// What turns follow from.
struct Ground<'g> {
    graph: &'g RoadGraph,
    rules: &'g Rules,
    costs: &'g TurnCosts<'g>,
    /// Whether a junction has traffic lights.
    signals: &'g [bool],
}

fn add_turns(ground: &Ground, history: &[u32], turns: &mut Found) {
    let &Ground { graph, rules, costs, signals } = ground;
    let edges: &[Edge] = &graph.edges;
    let arc = history.last().copied().unwrap_or(0);
    let may_drive = |arc: u32| arc_ms(edges, arc) != BLOCKED;
    let is_private = |arc: u32| edges[arc as usize / 2].is_stopping_only();
    if may_drive(arc) {
        let node = head(edges, arc);
        let near = graph.leaving.at(node);
        let near = &near[..near.len().min(STREETS_MAX)];
        let junction = Junction {
            signals: signals[node as usize],
            streets: near.iter().filter(|&&a| may_drive(a) || may_drive(a ^ 1)).count(),
        };
        let before = turns.to.len();
        let mut add = |next: u32| {
            if may_drive(next) && rules.allow(history, next) {
                turns.to.push(rules.state(history, next));
                let enters = is_private(next) && !is_private(arc);
                let trespass = if enters { TRESPASS } else { 0 };
                turns.costs.push(pack(costs.ms(arc, next, junction), 0) + trespass);
            }
        };
        // Turning round is for dead ends, and for places that can be left in no other way.
        near.iter().filter(|&&next| next != arc ^ 1).for_each(|&next| add(next));
        if turns.to.len() == before && may_drive(arc ^ 1) {
            turns.to.push(rules.state(history, arc ^ 1));
            turns.costs.push(pack(costs.ms(arc, arc ^ 1, junction), 0));
        }
    }
    turns.first.push(turns.to.len() as u32);
}
