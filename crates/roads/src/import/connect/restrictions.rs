//! From the ways of a restriction to the arcs that ways were cut into.

use super::super::relations::{Restricted, Via};
use super::super::ways::{Nodes, Ways};

/// An edge and whether it is driven along its points.
type Arc = (u32, bool);

/// The edges that each way became, in its order.
#[derive(Default)]
pub(super) struct Pieces {
    /// First edge of each way.
    first: Vec<u32>,
    edges: Vec<Piece>,
}

struct Piece {
    from: u32,
    to: u32,
    directions: (bool, bool),
}

pub(super) enum Found {
    /// Arcs one after the other, for each pair of a way in and a way out.
    Sequences(Vec<Vec<Arc>>),
    /// On ways that this vehicle does not use.
    Elsewhere,
    Broken,
}

impl Pieces {
    pub(super) fn next_way(&mut self) {
        self.first.push(self.edges.len() as u32);
    }

    pub(super) fn add(&mut self, from: u32, to: u32, directions: (bool, bool)) {
        self.edges.push(Piece { from, to, directions });
    }

    pub(super) fn sequences(
        &self,
        restricted: &Restricted,
        ways: &Ways,
        nodes: &Nodes,
        graph_node: &[Option<u32>],
    ) -> Found {
        let all = |ids: &[i64]| ids.iter().map(|&id| ways.find(id)).collect::<Option<Vec<usize>>>();
        let known =
            |ids: &[i64]| ids.iter().filter_map(|&id| ways.find(id)).collect::<Vec<usize>>();
        let (from, to) = (known(&restricted.from), known(&restricted.to));
        if from.is_empty() || to.is_empty() {
            return Found::Elsewhere;
        }
        let mut found = Vec::new();
        for &from in &from {
            for &to in &to {
                let arcs = match &restricted.via {
                    Via::Node(id) => {
                        let node = nodes.index(*id).and_then(|index| graph_node[index]);
                        // Not a junction of ours: nobody turns there.
                        let Some(node) = node else { return Found::Elsewhere };
                        self.over_node(from, node, to)
                    }
                    Via::Ways(ids) => {
                        let Some(via) = all(ids) else { return Found::Elsewhere };
                        self.over_ways(from, &via, to)
                    }
                };
                found.extend(arcs);
            }
        }
        if found.is_empty() { Found::Broken } else { Found::Sequences(found) }
    }

    fn over_node(&self, from: usize, node: u32, to: usize) -> Option<Vec<Arc>> {
        let into = self.into(from, node);
        if from == to {
            // Turning round: out on the arc one came by.
            let &(edge, ahead) = into.first()?;
            return (into.len() == 1).then(|| vec![(edge, ahead), (edge, !ahead)]);
        }
        let (&[into], &[out]) = (into.as_slice(), self.out_of(to, node).as_slice()) else {
            return None;
        };
        Some(vec![into, out])
    }

    fn over_ways(&self, from: usize, via: &[usize], to: usize) -> Option<Vec<Arc>> {
        let first = *via.first()?;
        let starts =
            self.ends(first).into_iter().filter(|&start| self.into(from, start).len() == 1);
        for start in starts {
            let mut arcs = self.into(from, start);
            let mut at = start;
            let is_chain = via.iter().all(|&way| match self.along(way, at) {
                Some((end, driven)) => {
                    at = end;
                    arcs.extend(driven);
                    true
                }
                None => false,
            });
            if let (true, &[out]) = (is_chain, self.out_of(to, at).as_slice()) {
                arcs.push(out);
                return Some(arcs);
            }
        }
        None
    }

    fn range(&self, way: usize) -> std::ops::Range<u32> {
        let end = self.first.get(way + 1).copied().unwrap_or(self.edges.len() as u32);
        self.first[way]..end
    }

    /// First and last junction of a way.
    fn ends(&self, way: usize) -> Vec<u32> {
        let range = self.range(way);
        match (self.edges.get(range.start as usize), range.clone().last()) {
            (Some(first), Some(last)) => vec![first.from, self.edges[last as usize].to],
            _ => Vec::new(),
        }
    }

    /// The whole way from one of its ends to the other.
    fn along(&self, way: usize, start: u32) -> Option<(u32, Vec<Arc>)> {
        let range = self.range(way);
        let (first, last) = match *self.ends(way).as_slice() {
            [first, last] => (first, last),
            _ => return None,
        };
        if start == first {
            Some((last, range.map(|edge| (edge, true)).collect()))
        } else if start == last {
            Some((first, range.rev().map(|edge| (edge, false)).collect()))
        } else {
            None
        }
    }

    /// Arcs of a way that may be driven and end at a junction.
    fn into(&self, way: usize, node: u32) -> Vec<Arc> {
        self.arcs(way).filter(|&(_, _, head)| head == node).map(|(arc, ..)| arc).collect()
    }

    /// Arcs of a way that may be driven and begin at a junction.
    fn out_of(&self, way: usize, node: u32) -> Vec<Arc> {
        self.arcs(way).filter(|&(_, tail, _)| tail == node).map(|(arc, ..)| arc).collect()
    }

    /// Arcs of a way that may be driven, with their tail and head.
    fn arcs(&self, way: usize) -> impl Iterator<Item = (Arc, u32, u32)> {
        self.range(way).flat_map(|edge| {
            let Piece { from, to, directions: (ahead, back) } = self.edges[edge as usize];
            let ahead = ahead.then_some(((edge, true), from, to));
            let back = back.then_some(((edge, false), to, from));
            ahead.into_iter().chain(back)
        })
    }
}
