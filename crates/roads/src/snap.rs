//! Finds the street nearest to a point.

use crate::geo::{Plane, nearest_on_segment};
use crate::graph::RoadGraph;
use domain::{LonLat, Meters};

/// A place farther than this from every street is not on the map: an address on another continent
/// must not quietly become the town's last house.
pub const SNAP_METERS_MAX: i64 = 2_000;

/// Cell height in 1e-7 degrees, about 220 m: a few streets per cell in a town.
const CELL_E7: i64 = 20_000;

/// In which directions of its street a place is left and reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Directions {
    #[default]
    Both,
    /// Only along the street's points: the place lies on the curb of that lane.
    Along,
    /// Only against them.
    Against,
}

/// A place on a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapped {
    /// The stretch of street.
    pub edge: u32,
    /// How far along it, in 1/65536 of its length.
    pub along: u32,
    /// The point on the street.
    pub point: LonLat,
    /// From the asked point to the street, as the crow flies.
    pub meters: Meters,
    /// Both, unless asked for by [`RoadGraph::snap_curb`].
    pub directions: Directions,
}

/// Edges by map cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    low: (i64, i64),
    columns: i64,
    rows: i64,
    cell: i64,
    first: Vec<u32>,
    edges: Vec<u32>,
}

impl Grid {
    pub(crate) fn over(graph: &RoadGraph) -> Grid {
        let Some((low, high)) = graph.bounds() else { return Grid::default() };
        let width = i64::from(high.lon_e7) - i64::from(low.lon_e7);
        let height = i64::from(high.lat_e7) - i64::from(low.lat_e7);
        // Sparse or damaged maps span continents: coarser cells keep memory in proportion.
        let cells_max = (graph.points.len() as i64).max(1024);
        let mut cell = CELL_E7;
        while (width / cell + 1) * (height / cell + 1) > cells_max {
            cell *= 2;
        }
        let mut grid = Grid {
            low: (i64::from(low.lon_e7), i64::from(low.lat_e7)),
            columns: width / cell + 1,
            rows: height / cell + 1,
            cell,
            ..Default::default()
        };
        grid.fill(graph);
        grid
    }

    fn fill(&mut self, graph: &RoadGraph) {
        let mut entries: Vec<(u32, u32)> = Vec::new();
        for edge in 0..graph.edges.len() {
            if !graph.is_main(edge as u32) {
                continue;
            }
            for pair in graph.shape(edge).windows(2) {
                self.each_cell(pair[0], pair[1], |cell| entries.push((cell, edge as u32)));
            }
        }
        entries.sort_unstable();
        entries.dedup();
        self.first = vec![0; (self.columns * self.rows) as usize + 1];
        for &(cell, _) in &entries {
            self.first[cell as usize + 1] += 1;
        }
        for cell in 1..self.first.len() {
            self.first[cell] += self.first[cell - 1];
        }
        self.edges = entries.into_iter().map(|(_, edge)| edge).collect();
    }

    /// Cells that a segment passes, and their neighbors in the row: never fewer than it touches.
    /// Row by row, because the box around a long one may hold the whole map.
    fn each_cell(&self, a: LonLat, b: LonLat, mut visit: impl FnMut(u32)) {
        let (low, high) = if a.lat_e7 <= b.lat_e7 { (a, b) } else { (b, a) };
        let ((lx, ly), (hx, hy)) = (self.cell_of(low), self.cell_of(high));
        let rise = (i64::from(high.lat_e7) - i64::from(low.lat_e7)).max(1);
        let run = i64::from(high.lon_e7) - i64::from(low.lon_e7);
        // Column where the segment crosses the lower edge of a row.
        let column_at = |row: i64| {
            let climbed = (row * self.cell + self.low.1 - i64::from(low.lat_e7)).clamp(0, rise);
            let lon =
                i128::from(low.lon_e7) + i128::from(run) * i128::from(climbed) / i128::from(rise);
            (lon as i64 - self.low.0).div_euclid(self.cell)
        };
        for row in ly..=hy {
            let mut ends = [column_at(row), column_at(row + 1)];
            if row == ly {
                ends[0] = lx;
            }
            if row == hy {
                ends[1] = hx;
            }
            let (from, to) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let last = self.columns - 1;
            for column in (from - 1).clamp(0, last)..=(to + 1).clamp(0, last) {
                visit((row * self.columns + column) as u32);
            }
        }
    }

    fn cell_of(&self, point: LonLat) -> (i64, i64) {
        let column = (i64::from(point.lon_e7) - self.low.0).div_euclid(self.cell);
        let row = (i64::from(point.lat_e7) - self.low.1).div_euclid(self.cell);
        (column, row)
    }

    fn in_cell(&self, column: i64, row: i64) -> &[u32] {
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        if !inside {
            return &[];
        }
        let cell = (row * self.columns + column) as usize;
        &self.edges[self.first[cell] as usize..self.first[cell + 1] as usize]
    }
}

impl RoadGraph {
    /// The nearest street in the main component, or `None` beyond [`SNAP_METERS_MAX`].
    pub fn snap(&self, place: LonLat) -> Option<Snapped> {
        if self.grid.first.is_empty() {
            return None;
        }
        let plane = Plane::at(place.lat_e7);
        let cell_meters = self.cell_meters(plane);
        let (column, row) = self.grid.cell_of(place);
        let reach = (SNAP_METERS_MAX as f64 / cell_meters) as i64 + 1;
        let mut best: Option<Nearest> = None;
        for ring in 0..=reach {
            // Everything still unseen is at least this far away.
            let unseen_meters = (ring - 1).max(0) as f64 * cell_meters;
            if best.as_ref().is_some_and(|b| b.squared <= unseen_meters * unseen_meters) {
                break;
            }
            for (x, y) in ring_cells(column, row, ring) {
                for &edge in self.grid.in_cell(x, y) {
                    self.consider(edge, place, plane, &mut best);
                }
            }
        }
        let best = best?;
        let meters = best.squared.sqrt().round() as i64;
        (meters <= SNAP_METERS_MAX).then(|| self.snapped(&best, place, plane, meters))
    }

    /// Like [`RoadGraph::snap`], to be reached with the door on the side of the place, so that
    /// nobody crosses the street with a parcel. On a one-way street both curbs are reached, and a
    /// place on the middle of the street has no side.
    pub fn snap_curb(&self, place: LonLat) -> Option<Snapped> {
        let mut snapped = self.snap(place)?;
        let (ahead, back) = (snapped.edge as usize * 2, snapped.edge as usize * 2 + 1);
        let side = self.side(&snapped, place);
        if self.main[ahead] && self.main[back] && side != 0.0 {
            let is_left = side > 0.0;
            let along = is_left == self.left_hand;
            snapped.directions = if along { Directions::Along } else { Directions::Against };
        }
        Some(snapped)
    }

    /// Positive when the place lies to the left of the street's direction.
    fn side(&self, snapped: &Snapped, place: LonLat) -> f64 {
        let plane = Plane::at(place.lat_e7);
        let mut best: Option<(f64, f64)> = None;
        for pair in self.shape(snapped.edge as usize).windows(2) {
            let (a, b) = (plane.offset(place, pair[0]), plane.offset(place, pair[1]));
            let (_, squared) = nearest_on_segment(a, b);
            if best.is_none_or(|(least, _)| squared < least) {
                best = Some((squared, a.0 * b.1 - a.1 * b.0));
            }
        }
        best.map_or(0.0, |(_, cross)| cross)
    }

    /// The nearest place on each of the streets within reach, nearest first.
    pub(crate) fn streets_near(
        &self,
        place: LonLat,
        reach_meters: f64,
        most: usize,
    ) -> Vec<Snapped> {
        if self.grid.first.is_empty() {
            return Vec::new();
        }
        let plane = Plane::at(place.lat_e7);
        let (column, row) = self.grid.cell_of(place);
        let rings = (reach_meters / self.cell_meters(plane)) as i64 + 1;
        let cells = (-rings..=rings).flat_map(|y| (-rings..=rings).map(move |x| (x, y)));
        let mut edges: Vec<u32> =
            cells.flat_map(|(x, y)| self.grid.in_cell(column + x, row + y)).copied().collect();
        edges.sort_unstable();
        edges.dedup();
        let mut found: Vec<Nearest> = edges
            .into_iter()
            .filter_map(|edge| {
                let mut nearest = None;
                self.consider(edge, place, plane, &mut nearest);
                nearest.filter(|nearest| nearest.squared <= reach_meters * reach_meters)
            })
            .collect();
        found.sort_by(|a, b| a.squared.total_cmp(&b.squared).then(a.edge.cmp(&b.edge)));
        found.truncate(most);
        let meters = |nearest: &Nearest| nearest.squared.sqrt().round() as i64;
        found.iter().map(|one| self.snapped(one, place, plane, meters(one))).collect()
    }

    /// The shorter side of a cell.
    fn cell_meters(&self, plane: Plane) -> f64 {
        let (width, height) = plane.offset(
            LonLat { lon_e7: 0, lat_e7: 0 },
            LonLat { lon_e7: self.grid.cell as i32, lat_e7: self.grid.cell as i32 },
        );
        width.min(height)
    }

    fn consider(&self, edge: u32, place: LonLat, plane: Plane, best: &mut Option<Nearest>) {
        for (index, pair) in self.shape(edge as usize).windows(2).enumerate() {
            let (a, b) = (plane.offset(place, pair[0]), plane.offset(place, pair[1]));
            let (share, squared) = nearest_on_segment(a, b);
            let better = match best {
                None => true,
                Some(b) => squared < b.squared || (squared == b.squared && edge < b.edge),
            };
            if better {
                *best = Some(Nearest { edge, segment: index, share, squared });
            }
        }
    }

    fn snapped(&self, best: &Nearest, place: LonLat, plane: Plane, meters: i64) -> Snapped {
        let shape = self.shape(best.edge as usize);
        let mut total = 0.0;
        let mut before = 0.0;
        for (index, pair) in shape.windows(2).enumerate() {
            let (x, y) = plane.offset(pair[0], pair[1]);
            let length = (x * x + y * y).sqrt();
            if index < best.segment {
                before += length;
            } else if index == best.segment {
                before += length * best.share;
            }
            total += length;
        }
        let share = if total > 0.0 { before / total } else { 0.0 };
        let a = plane.offset(place, shape[best.segment]);
        let b = plane.offset(place, shape[best.segment + 1]);
        let (x, y) = (a.0 + (b.0 - a.0) * best.share, a.1 + (b.1 - a.1) * best.share);
        Snapped {
            edge: best.edge,
            along: (share * 65_536.0).round() as u32,
            point: plane.point(place, x, y),
            meters: Meters(meters),
            directions: Directions::Both,
        }
    }
}

struct Nearest {
    edge: u32,
    segment: usize,
    share: f64,
    squared: f64,
}

/// The cells at Chebyshev distance `ring`.
fn ring_cells(column: i64, row: i64, ring: i64) -> impl Iterator<Item = (i64, i64)> {
    (-ring..=ring).flat_map(move |dy| {
        let step = if dy.abs() == ring { 1 } else { (2 * ring).max(1) };
        (-ring..=ring).step_by(step as usize).map(move |dx| (column + dx, row + dy))
    })
}
