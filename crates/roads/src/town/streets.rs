//! Turns the layout into a road graph with names, one-ways and missing links.

use super::chance::Chance;
use super::layout::{Layout, Link};
use super::names::Names;
use super::terrain::{SIDE, Terrain};
use crate::build::{GraphBuilder, NewEdge};
use crate::class::{Profile, RoadClass};
use crate::graph::RoadGraph;
use std::collections::BTreeMap;

/// Out of 100 residential links, how many are missing: a town without gaps is a chessboard.
const MISSING_PERCENT: u64 = 21;
const ONEWAY_PERCENT: u64 = 16;
/// Streets change their name after this many blocks at the latest.
const BLOCKS_PER_NAME: usize = 9;

/// The graph, and for each edge whether houses stand along it.
pub(super) fn build(
    chance: &mut Chance,
    terrain: &Terrain,
    layout: &Layout,
) -> (RoadGraph, Vec<bool>) {
    let mut links = layout.links(terrain);
    links.retain(|link| link.class < RoadClass::Residential || !chance.percent(MISSING_PERCENT));
    let links = largest_piece(links);
    let jitter: Vec<(f64, f64)> =
        (0..SIDE * SIDE).map(|_| (chance.between(-9.0, 9.0), chance.between(-9.0, 9.0))).collect();
    let mut signs = Signs { names: Names::new(), known: BTreeMap::new() };
    let mut builder = GraphBuilder::new();
    let mut nodes: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut built_up = Vec::new();
    let spot = |(column, row): (usize, usize)| {
        let (x, y) = terrain.xy(column as f64, row as f64);
        let (dx, dy) = jitter[row * SIDE + column];
        (x + dx, y + dy)
    };
    for link in &links {
        let mut node =
            |at| *nodes.entry(at).or_insert_with(|| builder.add_node(terrain.place(spot(at))));
        let (from, to) = (node(link.a), node(link.b));
        let sign = signs.of(chance, link);
        let kmh = Profile::Van.class_kmh(link.class);
        let bend = bend(terrain, link, spot(link.a), spot(link.b));
        builder.add_edge(&NewEdge {
            from,
            to,
            class: link.class,
            name: &sign.name,
            between: &[terrain.place(bend)],
            forward_kmh: (sign.direction >= 0).then_some(kmh),
            backward_kmh: (sign.direction <= 0).then_some(kmh),
            wait_ms: [0, 0],
            stopping_only: false,
            roundabout: false,
            no_stopping: false,
        });
        built_up.push(link.class >= RoadClass::Secondary);
    }
    (builder.finish(), built_up)
}

/// The middle of a street, where the bent lattice puts it, moved with the two ends.
fn bend(terrain: &Terrain, link: &Link, a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let (ax, ay) = terrain.xy(link.a.0 as f64, link.a.1 as f64);
    let (bx, by) = terrain.xy(link.b.0 as f64, link.b.1 as f64);
    let column = (link.a.0 + link.b.0) as f64 / 2.0;
    let row = (link.a.1 + link.b.1) as f64 / 2.0;
    let (x, y) = terrain.xy(column, row);
    (x + (a.0 - ax + b.0 - bx) / 2.0, y + (a.1 - ay + b.1 - by) / 2.0)
}

#[derive(Clone)]
struct Sign {
    name: String,
    /// 0 both ways, 1 along the lattice, -1 against it.
    direction: i8,
}

struct Signs {
    names: Names,
    known: BTreeMap<(u8, usize, usize), Sign>,
}

impl Signs {
    fn of(&mut self, chance: &mut Chance, link: &Link) -> Sign {
        let key = street_key(link);
        if let Some(sign) = self.known.get(&key) {
            return sign.clone();
        }
        let name = match link.class {
            RoadClass::Trunk => "Ring Road 环城路".to_owned(),
            class => self.names.next(chance, class),
        };
        let may_be_oneway = link.class == RoadClass::Residential;
        let direction = match may_be_oneway && chance.percent(ONEWAY_PERCENT) {
            true if chance.percent(50) => 1,
            true => -1,
            false => 0,
        };
        let sign = Sign { name, direction };
        self.known.insert(key, sign.clone());
        sign
    }
}

/// Links with the same key carry one name: a line of the lattice, cut into lengths that differ from
/// line to line.
fn street_key(link: &Link) -> (u8, usize, usize) {
    let ((ax, ay), (bx, by)) = (link.a, link.b);
    let cut = |line: usize, at: usize| (at + line * 5) / BLOCKS_PER_NAME;
    if link.class == RoadClass::Trunk {
        (0, 0, 0)
    } else if ax != bx && ay != by {
        (1, usize::from(ax < bx), 0)
    } else if ax == bx {
        (2, ax, cut(ax, ay))
    } else {
        (3, ay, cut(ay, ax))
    }
}

/// Drops islands that the missing links cut off.
fn largest_piece(links: Vec<Link>) -> Vec<Link> {
    let mut pieces = petgraph::unionfind::UnionFind::<usize>::new(SIDE * SIDE);
    let index = |(column, row): (usize, usize)| row * SIDE + column;
    for link in &links {
        pieces.union(index(link.a), index(link.b));
    }
    let mut sizes = vec![0_usize; SIDE * SIDE];
    for link in &links {
        sizes[pieces.find(index(link.a))] += 1;
    }
    let largest = (0..sizes.len()).max_by_key(|&piece| sizes[piece]).unwrap_or(0);
    links.into_iter().filter(|link| pieces.find(index(link.a)) == largest).collect()
}
