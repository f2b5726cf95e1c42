//! Whether the lists of a file fit together, so that nothing asked of the map can go out of bounds.

use super::FileError;
use crate::build::{EDGE_DECIMETERS_MAX, EDGE_MS_MAX};
use crate::class::RoadClass;
use crate::cost::TRESPASS;
use crate::graph::{BLOCKED, Edge, NO_STOPPING, ROUNDABOUT, RoadGraph, STOPPING_ONLY};
use crate::grid::CELL_E7;
use crate::hierarchy::{Half, Hierarchy, IN, IN_FLAG, NO_PARENT, OUT};
use crate::list::span;
use crate::places::{Names, Places};
use crate::turns::{Turns, head, tail};

/// 360 degrees and some, in 1e-7 degrees: no grid is wider.
const GRID_E7_MAX: i64 = 4_000_000_000;

/// Each part of the map, in the order in which they build on each other.
pub(super) fn check(graph: &RoadGraph) -> Result<(), FileError> {
    let rows = [
        (is_small(graph), "more streets than can be numbered"),
        (are_on_earth(&graph.nodes) && are_on_earth(&graph.points), "a point is off the earth"),
        (are_texts(&graph.names), "a name is not text"),
    ];
    all(&rows)?;
    // Each of these may rely on those before.
    all(&[(streets(graph), "a street points outside the file")])?;
    all(&[(junctions(graph), "its junctions are not those of its streets")])?;
    all(&[(turns(graph), "a turn leads nowhere"), (grid(graph), "its grid is not one")])?;
    let Some(hierarchy) = &graph.stored else { return Ok(()) };
    all(&[(ranks(hierarchy, &graph.turns), "its order of streets is not one")])?;
    let halves = hierarchy.halves.iter().all(|half| is_half(half, hierarchy.len()));
    all(&[(halves, "a shortcut leads nowhere")])?;
    let above = is_above(hierarchy);
    all(&[
        (above, "a shortcut goes past its state"),
        (slots(hierarchy, &graph.turns), "a turn has no shortcut"),
    ])
}

fn all(rows: &[(bool, &'static str)]) -> Result<(), FileError> {
    match rows.iter().find(|(holds, _)| !holds) {
        Some(&(_, what)) => Err(FileError::Damaged(what)),
        None => Ok(()),
    }
}

fn is_small(graph: &RoadGraph) -> bool {
    graph.edges.len() < (1 << 29) && graph.turns.to.len() < (1 << 31)
}

fn are_on_earth(places: &Places) -> bool {
    places
        .0
        .iter()
        .all(|&[lon, lat]| lon.unsigned_abs() <= 1_800_000_000 && lat.unsigned_abs() <= 900_000_000)
}

/// `first` cuts a list of `length` into `count` pieces.
fn cuts(first: &[u32], count: usize, length: usize) -> bool {
    first.len() == count + 1
        && first[0] == 0
        && first[count] as usize == length
        && first.is_sorted()
}

fn are_texts(names: &Names) -> bool {
    let is_text =
        |range: std::ops::Range<usize>| std::str::from_utf8(&names.letters[range]).is_ok();
    names.len() > 0
        && cuts(&names.first, names.len(), names.letters.len())
        && (0..names.len() as u32).all(|name| is_text(span(&names.first, name)))
}

fn streets(graph: &RoadGraph) -> bool {
    let is_street = |edge: &Edge| {
        (edge.from.max(edge.to) as usize) < graph.nodes.len()
            && (edge.name as usize) < graph.names.len()
            && edge.decimeters <= EDGE_DECIMETERS_MAX
            && is_time(edge.forward_ms)
            && is_time(edge.backward_ms)
            && is_kind(edge.kind)
    };
    let shapes: &[u32] = &graph.shape_start;
    cuts(shapes, graph.edges.len(), graph.points.len())
        && shapes.windows(2).all(|pair| pair[1] - pair[0] >= 2)
        && graph.edges.iter().all(is_street)
        && graph.main.len() == graph.edges.len() * 2
}

fn is_time(milliseconds: u32) -> bool {
    milliseconds == BLOCKED || milliseconds <= EDGE_MS_MAX
}

fn is_kind(kind: u32) -> bool {
    let code = kind & !(STOPPING_ONLY | ROUNDABOUT | NO_STOPPING);
    u8::try_from(code).ok().and_then(RoadClass::from_code).is_some()
}

fn junctions(graph: &RoadGraph) -> bool {
    let (leaving, arcs) = (&graph.leaving, graph.edges.len() as u32 * 2);
    let leaves = |node: u32, arc: u32| arc < arcs && tail(&graph.edges, arc) == node;
    cuts(&leaving.first, graph.nodes.len(), leaving.arcs.len())
        && leaving.arcs.len() == arcs as usize
        && (0..graph.nodes.len() as u32)
            .all(|node| leaving.at(node).iter().all(|&arc| leaves(node, arc)))
}

fn turns(graph: &RoadGraph) -> bool {
    let (turns, edges): (&Turns, &[Edge]) = (&graph.turns, &graph.edges);
    let count = turns.state_count();
    let follows = |state: u32, to: u32| {
        (to as usize) < count && head(edges, turns.arc(state)) == tail(edges, turns.arc(to))
    };
    let arcs = turns.arc_count;
    turns.copies.len() == turns.copy_arcs.len()
        && turns.copies.is_sorted()
        && turns.copy_arcs.iter().all(|&arc| arc < arcs)
        && turns.copies.iter().all(|&[arc, state]| {
            (arcs as usize..count).contains(&(state as usize)) && turns.arc(state) == arc
        })
        && cuts(&turns.first, count, turns.to.len())
        && turns.costs.len() == turns.to.len()
        && turns.costs.iter().all(|cost| (0..TRESPASS * 2).contains(cost))
        && (0..count as u32).all(|state| turns.from(state).all(|(to, _)| follows(state, to)))
        && graph.timed.iter().all(|timed| {
            (timed.turn as usize) < turns.to.len() && timed.start.max(timed.end) <= 24 * 60
        })
}

fn grid(graph: &RoadGraph) -> bool {
    let grid = &graph.grid;
    if grid.is_empty() {
        return true;
    }
    let is_size = |cells: i64| (1..=1 << 31).contains(&cells);
    let is_near = |low: i64| low.abs() <= GRID_E7_MAX;
    // A piece is named by its first point, so it is never the last of a street.
    let mut is_last = vec![false; graph.points.len()];
    graph.shape_start[1..].iter().for_each(|&end| is_last[end as usize - 1] = true);
    (CELL_E7..=GRID_E7_MAX * 2).contains(&grid.cell)
        && is_near(grid.low.0)
        && is_near(grid.low.1)
        && is_size(grid.columns)
        && is_size(grid.rows)
        && cuts(&grid.first, (grid.columns * grid.rows) as usize, grid.pieces.len())
        && grid.pieces.iter().all(|&piece| is_last.get(piece as usize) == Some(&false))
}

fn ranks(hierarchy: &Hierarchy, turns: &Turns) -> bool {
    let count = turns.state_count();
    let lists = [&hierarchy.rank, &hierarchy.state, &hierarchy.parent];
    lists.iter().all(|list| list.len() == count)
        && hierarchy.rank.iter().enumerate().all(|(state, &rank)| {
            hierarchy.state.get(rank as usize).is_some_and(|&known| known as usize == state)
        })
}

fn is_half(half: &Half, count: usize) -> bool {
    let (first, heads): (&[u32], &[u32]) = (&half.first, &half.head);
    let rise = |state: u32| {
        let heads = &heads[span(first, state)];
        heads.first().is_none_or(|&head| head > state)
            && heads.last().is_none_or(|&head| (head as usize) < count)
            && heads.windows(2).all(|pair| pair[0] < pair[1])
    };
    let below = |state: u32| {
        let below = &half.below[span(&half.below_first, state)];
        below.windows(2).all(|pair| pair[0].lower < pair[1].lower)
            && below.iter().all(|one| {
                one.lower < state
                    && span(first, one.lower).contains(&(one.arc as usize))
                    && heads[one.arc as usize] == state
            })
    };
    cuts(first, count, heads.len())
        && (0..count as u32).all(rise)
        && half.below.len() == heads.len()
        && cuts(&half.below_first, count, half.below.len())
        && (0..count as u32).all(below)
}

/// Parents are above, and the chain of them holds the heads of all arcs: with the states of each
/// tree numbered so that those below a state follow it, one comparison tells.
fn is_above(hierarchy: &Hierarchy) -> bool {
    let (parent, count): (&[u32], usize) = (&hierarchy.parent, hierarchy.len());
    let rises = |(state, &above): (usize, &u32)| {
        above == NO_PARENT || ((above as usize) > state && (above as usize) < count)
    };
    if !parent.iter().enumerate().all(rises) {
        return false;
    }
    let mut size = vec![1_u32; count];
    for state in 0..count {
        if parent[state] != NO_PARENT {
            size[parent[state] as usize] += size[state];
        }
    }
    // Next free number below each state; roots follow one another.
    let (mut start, mut next, mut roots) = (vec![0_u32; count], vec![0_u32; count], 0);
    for state in (0..count).rev() {
        let free = match parent[state] {
            NO_PARENT => &mut roots,
            above => &mut next[above as usize],
        };
        start[state] = *free;
        *free += size[state];
        next[state] = start[state] + 1;
    }
    let holds = |state: usize, head: u32| {
        let from = start[head as usize];
        (from..from + size[head as usize]).contains(&start[state])
    };
    hierarchy.halves.iter().all(|half| {
        let (first, heads): (&[u32], &[u32]) = (&half.first, &half.head);
        (0..count).all(|state| heads[span(first, state as u32)].iter().all(|&h| holds(state, h)))
    })
}

/// Each turn weighs on the arc between the ranks of its two states.
fn slots(hierarchy: &Hierarchy, turns: &Turns) -> bool {
    let (rank, heads): (&[u32], _) = (&hierarchy.rank, hierarchy.halves.each_ref());
    let fits = |state: u32, turn: usize| {
        let (from, to) = (rank[state as usize], rank[turns.to[turn] as usize]);
        let slot = hierarchy.slot[turn];
        if slot == u32::MAX {
            return from == to;
        }
        let direction = if from < to { OUT } else { IN };
        let (half, arc) = (heads[direction], (slot & !IN_FLAG) as usize);
        (slot & IN_FLAG != 0) == (direction == IN)
            && span(&half.first, from.min(to)).contains(&arc)
            && half.head[arc] == from.max(to)
    };
    hierarchy.slot.len() == turns.to.len()
        && (0..rank.len() as u32).all(|state| turns.range(state).all(|turn| fits(state, turn)))
}
