//! Random graphs, and the plain way to find what the engine must answer.

#![allow(dead_code, clippy::unwrap_used, clippy::print_stdout)]

use domain::{LonLat, Meters, Seconds};
use petgraph::Direction::Outgoing;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use roads::{GraphBuilder, Metric, NewEdge, RoadClass, RoadGraph, Snapped, State, Unreachable};
use std::path::{Path, PathBuf};

pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    pub fn place(&mut self, graph: &RoadGraph) -> LonLat {
        let (low, high) = graph.bounds().unwrap();
        let mut within = |a: i32, b: i32| a + self.below((b - a).unsigned_abs() as u64 + 1) as i32;
        let lon_e7 = within(low.lon_e7, high.lon_e7);
        LonLat { lon_e7, lat_e7: within(low.lat_e7, high.lat_e7) }
    }
}

pub fn random_graph(seed: u64) -> RoadGraph {
    let (builder, _) = random_builder(seed, true);
    builder.finish()
}

/// A rule as the builder takes it: whether `only`, and the arcs as numbered by searches.
pub type Rule = (bool, Vec<u32>);

/// The same streets with or without their turn restrictions.
pub fn random_builder(seed: u64, restricted: bool) -> (GraphBuilder, Vec<Rule>) {
    let mut dice = Dice(seed);
    let mut builder = GraphBuilder::new();
    let nodes = 2 + dice.below(60);
    for _ in 0..nodes {
        let lon_e7 = 86_000_000 + dice.below(300_000) as i32;
        let lat_e7 = 494_000_000 + dice.below(200_000) as i32;
        let node = builder.add_node(LonLat { lon_e7, lat_e7 });
        if dice.below(5) == 0 {
            builder.add_signals(node);
        }
    }
    let mut ends = Vec::new();
    for _ in 0..nodes * 2 {
        let direction = dice.below(4);
        let kmh = 10 + dice.below(90) as u32;
        let (from, to) = (dice.below(nodes) as u32, dice.below(nodes) as u32);
        builder.add_edge(&NewEdge {
            from,
            to,
            class: RoadClass::Residential,
            name: "",
            between: &[],
            forward_kmh: (direction != 1).then_some(kmh),
            backward_kmh: (direction != 0).then_some(kmh),
            wait_ms: [dice.below(3) as u32 * 1000, 0],
            stopping_only: dice.below(6) == 0,
            roundabout: false,
            no_stopping: false,
        });
        ends.push((from, to));
    }
    let mut rules = Vec::new();
    for _ in 0..if restricted { nodes * 6 } else { 0 } {
        let (arcs, only) = (random_walk(&mut dice, &ends), dice.below(3) == 0);
        assert!(builder.add_restriction(only, &arcs));
        rules
            .push((only, arcs.iter().map(|&(edge, ahead)| edge * 2 + u32::from(!ahead)).collect()));
    }
    (builder, rules)
}

/// Two to four arcs that follow one another.
fn random_walk(dice: &mut Dice, ends: &[(u32, u32)]) -> Vec<(u32, bool)> {
    let mut arcs = vec![(dice.below(ends.len() as u64) as u32, dice.below(2) == 0)];
    for _ in 0..1 + dice.below(3) {
        let (edge, ahead) = *arcs.last().unwrap();
        let at = if ahead { ends[edge as usize].1 } else { ends[edge as usize].0 };
        let next: Vec<(u32, bool)> = (0..)
            .zip(ends)
            .flat_map(|(edge, &(from, to))| [(from, (edge, true)), (to, (edge, false))])
            .filter(|&(tail, _)| tail == at)
            .map(|(_, arc)| arc)
            .collect();
        arcs.push(next[dice.below(next.len() as u64) as usize]);
    }
    arcs
}

/// Compares matrix and routes between `count` random places with petgraph.
pub fn check(graph: &RoadGraph, metric: &Metric, count: usize, seed: u64, label: &str) {
    let reference = Reference::new(graph, metric);
    let mut dice = Dice(seed ^ 0x5eed);
    let places: Vec<LonLat> = (0..count).map(|_| dice.place(graph)).collect();
    let snapped: Vec<Option<Snapped>> = places.iter().map(|&place| graph.snap(place)).collect();
    let matrix = graph.matrix_with(metric, &places, None);
    graph.each_row(metric, &snapped, &snapped[..count / 2], |from, row| {
        for to in 0..count / 2 {
            assert_eq!(row.get(to), matrix.get(from, to), "{label}: row {from} -> {to}");
        }
    });
    for (row, from) in snapped.iter().enumerate() {
        let expected: Vec<Option<i64>> = match from {
            Some(from) => reference.costs(from, &snapped),
            None => vec![None; count],
        };
        for column in 0..count {
            let want = expected[column].map(whole);
            assert_eq!(matrix.get(row, column), want, "{label}: {row} -> {column}");
            let route = graph.route_with(metric, places[row], places[column]);
            let got = route.as_ref().ok().map(|route| (route.seconds, route.meters));
            assert_eq!(got, want, "{label}: route {row} -> {column}");
            match route {
                Ok(route) => check_line(&route, label),
                Err(why) => {
                    assert_eq!(Some(why), matrix.why_unreachable(row, column), "{label}");
                    let is_off_map = from.is_none() || snapped[column].is_none();
                    let off_map = [Unreachable::StartOffMap, Unreachable::EndOffMap];
                    assert_eq!(off_map.contains(&why), is_off_map, "{label}");
                }
            }
        }
    }
}

fn check_line(route: &roads::Route, label: &str) {
    let named: i64 = route.streets.iter().map(|(_, meters)| meters.0).sum();
    let slack = route.streets.len() as i64 + 1;
    assert!((named - route.meters.0).abs() <= slack, "{label}: streets add up");
    let drawn: f64 = route.geometry.windows(2).map(|pair| meters(pair[0], pair[1])).sum();
    let slack = 2.0 + drawn * 0.01;
    assert!((drawn - route.meters.0 as f64).abs() <= slack, "{label}: {drawn} {:?}", route.meters);
}

fn meters(a: LonLat, b: LonLat) -> f64 {
    let lat = f64::from(a.lat_e7) / 1e7;
    let x = f64::from(b.lon_e7 - a.lon_e7) * lat.to_radians().cos();
    let y = f64::from(b.lat_e7 - a.lat_e7);
    x.hypot(y) * 1e-7_f64.to_radians() * 6_371_008.8
}

pub fn whole(cost: i64) -> (Seconds, Meters) {
    let (hundredths, dm) = (cost >> 25 & ((1 << 25) - 1), cost & ((1 << 25) - 1));
    (Seconds((hundredths + 50) / 100), Meters((dm + 5) / 10))
}

pub struct Reference {
    pub graph: DiGraph<State, i64>,
}

impl Reference {
    pub fn new(graph: &RoadGraph, metric: &Metric) -> Reference {
        Reference { graph: graph.to_petgraph(metric) }
    }

    fn stops(&self, at: &Snapped) -> Vec<(u32, u32, i64)> {
        [(at.edge * 2, at.along), (at.edge * 2 + 1, 65_536 - at.along)]
            .into_iter()
            .filter_map(|(arc, along)| {
                let state = self.graph[NodeIndex::new(arc as usize)];
                let whole = state.cost?;
                let share = |n: i64| (n * i64::from(along) + 32_768) >> 16;
                let part = (share(whole >> 25) << 25) + share(whole & ((1 << 25) - 1));
                Some((arc, along, part))
            })
            .collect()
    }

    /// From the rest of the start's street over the next arcs to the beginning of the end's.
    pub fn costs(&self, from: &Snapped, to: &[Option<Snapped>]) -> Vec<Option<i64>> {
        let mut graph = self.graph.clone();
        let start = graph.add_node(State { arc: u32::MAX, cost: None, is_main: false });
        for (arc, _, part) in self.stops(from) {
            let node = NodeIndex::new(arc as usize);
            let next: Vec<_> = self
                .graph
                .edges_directed(node, Outgoing)
                .map(|edge| (edge.target(), edge.weight() - part))
                .collect();
            for (node, cost) in next {
                graph.add_edge(start, node, cost);
            }
        }
        let found = petgraph::algo::dijkstra(&graph, start, None, |edge| *edge.weight());
        let found = |node: NodeIndex| found.get(&node).copied();
        to.iter().map(|to| self.cost_to(found, from, to.as_ref()?)).collect()
    }

    fn cost_to(
        &self,
        found: impl Fn(NodeIndex) -> Option<i64>,
        from: &Snapped,
        to: &Snapped,
    ) -> Option<i64> {
        let mut best: Option<i64> = None;
        let mut offer = |cost: i64| best = Some(best.map_or(cost, |best| best.min(cost)));
        for (arc, along, part) in self.stops(to) {
            for (from_arc, from_along, from_part) in self.stops(from) {
                if from_arc == arc && from_along <= along {
                    offer(part - from_part);
                }
            }
            for node in self.graph.node_indices().filter(|&node| self.graph[node].arc == arc) {
                if let Some(cost) = found(node) {
                    offer(cost + part);
                }
            }
        }
        best
    }
}

pub fn extract(name: &str) -> Option<PathBuf> {
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    while let Some(parent) = folder.parent() {
        let candidate = parent.join("shared/data/osm").join(name);
        if candidate.is_file() {
            return Some(candidate);
        }
        folder = parent;
    }
    println!("no {name} at hand: skipped");
    None
}
