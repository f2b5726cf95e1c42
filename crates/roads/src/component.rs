//! The largest part of the map in which every arc can be reached from every other.

use crate::graph::RoadGraph;

const UNSEEN: u32 = u32::MAX;

/// Whether each arc is in the largest strongly connected component of the turns; of two equally
/// large ones in that with the lowest arc.
pub(crate) fn largest(graph: &RoadGraph) -> Vec<u8> {
    let component = components(graph);
    let count = component.iter().max().map_or(0, |&last| last as usize + 1);
    let arcs = graph.edges.len() * 2;
    let mut sizes = vec![0_usize; count];
    let mut first = vec![usize::MAX; count];
    for (arc, &of) in component[..arcs].iter().enumerate() {
        sizes[of as usize] += 1;
        first[of as usize] = first[of as usize].min(arc);
    }
    let best = (0..count).max_by_key(|&of| (sizes[of], std::cmp::Reverse(first[of])));
    // A lone arc leads nowhere, not even back to itself.
    let best = best.filter(|&of| sizes[of] > 1);
    component[..arcs].iter().map(|&of| u8::from(Some(of as usize) == best)).collect()
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
