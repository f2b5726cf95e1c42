//! Finds the street nearest to a point.

use crate::geo::{Plane, nearest_on_segment};
use crate::graph::RoadGraph;
use crate::grid::ring_cells;
use domain::{LonLat, Meters};

/// A place farther than this from every street is not on the map: an address on another continent
/// must not quietly become the town's last house.
pub const SNAP_METERS_MAX: i64 = 2_000;

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

impl RoadGraph {
    /// The nearest street that can be driven to and from, or `None` beyond [`SNAP_METERS_MAX`]. A
    /// door above a tunnel or beside a motorway is on the next street where one may stop, unless
    /// there is none.
    pub fn snap(&self, place: LonLat) -> Option<Snapped> {
        let nearest = self.nearest(place, false)?;
        // Nearly always the first will do, and need not be looked at while searching.
        if !self.edges[nearest.edge as usize].has_no_stopping() {
            return Some(nearest);
        }
        self.nearest(place, true).or(Some(nearest))
    }

    /// The nearest street of all, or of those where one may stop.
    pub(crate) fn nearest(&self, place: LonLat, to_stop: bool) -> Option<Snapped> {
        if self.grid.is_empty() {
            return None;
        }
        let plane = Plane::at(place.lat_e7);
        let (inside, cell) = self.grid.margins(plane, place);
        let (column, row) = self.grid.cell_of(place);
        let reach = (SNAP_METERS_MAX as f64 / cell) as i64 + 1;
        let mut best = Nearest::NONE;
        for ring in 0..=reach {
            for (x, y) in ring_cells(column, row, ring) {
                for &piece in self.grid.in_cell(x, y) {
                    if to_stop && self.edges[self.edge_of(piece)].has_no_stopping() {
                        continue;
                    }
                    self.consider(piece, place, plane, &mut best);
                }
            }
            // Everything still unseen is at least this far away.
            let unseen = inside + ring as f64 * cell;
            if best.squared <= unseen * unseen {
                break;
            }
        }
        let limit = SNAP_METERS_MAX as f64 + 0.5;
        (best.squared < limit * limit).then(|| self.snapped(&best, place, plane))
    }

    /// Like [`RoadGraph::snap`], to be reached with the door on the side of the place, so that
    /// nobody crosses the street with a parcel. On a one-way street both curbs are reached, and a
    /// place on the middle of the street has no side.
    pub fn snap_curb(&self, place: LonLat) -> Option<Snapped> {
        let mut snapped = self.snap(place)?;
        let (ahead, back) = (snapped.edge * 2, snapped.edge * 2 + 1);
        let side = self.side(&snapped, place);
        if self.is_main_arc(ahead) && self.is_main_arc(back) && side != 0.0 {
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
        for (from, to) in self.shape(snapped.edge as usize).pieces() {
            let (a, b) = (plane.offset(place, from), plane.offset(place, to));
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
        if self.grid.is_empty() {
            return Vec::new();
        }
        let plane = Plane::at(place.lat_e7);
        let (column, row) = self.grid.cell_of(place);
        let rings = (reach_meters / self.grid.margins(plane, place).1) as i64 + 1;
        let cells = (-rings..=rings).flat_map(|y| (-rings..=rings).map(move |x| (x, y)));
        let mut pieces: Vec<u32> =
            cells.flat_map(|(x, y)| self.grid.in_cell(column + x, row + y)).copied().collect();
        pieces.sort_unstable();
        pieces.dedup();
        let mut found: Vec<Nearest> = pieces
            .chunk_by(|&a, &b| self.edge_of(a) == self.edge_of(b))
            .map(|pieces| {
                let mut nearest = Nearest::NONE;
                for &piece in pieces {
                    self.consider(piece, place, plane, &mut nearest);
                }
                nearest
            })
            .filter(|nearest| nearest.squared <= reach_meters * reach_meters)
            .collect();
        found.sort_by(|a, b| a.squared.total_cmp(&b.squared).then(a.piece.cmp(&b.piece)));
        found.truncate(most);
        found.iter().map(|one| self.snapped(one, place, plane)).collect()
    }

    fn edge_of(&self, piece: u32) -> usize {
        self.shape_start.partition_point(|&start| start <= piece) - 1
    }

    fn consider(&self, piece: u32, place: LonLat, plane: Plane, best: &mut Nearest) {
        let (a, b) = (self.points.at(piece as usize), self.points.at(piece as usize + 1));
        let (share, squared) = nearest_on_segment(plane.offset(place, a), plane.offset(place, b));
        let is_tie = squared == best.squared && piece < best.piece;
        if squared < best.squared || is_tie {
            *best = Nearest { piece, share, squared };
        }
    }

    fn snapped(&self, best: &Nearest, place: LonLat, plane: Plane) -> Snapped {
        let edge = self.edge_of(best.piece);
        let shape = self.shape(edge);
        let segment = (best.piece - self.shape_start[edge]) as usize;
        let mut total = 0.0;
        let mut before = 0.0;
        for (index, (from, to)) in shape.pieces().enumerate() {
            let (x, y) = plane.offset(from, to);
            let length = (x * x + y * y).sqrt();
            if index < segment {
                before += length;
            } else if index == segment {
                before += length * best.share;
            }
            total += length;
        }
        let share = if total > 0.0 { before / total } else { 0.0 };
        let a = plane.offset(place, shape.at(segment));
        let b = plane.offset(place, shape.at(segment + 1));
        let (x, y) = (a.0 + (b.0 - a.0) * best.share, a.1 + (b.1 - a.1) * best.share);
        Snapped {
            edge: edge as u32,
            along: (share * 65_536.0).round() as u32,
            point: plane.point(place, x, y),
            meters: Meters(best.squared.sqrt().round() as i64),
            directions: Directions::Both,
        }
    }
}

/// The nearest place found so far.
struct Nearest {
    /// First point of the piece of street.
    piece: u32,
    share: f64,
    squared: f64,
}

impl Nearest {
    const NONE: Nearest = Nearest { piece: u32::MAX, share: 0.0, squared: f64::INFINITY };
}
