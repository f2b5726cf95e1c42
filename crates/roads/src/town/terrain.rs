//! The ground: where a lattice point lies on the map, and where the river runs.

use super::chance::{Chance, mix};
use crate::geo::Plane;
use domain::LonLat;

/// Streets per direction. The middle one is `SIDE / 2`.
pub(super) const SIDE: usize = 47;
pub(super) const HALF: f64 = (SIDE / 2) as f64;
/// Half the town's width in meters.
const RADIUS_METERS: f64 = 2_350.0;
const RIVER_HALF_WIDTH_METERS: f64 = 34.0;
/// Land given up to the river, its banks included.
const RIVER_GAP_METERS: f64 = 105.0;

pub(super) struct Terrain {
    center: LonLat,
    plane: Plane,
    /// Position of each line in -1..1; blocks are smaller near the center.
    lines: [Vec<f64>; 2],
    /// Column `i` crosses the river between rows `river[i]` and `river[i] + 1`.
    pub(super) river: Vec<usize>,
    warp_seed: u64,
    tilt: (f64, f64),
    lake: Vec<(f64, f64)>,
}

impl Terrain {
    pub(super) fn new(chance: &mut Chance, center: LonLat) -> Terrain {
        let lines = [spaced_lines(chance), spaced_lines(chance)];
        let river = river_rows(chance);
        let slope = chance.between(-0.35, 0.35);
        let length = (1.0 + slope * slope).sqrt();
        let mut terrain = Terrain {
            center,
            plane: Plane::at(center.lat_e7),
            lines,
            river,
            warp_seed: chance.next(),
            tilt: (1.0 / length, slope / length),
            lake: Vec::new(),
        };
        let (x, y) = terrain.xy(chance.between(4.0, 9.0), HALF * 2.0 + 5.0);
        terrain.lake = blob(chance, x, y, 330.0);
        terrain
    }

    /// Meters east and north of the center for a place in lattice coordinates, which may lie
    /// between or outside the lines.
    pub(super) fn xy(&self, column: f64, row: f64) -> (f64, f64) {
        let (u, v) = (along(&self.lines[0], column), along(&self.lines[1], row));
        // Square in the middle, round at the rim: the elliptical mapping of a square to a disc.
        let (cu, cv) = (u.clamp(-1.3, 1.3), v.clamp(-1.3, 1.3));
        let mut x = u * (1.0 - cv * cv / 2.6).max(0.3).sqrt() * RADIUS_METERS;
        let mut y = v * (1.0 - cu * cu / 2.6).max(0.3).sqrt() * RADIUS_METERS;
        let strength = 45.0 + 65.0 * (cu * cu + cv * cv).min(1.0);
        let seed = self.warp_seed;
        x += strength * noise(seed, column / 6.0, row / 6.0);
        y += strength * noise(seed ^ 0x5bd1, column / 6.0, row / 6.0);
        y += self.bank_shift(column, row);
        (x * self.tilt.0 - y * self.tilt.1, x * self.tilt.1 + y * self.tilt.0)
    }

    /// Everything beyond the river moves over to make room for it.
    fn bank_shift(&self, column: f64, row: f64) -> f64 {
        let beyond = row - (self.river_row(column) + 0.5);
        RIVER_GAP_METERS * (beyond * 2.0).clamp(-0.5, 0.5)
    }

    fn river_row(&self, column: f64) -> f64 {
        let column = column.clamp(0.0, (SIDE - 1) as f64);
        let low = column as usize;
        let high = (low + 1).min(SIDE - 1);
        let share = column - low as f64;
        self.river[low] as f64 * (1.0 - share) + self.river[high] as f64 * share
    }

    pub(super) fn place(&self, (x, y): (f64, f64)) -> LonLat {
        self.plane.point(self.center, x, y)
    }

    pub(super) fn outline(&self, points: &[(f64, f64)]) -> Vec<LonLat> {
        points.iter().map(|&point| self.place(point)).collect()
    }

    pub(super) fn water(&self) -> Vec<Vec<LonLat>> {
        let steps = -14..=(SIDE as i32 - 1 + 14) * 2 + 14;
        let middle: Vec<(f64, f64)> = steps
            .map(|step| f64::from(step) / 2.0)
            .map(|column| self.xy(column, self.river_row(column) + 0.5))
            .collect();
        let middle = soften(&soften(&middle));
        let width = RIVER_HALF_WIDTH_METERS;
        let north = middle.iter().map(|&(x, y)| (x - width * self.tilt.1, y + width * self.tilt.0));
        let south =
            middle.iter().rev().map(|&(x, y)| (x + width * self.tilt.1, y - width * self.tilt.0));
        let river: Vec<(f64, f64)> = north.chain(south).collect();
        vec![self.outline(&river), self.outline(&self.lake)]
    }
}

fn spaced_lines(chance: &mut Chance) -> Vec<f64> {
    let gaps: Vec<f64> = (1..SIDE)
        .map(|line| {
            let from_middle = ((line as f64 - 0.5) - HALF).abs() / HALF;
            (0.75 + 0.6 * from_middle) * chance.between(0.7, 1.3)
        })
        .collect();
    let total: f64 = gaps.iter().sum();
    let mut at = -1.0;
    let mut lines = vec![at];
    for gap in gaps {
        at += gap * 2.0 / total;
        lines.push(at);
    }
    lines
}

/// Linear between the lines, and on beyond the outermost two.
fn along(lines: &[f64], index: f64) -> f64 {
    let low = index.clamp(0.0, (lines.len() - 2) as f64) as usize;
    lines[low] + (lines[low + 1] - lines[low]) * (index - low as f64)
}

/// A slow random walk south of the middle, one row at a time.
fn river_rows(chance: &mut Chance) -> Vec<usize> {
    let mut row = SIDE / 2 - 7 + chance.below(5);
    let mut drift = 1_i32;
    (0..SIDE)
        .map(|_| {
            if chance.percent(14) {
                drift = -drift;
            }
            if chance.percent(38) {
                row =
                    (row as i32 + drift).clamp(SIDE as i32 / 2 - 11, SIDE as i32 / 2 - 2) as usize;
            }
            row
        })
        .collect()
}

/// Smooth noise in -1..1 with one random value per unit square.
fn noise(seed: u64, x: f64, y: f64) -> f64 {
    let (x0, y0) = (x.floor(), y.floor());
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (tx, ty) = (ease(x - x0), ease(y - y0));
    let corner = |dx: f64, dy: f64| {
        let (column, row) = ((x0 + dx) as i64 as u64, (y0 + dy) as i64 as u64);
        let bits = mix(seed ^ mix(column.wrapping_mul(0x9e37) ^ mix(row.wrapping_add(77))));
        (bits >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let low = corner(0.0, 0.0) * (1.0 - tx) + corner(1.0, 0.0) * tx;
    let high = corner(0.0, 1.0) * (1.0 - tx) + corner(1.0, 1.0) * tx;
    low * (1.0 - ty) + high * ty
}

/// Chaikin's corner cutting, ends kept.
fn soften(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return Vec::new() };
    let mut softer = vec![first];
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        softer.push((a.0 * 0.75 + b.0 * 0.25, a.1 * 0.75 + b.1 * 0.25));
        softer.push((a.0 * 0.25 + b.0 * 0.75, a.1 * 0.25 + b.1 * 0.75));
    }
    softer.push(last);
    softer
}

/// A rounded patch of about `radius` meters around a point.
pub(super) fn blob(chance: &mut Chance, x: f64, y: f64, radius: f64) -> Vec<(f64, f64)> {
    // Corners of an octagon, pulled in and out, then rounded.
    const DIAGONAL: f64 = std::f64::consts::FRAC_1_SQRT_2;
    let corners = [
        (1.0, 0.0),
        (DIAGONAL, DIAGONAL),
        (0.0, 1.0),
        (-DIAGONAL, DIAGONAL),
        (-1.0, 0.0),
        (-DIAGONAL, -DIAGONAL),
        (0.0, -1.0),
        (DIAGONAL, -DIAGONAL),
    ];
    let mut points: Vec<(f64, f64)> = corners
        .iter()
        .map(|&(dx, dy)| {
            let reach = radius * chance.between(0.6, 1.25);
            (x + dx * reach * 1.3, y + dy * reach)
        })
        .collect();
    points.push(points[0]);
    soften(&soften(&points))
}
