//! Which junctions and streets exist: the town's rim, its parks, its main roads and bridges.

use super::chance::Chance;
use super::terrain::{HALF, SIDE, Terrain, blob};
use crate::class::RoadClass;
use crate::graph::RoadGraph;
use domain::LonLat;

/// How far from the middle the ring road runs, in lines.
const RING: usize = 15;
/// How many lines of each corner the ring road cuts off.
const RING_CUT: usize = 8;

pub(super) struct Layout {
    exists: Vec<bool>,
    /// Lattice rectangles `(column, row, width, height)` without streets inside.
    parks: Vec<(usize, usize, usize, usize)>,
    /// Class of the street along each column and each row.
    columns: Vec<RoadClass>,
    rows: Vec<RoadClass>,
}

/// Two neighboring lattice points and the street between them.
pub(super) struct Link {
    pub a: (usize, usize),
    pub b: (usize, usize),
    pub class: RoadClass,
}

impl Layout {
    pub(super) fn new(chance: &mut Chance, terrain: &Terrain) -> Layout {
        let mut layout = Layout {
            exists: vec![true; SIDE * SIDE],
            parks: parks(chance, terrain),
            columns: line_classes(chance),
            rows: line_classes(chance),
        };
        let reach: Vec<f64> = (0..8).map(|_| chance.between(0.93, 1.22)).collect();
        for row in 0..SIDE {
            for column in 0..SIDE {
                let in_park = layout.parks.iter().any(|&(left, low, width, height)| {
                    (left + 1..left + width).contains(&column)
                        && (low + 1..low + height).contains(&row)
                });
                layout.exists[row * SIDE + column] = !in_park && inside_rim(&reach, column, row);
            }
        }
        layout
    }

    pub(super) fn exists(&self, (column, row): (usize, usize)) -> bool {
        column < SIDE && row < SIDE && self.exists[row * SIDE + column]
    }

    /// Streets before thinning, the ones over the river reduced to bridges.
    pub(super) fn links(&self, terrain: &Terrain) -> Vec<Link> {
        let mut links = Vec::new();
        for row in 0..SIDE {
            for column in 0..SIDE {
                let a = (column, row);
                for b in [(column + 1, row), (column, row + 1)] {
                    if self.exists(a) && self.exists(b) {
                        let class = self.class(a, b);
                        let main = class <= RoadClass::Secondary;
                        if !crosses_river(terrain, a, b) || (main && a.0 == b.0) {
                            links.push(Link { a, b, class });
                        }
                    }
                }
            }
        }
        links.extend(self.ring_corners());
        links.extend(self.boulevards(terrain));
        links
    }

    fn ring_corners(&self) -> Vec<Link> {
        let at = |dx: i32, dy: i32| {
            let middle = SIDE as i32 / 2;
            ((middle + dx) as usize, (middle + dy) as usize)
        };
        let (ring, straight) = (RING as i32, (RING - RING_CUT) as i32);
        let mut links = Vec::new();
        for (sx, sy) in [(1, 1), (-1, 1), (1, -1), (-1, -1)] {
            for step in 0..RING_CUT as i32 {
                let a = at(sx * (ring - step), sy * (straight + step));
                let b = at(sx * (ring - step - 1), sy * (straight + step + 1));
                if self.exists(a) && self.exists(b) {
                    links.push(Link { a, b, class: RoadClass::Trunk });
                }
            }
        }
        links
    }

    /// Diagonal avenues from the middle outward, where no park or water is in the way.
    fn boulevards(&self, terrain: &Terrain) -> Vec<Link> {
        let middle = SIDE as i32 / 2;
        let mut links = Vec::new();
        for (dx, dy, length) in [(1, 1, 15), (-1, 1, 13)] {
            for step in 2..length {
                let at = |n: i32| ((middle + dx * n) as usize, (middle + dy * n) as usize);
                let (a, b) = (at(step), at(step + 1));
                if self.exists(a) && self.exists(b) && !crosses_river(terrain, a, b) {
                    links.push(Link { a, b, class: RoadClass::Secondary });
                }
            }
        }
        links
    }

    fn class(&self, a: (usize, usize), b: (usize, usize)) -> RoadClass {
        if on_ring(a) && on_ring(b) && from_middle(a) == RING && from_middle(b) == RING {
            return RoadClass::Trunk;
        }
        if a.0 == b.0 { self.columns[a.0] } else { self.rows[a.1] }
    }

    /// A yard just outside the ring road, in the east, on the street that is really there.
    pub(super) fn depot(&self, terrain: &Terrain, graph: &RoadGraph) -> LonLat {
        let beside_ring = terrain.xy(HALF + RING as f64 + 0.5, HALF + 5.4);
        let wished = terrain.place(beside_ring);
        graph.snap(wished).map_or(wished, |snapped| snapped.point)
    }

    pub(super) fn green(&self, chance: &mut Chance, terrain: &Terrain) -> Vec<Vec<LonLat>> {
        let mut outlines: Vec<Vec<LonLat>> =
            self.parks.iter().map(|park| terrain.outline(&park_outline(terrain, *park))).collect();
        for _ in 0..7 {
            let rim = HALF * chance.between(1.22, 1.45);
            let (dx, dy) = (chance.between(-1.0, 1.0), chance.between(-1.0, 1.0));
            let length = (dx * dx + dy * dy).sqrt().max(0.1);
            let (x, y) = terrain.xy(HALF + dx / length * rim, HALF + dy / length * rim);
            let radius = chance.between(220.0, 480.0);
            outlines.push(terrain.outline(&blob(chance, x, y, radius)));
        }
        outlines
    }
}

fn from_middle((column, row): (usize, usize)) -> usize {
    column.abs_diff(SIDE / 2).max(row.abs_diff(SIDE / 2))
}

/// The ring's corners are cut, so that it reads as a ring.
fn on_ring((column, row): (usize, usize)) -> bool {
    column.abs_diff(SIDE / 2) + row.abs_diff(SIDE / 2) <= RING * 2 - RING_CUT
}

fn line_classes(chance: &mut Chance) -> Vec<RoadClass> {
    let middle = SIDE / 2;
    let shift = chance.below(2);
    (0..SIDE)
        .map(|line| match line.abs_diff(middle) {
            0 => RoadClass::Primary,
            distance if (distance + shift).is_multiple_of(7) => RoadClass::Secondary,
            distance if (distance + shift) % 7 == 3 => RoadClass::Tertiary,
            _ => RoadClass::Residential,
        })
        .collect()
}

/// Parks keep clear of the river, the two avenues and the ring road.
fn parks(chance: &mut Chance, terrain: &Terrain) -> Vec<(usize, usize, usize, usize)> {
    let mut parks = Vec::new();
    while parks.len() < 9 {
        let (width, height) = (2 + chance.below(3), 2 + chance.below(2));
        let left = 6 + chance.below(SIDE - 16);
        let low = 6 + chance.below(SIDE - 16);
        let river = (left..=left + width).map(|column| terrain.river[column]);
        let dry = river.into_iter().all(|row| row + 1 < low || row > low + height);
        let middle = SIDE / 2;
        let main = [middle - RING, middle, middle + RING];
        let open = main.iter().all(|line| {
            !(left..=left + width).contains(line) && !(low..=low + height).contains(line)
        });
        let on_cut_corner = (left..=left + width).any(|column| {
            (low..=low + height).any(|row| {
                let steps = column.abs_diff(middle) + row.abs_diff(middle);
                steps.abs_diff(RING * 2 - RING_CUT) <= 1
            })
        });
        if dry && open && !on_cut_corner {
            parks.push((left, low, width, height));
        }
    }
    parks
}

fn park_outline(
    terrain: &Terrain,
    (left, low, width, height): (usize, usize, usize, usize),
) -> Vec<(f64, f64)> {
    // Set back from the street by a tenth of a block.
    let (west, east) = (left as f64 + 0.1, (left + width) as f64 - 0.1);
    let (south, north) = (low as f64 + 0.1, (low + height) as f64 - 0.1);
    let along = |from: f64, to: f64| (0..6).map(move |n| from + (to - from) * f64::from(n) / 6.0);
    let mut points: Vec<(f64, f64)> = Vec::new();
    points.extend(along(west, east).map(|column| terrain.xy(column, south)));
    points.extend(along(south, north).map(|row| terrain.xy(east, row)));
    points.extend(along(east, west).map(|column| terrain.xy(column, north)));
    points.extend(along(north, south).map(|row| terrain.xy(west, row)));
    points
}

fn crosses_river(terrain: &Terrain, a: (usize, usize), b: (usize, usize)) -> bool {
    let north = |(column, row): (usize, usize)| row > terrain.river[column];
    north(a) != north(b)
}

/// Whether a lattice point is within the town's uneven rim, `reach` around the eight winds.
fn inside_rim(reach: &[f64], column: usize, row: usize) -> bool {
    let (x, y) = (column as f64 - HALF, row as f64 - HALF);
    let distance = (x * x + y * y).sqrt() / HALF;
    // An angle without trigonometry: 0..8 around the square.
    let turn = if x.abs() + y.abs() < 0.5 { 0.0 } else { 2.0 * (1.0 - x / (x.abs() + y.abs())) };
    let turn = if y < 0.0 { 8.0 - turn } else { turn };
    let low = turn as usize % 8;
    let share = turn - turn.floor();
    distance <= reach[low] * (1.0 - share) + reach[(low + 1) % 8] * share
}
