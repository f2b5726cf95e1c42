//! Cuts ways at junctions, barriers and gaps in the extract, and joins the pieces into a graph.

mod restrictions;

use super::relations::Relations;
use super::ways::{Nodes, Ways};
use super::{Options, Report};
use crate::build::{GraphBuilder, NewEdge};
use crate::geo::meters_between;
use crate::graph::RoadGraph;
use domain::LonLat;
use restrictions::Pieces;

type Placed = (usize, LonLat);

pub(super) fn connect(
    ways: &Ways,
    nodes: &Nodes,
    relations: &Relations,
    options: &Options,
) -> (RoadGraph, Report) {
    let mut report = Report {
        ways: ways.len(),
        conditional_restrictions: relations.conditional,
        broken_restrictions: relations.broken,
        ..Report::default()
    };
    let left_hand = options.left_hand.unwrap_or_else(|| drives_left(ways, nodes));
    let mut joiner = Joiner {
        nodes,
        builder: GraphBuilder::with(options.profile, left_hand),
        graph_node: vec![None; nodes.len()],
        pieces: Pieces::default(),
    };
    for (street, refs) in ways.iter() {
        joiner.pieces.next_way();
        let placed: Vec<Option<Placed>> = refs.iter().map(|&id| nodes.find(id)).collect();
        report.cut_ways += usize::from(placed.iter().any(Option::is_none));
        // An extract is cut at its border: a way may name nodes that are not in it.
        for piece in placed.split(Option::is_none) {
            let piece: Vec<Placed> = piece.iter().flatten().copied().collect();
            joiner.join(street, &piece);
        }
    }
    let Joiner { mut builder, graph_node, pieces, .. } = joiner;
    for restricted in &relations.restrictions {
        match pieces.sequences(restricted, ways, nodes, &graph_node) {
            restrictions::Found::Sequences(found) => {
                if !restricted.hours.is_empty() {
                    // One relation may name several ways in and out; it counts once.
                    let is_taken = found.iter().fold(false, |taken, arcs| {
                        let hours = &restricted.hours;
                        builder.add_timed_restriction(restricted.only, arcs, hours) || taken
                    });
                    report.timed_restrictions += usize::from(is_taken);
                    continue;
                }
                for arcs in found {
                    let is_taken = builder.add_restriction(restricted.only, &arcs);
                    report.restrictions += usize::from(is_taken);
                    report.broken_restrictions += usize::from(!is_taken);
                }
            }
            restrictions::Found::Elsewhere => {}
            restrictions::Found::Broken => report.broken_restrictions += 1,
        }
    }
    (builder.finish(), report)
}

/// Roundabouts are driven clockwise where one drives on the left: most of them decide.
fn drives_left(ways: &Ways, nodes: &Nodes) -> bool {
    let mut clockwise = 0_i64;
    for (street, refs) in ways.iter().filter(|(street, _)| street.is_roundabout) {
        let (forward, backward) = street.speeds(0.0);
        let places: Vec<LonLat> =
            refs.iter().filter_map(|&id| nodes.find(id)).map(|(_, place)| place).collect();
        let is_ring = places.len() > 3 && places.first() == places.last();
        if is_ring && forward.is_some() && backward.is_none() {
            clockwise += if doubled_area(&places) < 0 { 1 } else { -1 };
        }
    }
    clockwise > 0
}

/// Twice the area of a ring, negative when it runs clockwise.
fn doubled_area(ring: &[LonLat]) -> i128 {
    let cross = |a: LonLat, b: LonLat| {
        i128::from(a.lon_e7) * i128::from(b.lat_e7) - i128::from(b.lon_e7) * i128::from(a.lat_e7)
    };
    ring.windows(2).map(|pair| cross(pair[0], pair[1])).sum()
}

struct Joiner<'n> {
    nodes: &'n Nodes,
    builder: GraphBuilder,
    graph_node: Vec<Option<u32>>,
    pieces: Pieces,
}

impl Joiner<'_> {
    fn join(&mut self, street: &super::tags::Street, piece: &[Placed]) {
        let meters: f64 = piece.windows(2).map(|pair| meters_between(pair[0].1, pair[1].1)).sum();
        let (forward_kmh, backward_kmh) = street.speeds(meters);
        let mut start = 0;
        for index in 1..piece.len() {
            let is_cut = index + 1 == piece.len() || self.nodes.is_junction(piece[index].0);
            if !is_cut {
                continue;
            }
            let inner = &piece[start + 1..index];
            let (from, to) = (self.end_at(piece[start]), self.end_at(piece[index]));
            let between: Vec<LonLat> = inner.iter().map(|&(_, place)| place).collect();
            let mut wait_ms = [0_u32; 2];
            for &(node, _) in inner {
                let note = self.nodes.note(node);
                wait_ms[0] = wait_ms[0].saturating_add(note.wait_ms[0]);
                wait_ms[1] = wait_ms[1].saturating_add(note.wait_ms[1]);
            }
            self.builder.add_edge(&NewEdge {
                from,
                to,
                class: street.class,
                name: &street.name,
                between: &between,
                forward_kmh,
                backward_kmh,
                wait_ms,
                stopping_only: street.stopping_only,
                roundabout: street.is_roundabout,
                no_stopping: street.has_no_stopping,
            });
            let directions = (forward_kmh.is_some(), backward_kmh.is_some());
            self.pieces.add(from, to, directions);
            start = index;
        }
    }

    fn end_at(&mut self, (node, place): Placed) -> u32 {
        let note = self.nodes.note(node);
        // Nobody passes a bollard: each street gets its own dead end there.
        if note.barred {
            return self.builder.add_node(place);
        }
        if let Some(known) = self.graph_node[node] {
            return known;
        }
        let new = self.builder.add_node(place);
        self.graph_node[node] = Some(new);
        if note.has_signals {
            self.builder.add_signals(new);
        }
        new
    }
}
