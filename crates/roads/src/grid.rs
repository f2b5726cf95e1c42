//! The pieces of street by map cell, to find those near a point.

use crate::geo::Plane;
use crate::graph::RoadGraph;
use crate::list::{List, span};
use domain::LonLat;

/// Cell height in 1e-7 degrees, about 78 m: a few pieces of street per cell in a town.
pub(crate) const CELL_E7: i64 = 7_000;

/// Straight pieces of street by cell, each named by its first point.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    pub low: (i64, i64),
    pub columns: i64,
    pub rows: i64,
    pub cell: i64,
    pub first: List<u32>,
    pub pieces: List<u32>,
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

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn fill(&mut self, graph: &RoadGraph) {
        let mut entries: Vec<(u32, u32)> = Vec::new();
        for edge in (0..graph.edges.len()).filter(|&edge| graph.is_main(edge as u32)) {
            let start = graph.shape_start[edge];
            for (piece, (from, to)) in (start..).zip(graph.shape(edge).pieces()) {
                self.each_cell(from, to, |cell| entries.push((cell, piece)));
            }
        }
        entries.sort_unstable();
        let mut first = vec![0; (self.columns * self.rows) as usize + 1];
        for &(cell, _) in &entries {
            first[cell as usize + 1] += 1;
        }
        for cell in 1..first.len() {
            first[cell] += first[cell - 1];
        }
        self.first = first.into();
        self.pieces = entries.into_iter().map(|(_, piece)| piece).collect::<Vec<_>>().into();
    }

    /// Cells that a straight piece passes, row by row: the box around a long one may hold the map.
    fn each_cell(&self, a: LonLat, b: LonLat, mut visit: impl FnMut(u32)) {
        let (low, high) = if a.lat_e7 <= b.lat_e7 { (a, b) } else { (b, a) };
        let ((_, first), (_, last)) = (self.cell_of(low), self.cell_of(high));
        let rise = (i64::from(high.lat_e7) - i64::from(low.lat_e7)).max(1);
        let run = i64::from(high.lon_e7) - i64::from(low.lon_e7);
        // Longitude where the piece crosses the lower edge of a row.
        let crossing = |row: i64| {
            let climbed = (row * self.cell + self.low.1 - i64::from(low.lat_e7)).clamp(0, rise);
            let moved = i128::from(run) * i128::from(climbed) / i128::from(rise);
            i64::from(low.lon_e7) + moved as i64
        };
        for row in first..=last {
            let start = if row == first { i64::from(low.lon_e7) } else { crossing(row) };
            let end = if row == last { i64::from(high.lon_e7) } else { crossing(row + 1) };
            // One unit more on each side than rounding may have taken away.
            let column = |lon: i64| (lon - self.low.0).div_euclid(self.cell);
            let (from, to) = (column(start.min(end) - 1), column(start.max(end) + 1));
            for column in from.max(0)..=to.min(self.columns - 1) {
                visit((row * self.columns + column) as u32);
            }
        }
    }

    pub(crate) fn cell_of(&self, point: LonLat) -> (i64, i64) {
        let column = (i64::from(point.lon_e7) - self.low.0).div_euclid(self.cell);
        let row = (i64::from(point.lat_e7) - self.low.1).div_euclid(self.cell);
        (column, row)
    }

    pub(crate) fn in_cell(&self, column: i64, row: i64) -> &[u32] {
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        if !inside {
            return &[];
        }
        &self.pieces[span(&self.first, (row * self.columns + column) as u32)]
    }

    /// Meters from a point to the nearest border of its own cell, and the shorter side of a cell:
    /// everything outside of `n` rings of cells is farther than the first plus `n` times the other.
    pub(crate) fn margins(&self, plane: Plane, point: LonLat) -> (f64, f64) {
        let (column, row) = self.cell_of(point);
        let west = i64::from(point.lon_e7) - self.low.0 - column * self.cell;
        let south = i64::from(point.lat_e7) - self.low.1 - row * self.cell;
        let meters = |lon: i64, lat: i64| {
            let origin = LonLat { lon_e7: 0, lat_e7: 0 };
            plane.offset(origin, LonLat { lon_e7: lon as i32, lat_e7: lat as i32 })
        };
        let (x, y) = meters(west.min(self.cell - west), south.min(self.cell - south));
        let (width, height) = meters(self.cell, self.cell);
        (x.min(y), width.min(height))
    }
}

/// The cells at Chebyshev distance `ring`.
pub(crate) fn ring_cells(column: i64, row: i64, ring: i64) -> impl Iterator<Item = (i64, i64)> {
    (-ring..=ring).flat_map(move |dy| {
        let step = if dy.abs() == ring { 1 } else { (2 * ring).max(1) };
        (-ring..=ring).step_by(step as usize).map(move |dx| (column + dx, row + dy))
    })
}
