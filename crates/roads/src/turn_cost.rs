//! What turning costs: slowing down, waiting for oncoming traffic, red lights.
//!
//! The figures are ours, of the size that OSRM's and Valhalla's car profiles use, and are scaled
//! per vehicle. Angles are compared by their cosine, so no trigonometry is needed.

use crate::class::{Profile, RoadClass};
use crate::geo::Plane;
use crate::graph::{Edge, RoadGraph};
use domain::LonLat;

/// Cosines of 30, 60 and 120 degrees: below the first a road goes straight on.
const STRAIGHT: f64 = 0.866;
const SLIGHT: f64 = 0.5;
const SHARP: f64 = -0.5;

/// Milliseconds for turning toward the near side of the road (right, where one drives on the right).
const NEAR_MS: [u32; 3] = [500, 1_500, 2_500];
/// Milliseconds for turning across the oncoming lane.
const ACROSS_MS: [u32; 3] = [800, 3_000, 4_500];
/// More when the road that is left, or entered, is a busy one.
const ACROSS_BUSY_MS: u32 = 2_000;
const U_TURN_MS: u32 = 20_000;
/// Average wait at a traffic light, green phases included.
pub(crate) const SIGNAL_MS: u32 = 2_000;
/// The direction of a road at its end is taken over this length: the last meter may be a kink.
const HEADING_METERS: f64 = 12.0;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Junction {
    pub signals: bool,
    /// Ends of streets that meet here and may be driven in some direction.
    pub streets: usize,
}

pub(crate) struct TurnCosts<'g> {
    edges: &'g [Edge],
    /// Direction of each arc where it starts, of length 1.
    starts: Vec<(f64, f64)>,
    left_hand: bool,
    percent: u32,
}

impl<'g> TurnCosts<'g> {
    pub(crate) fn new(graph: &'g RoadGraph) -> TurnCosts<'g> {
        let starts = (0..graph.edges.len())
            .flat_map(|edge| {
                let shape = graph.shape(edge);
                [heading(shape.iter()), heading(shape.iter().rev())]
            })
            .collect();
        let percent = match graph.profile {
            Profile::Van => 100,
            Profile::Truck => 140,
            Profile::Bike => 50,
        };
        TurnCosts { edges: &graph.edges, starts, left_hand: graph.left_hand, percent }
    }

    /// Milliseconds from the end of arc `from` onto arc `to`.
    pub(crate) fn ms(&self, from: u32, to: u32, junction: Junction) -> u32 {
        if to == from ^ 1 {
            return U_TURN_MS * self.percent / 100;
        }
        let signal = if junction.signals { SIGNAL_MS } else { 0 };
        if junction.streets <= 2 {
            return signal;
        }
        signal + self.bend_ms(from, to) * self.percent / 100
    }

    fn bend_ms(&self, from: u32, to: u32) -> u32 {
        let (bx, by) = self.starts[from as usize ^ 1];
        let bend = Bend::between((-bx, -by), self.starts[to as usize]);
        let size = match bend.size {
            Size::Straight => return 0,
            Size::Slight => 0,
            Size::Plain => 1,
            Size::Sharp => 2,
        };
        if bend.is_left == self.left_hand {
            return NEAR_MS[size];
        }
        let busy = |arc: u32| self.edges[arc as usize / 2].class() <= RoadClass::Secondary;
        ACROSS_MS[size] + if busy(from) || busy(to) { ACROSS_BUSY_MS } else { 0 }
    }
}

/// How a way goes on after a junction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bend {
    pub size: Size,
    pub is_left: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Straight,
    Slight,
    Plain,
    Sharp,
}

impl Bend {
    /// From two directions of length 1, the one driven before and the one after.
    pub(crate) fn between((ax, ay): (f64, f64), (cx, cy): (f64, f64)) -> Bend {
        let size = match ax * cx + ay * cy {
            cosine if cosine > STRAIGHT => Size::Straight,
            cosine if cosine > SLIGHT => Size::Slight,
            cosine if cosine > SHARP => Size::Plain,
            _ => Size::Sharp,
        };
        Bend { size, is_left: ax * cy - ay * cx > 0.0 }
    }
}

/// Direction in which a road starts, of length 1; zero where all its points are one.
pub(crate) fn heading(mut points: impl Iterator<Item = LonLat>) -> (f64, f64) {
    let Some(start) = points.next() else { return (0.0, 0.0) };
    let plane = Plane::at(start.lat_e7);
    let mut direction = (0.0, 0.0);
    for point in points {
        let (x, y) = plane.offset(start, point);
        let length = (x * x + y * y).sqrt();
        if length > 0.0 {
            direction = (x / length, y / length);
        }
        if length >= HEADING_METERS {
            break;
        }
    }
    direction
}
