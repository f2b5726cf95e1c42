//! The largest part of the map in which every arc can be reached from every other.

use crate::graph::RoadGraph;

const UNSEEN: u32 = u32::MAX;

/// Flag of an arc: in the largest part.
pub(crate) const MAIN: u8 = 1;
/// Flag of an arc: leads into the largest part.
pub(crate) const LEAVES: u8 = 2;
/// Flag of an arc: can be reached from the largest part.
pub(crate) const ARRIVES: u8 = 4;

/// Flags of each arc. The largest part is the largest strongly connected component of the turns; of
/// two equally large ones that with the lowest arc.
pub(crate) fn flags(graph: &RoadGraph) -> Vec<u8> {
    let component = components(graph);
    let arcs = graph.edges.len() * 2;
    let Some(best) = largest(&component, arcs) else { return vec![0; arcs] };
    let (leads, led) = around(graph, &component, best);
    let mut flags: Vec<u8> = component[..arcs]
        .iter()
        .map(|&of| if of == best { MAIN } else { 0 } | if leads[of as usize] { LEAVES } else { 0 })
        .collect();
    let reached = (0_u32..).zip(&component).filter(|&(_, &of)| led[of as usize]);
    for (state, _) in reached {
        flags[graph.turns.arc(state) as usize] |= ARRIVES;
    }
    flags
}

fn largest(component: &[u32], arcs: usize) -> Option<u32> {
    let count = component.iter().max().map_or(0, |&last| last as usize + 1);
    let mut sizes = vec![0_usize; count];
    let mut first = vec![usize::MAX; count];
    for (arc, &of) in component[..arcs].iter().enumerate() {
        sizes[of as usize] += 1;
        first[of as usize] = first[of as usize].min(arc);
    }
    let best = (0..count).max_by_key(|&of| (sizes[of], std::cmp::Reverse(first[of])));
    // A lone arc leads nowhere, not even back to itself.
    best.filter(|&of| sizes[of] > 1).map(|of| of as u32)
}

/// Which components lead into the best, and which can be reached from it. Tarjan's algorithm finds a
/// component after all those that it leads into, so one pass each way is enough.
fn around(graph: &RoadGraph, component: &[u32], best: u32) -> (Vec<bool>, Vec<bool>) {
    let mut states: Vec<u32> = (0..component.len() as u32).collect();
    states.sort_unstable_by_key(|&state| component[state as usize]);
    let of = |state: u32| component[state as usize] as usize;
    let count = states.last().map_or(0, |&last| of(last) + 1);
    let (mut leads, mut led) = (vec![false; count], vec![false; count]);
    (leads[best as usize], led[best as usize]) = (true, true);
    for &state in &states {
        let next = graph.turns.from(state).any(|(to, _)| leads[of(to)]);
        leads[of(state)] |= next;
    }
    for &state in states.iter().rev() {
        if led[of(state)] {
            graph.turns.from(state).for_each(|(to, _)| led[of(to)] = true);
        }
    }
    (leads, led)
}

/// Tarjan's algorithm with its own stack: a long road would exhaust the thread's.
fn components(graph: &RoadGraph) -> Vec<u32> {
    let (turns, count) = (&graph.turns, graph.turns.state_count());
    let (first, heads): (&[u32], &[u32]) = (&turns.first, &turns.to);
    let (mut seen_at, mut low) = (vec![UNSEEN; count], vec![0_u32; count]);
    let mut component = vec![UNSEEN; count];
    let (mut open, mut calls): (Vec<u32>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
    let (mut clock, mut found) = (0, 0);
    for root in 0..count as u32 {
        if seen_at[root as usize] != UNSEEN {
            continue;
        }
        calls.push((root, first[root as usize]));
        while let Some((state, next)) = calls.pop() {
            let at = state as usize;
            if seen_at[at] == UNSEEN {
                (seen_at[at], low[at]) = (clock, clock);
                clock += 1;
                open.push(state);
            }
            if next < first[at + 1] {
                calls.push((state, next + 1));
                let to = heads[next as usize] as usize;
                if seen_at[to] == UNSEEN {
                    calls.push((to as u32, first[to]));
                } else if component[to] == UNSEEN {
                    low[at] = low[at].min(seen_at[to]);
                }
                continue;
            }
            if low[at] == seen_at[at] {
                while let Some(member) = open.pop() {
                    component[member as usize] = found;
                    if member == state {
                        break;
                    }
                }
                found += 1;
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent as usize] = low[parent as usize].min(low[at]);
            }
        }
    }
    component
}
