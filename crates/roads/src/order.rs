//! The order in which the hierarchy leaves out arcs: nested dissection.
//!
//! The map is cut in two where few streets cross, each half again, down to single junctions. The
//! streets of a cut come after everything on both its sides, so what happens on one side never
//! concerns the other. The order depends on the map alone: every speed and closure uses the same.
//! (Buchhold, Wagner, Zeitz, Zündorf: "Customizable Contraction Hierarchies with Turn Costs", 2020.)

mod cut;
mod flow;

use crate::graph::{BLOCKED, RoadGraph};
use cut::Halves;

const OUTSIDE: u32 = u32::MAX;
/// Cells of this size take some milliseconds to cut: often enough to tell, and to stop.
const TELL_JOINS: usize = 500;

/// All edges, the most local first and the widest cuts last.
pub(crate) fn edge_order(graph: &RoadGraph) -> Vec<u32> {
    // Nobody asks to stop, so there is an order.
    edge_order_with(graph, &mut |_| true).unwrap_or_default()
}

/// Like [`edge_order`]; tells now and then how many edges are in order, and gives up on `false`.
pub(crate) fn edge_order_with(
    graph: &RoadGraph,
    tell: &mut dyn FnMut(usize) -> bool,
) -> Option<Vec<u32>> {
    let mut order = Vec::with_capacity(graph.edges.len());
    let mut joins = Vec::with_capacity(graph.edges.len());
    for (index, edge) in graph.edges.iter().enumerate() {
        let open = u8::from(edge.forward_ms != BLOCKED) + u8::from(edge.backward_ms != BLOCKED);
        if open == 0 || edge.from == edge.to {
            order.push(index as u32);
        } else {
            joins.push(Join { edge: index as u32, a: edge.from, b: edge.to, open });
        }
    }
    let nodes = (0..graph.nodes.len() as u32).collect();
    let local = vec![OUTSIDE; graph.nodes.len()];
    let mut dissection = Dissection { graph, local, order, tell };
    dissection.dissect(nodes, joins)?;
    Some(dissection.order)
}

/// An edge between two junctions of a cell, and in how many directions it is open.
#[derive(Debug, Clone, Copy)]
struct Join {
    edge: u32,
    a: u32,
    b: u32,
    open: u8,
}

struct Dissection<'g> {
    graph: &'g RoadGraph,
    tell: &'g mut dyn FnMut(usize) -> bool,
    /// Number of a junction within the cell at hand.
    local: Vec<u32>,
    order: Vec<u32>,
}

impl Dissection<'_> {
    /// Orders the joins of a cell. Each half has at least a quarter of the junctions of a
    /// connected cell, so the recursion is shallow. `None` when told to stop.
    fn dissect(&mut self, nodes: Vec<u32>, joins: Vec<Join>) -> Option<()> {
        if joins.len() <= 1 {
            self.order.extend(joins.iter().map(|join| join.edge));
            return Some(());
        }
        if joins.len() >= TELL_JOINS && !(self.tell)(self.order.len()) {
            return None;
        }
        for (number, &node) in nodes.iter().enumerate() {
            self.local[node as usize] = number as u32;
        }
        let cell = cut::Cell::new(
            nodes.iter().map(|&node| self.graph.nodes.at(node as usize)).collect(),
            joins
                .iter()
                .map(|join| (self.local[join.a as usize], self.local[join.b as usize], join.open)),
        );
        let parts = cell.components();
        let part_count = parts.iter().max().map_or(0, |&last| last as usize + 1);
        let (side, count) = if part_count > 1 {
            (parts, part_count)
        } else {
            let Halves(side) = cell.halves();
            (side.into_iter().map(u32::from).collect(), 2)
        };
        let mut node_parts = vec![Vec::new(); count];
        for (&node, &part) in nodes.iter().zip(&side) {
            node_parts[part as usize].push(node);
        }
        let mut join_parts = vec![Vec::new(); count];
        let mut cut = Vec::new();
        for join in joins {
            let a = side[self.local[join.a as usize] as usize];
            let b = side[self.local[join.b as usize] as usize];
            if a == b { join_parts[a as usize].push(join) } else { cut.push(join.edge) }
        }
        drop(nodes);
        for (nodes, joins) in node_parts.into_iter().zip(join_parts) {
            self.dissect(nodes, joins)?;
        }
        self.order.extend(cut);
        Some(())
    }
}
