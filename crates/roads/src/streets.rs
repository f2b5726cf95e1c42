//! Streets that a person points at: to close them, to remember them, and to see who drives there.
//!
//! ```
//! use roads::{Metric, Obstacles, town};
//! let town = town::generate(7, domain::LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 });
//! let (roads, depot) = (&town.graph, town.depot);
//! let places = [depot, town.addresses[90].place, town.addresses[700].place, depot];
//!
//! // Somebody clicks on the way of the second leg. What is stored is the id.
//! let driven = roads.streets_driven(roads.metric(), places[1], places[2]).unwrap();
//! let street = roads.street(driven[driven.len() / 2]).unwrap();
//! let stored = street.id.to_string();
//!
//! let obstacles = Obstacles { streets: vec![stored.parse().unwrap()], ..Obstacles::default() };
//! let (changes, unknown) = roads.changes(&obstacles);
//! assert!(unknown.is_empty());
//! let touched = roads.legs_over(roads.metric(), &places, &changes);
//! assert!(touched.iter().any(|leg| leg.leg == 1 && leg.streets.contains(&street.id)));
//!
//! // The same places under the closure: nobody drives there any more.
//! let metric = Metric::new(roads, &changes);
//! assert!(roads.legs_over(&metric, &places, &changes).is_empty());
//! ```

use crate::changes::Changes;
use crate::class::RoadClass;
use crate::graph::{BLOCKED, RoadGraph};
use crate::matrix::Unreachable;
use crate::metric::Metric;
use domain::{LonLat, Meters};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The other carriageway of a street is at most so many meters away.
const BESIDE_METERS: f64 = 40.0;
const BESIDE_MAX: usize = 12;
/// Time in an area to avoid counts so many percent: a detour may be five times as long.
const AVOID_PERCENT: u32 = 500;

/// A stretch of street between two junctions, in both directions. It names the map it is of, so that
/// an id kept from before another import is told apart and not taken for some other street.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct StreetId {
    map: u64,
    edge: u32,
}

/// A text that is no id of a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not the id of a street")]
pub struct ParseStreetIdError;

/// The id is of another map than the one at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this street is of another map")]
pub struct UnknownStreet;

/// A stretch of street, to show to the person who pointed at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Street {
    pub id: StreetId,
    /// Empty when it has none.
    pub name: String,
    pub class: RoadClass,
    /// Open in one direction only.
    pub oneway: bool,
    pub meters: Meters,
    /// From junction to junction.
    pub points: Vec<LonLat>,
    /// Of a street with two carriageways the stretches of the other one beside this.
    pub opposite: Vec<StreetId>,
}

/// What a person wants driven around.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Obstacles {
    /// Closed in both directions.
    pub streets: Vec<StreetId>,
    /// Outlines (without repeated last point) in which every street is closed.
    pub closed_areas: Vec<Vec<LonLat>>,
    /// Outlines that are driven through only where a detour takes five times as long. Times in them
    /// count fivefold, those reported too.
    pub avoided_areas: Vec<Vec<LonLat>>,
}

/// A leg whose way meets a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TouchedLeg {
    /// 0 leads from the first place to the second.
    pub leg: usize,
    /// Streets on it that are closed or slower under the changes, in driving order.
    pub streets: Vec<StreetId>,
    /// Whether one of them is closed, so that the leg cannot be driven as planned.
    pub is_closed: bool,
}

impl RoadGraph {
    /// The street nearest to where a person clicked, within [`crate::SNAP_METERS_MAX`]: a tunnel or a
    /// motorway, too, which [`RoadGraph::snap`] passes over.
    pub fn street_at(&self, place: LonLat) -> Option<Street> {
        self.nearest(place, false).map(|snapped| self.street_of(snapped.edge))
    }

    /// A street by an id kept from before.
    pub fn street(&self, id: StreetId) -> Result<Street, UnknownStreet> {
        self.edge_of_id(id).map(|edge| self.street_of(edge))
    }

    /// The id of an edge as [`crate::Snapped`] names it.
    pub fn street_id(&self, edge: u32) -> StreetId {
        StreetId { map: self.map, edge }
    }

    /// What driving around the obstacles means for a [`Metric`], and the ids that are of another map.
    pub fn changes(&self, obstacles: &Obstacles) -> (Changes, Vec<StreetId>) {
        let mut changes = Changes::none();
        let mut unknown = Vec::new();
        for outline in &obstacles.avoided_areas {
            changes.avoid_area(self, outline, AVOID_PERCENT);
        }
        for outline in &obstacles.closed_areas {
            changes.close_area(self, outline);
        }
        for &id in &obstacles.streets {
            match self.edge_of_id(id) {
                Ok(edge) => _ = changes.close(edge),
                Err(UnknownStreet) => unknown.push(id),
            }
        }
        (changes, unknown)
    }

    /// The streets of the fastest way, in driving order, the first and the last included.
    pub fn streets_driven(
        &self,
        metric: &Metric,
        from: LonLat,
        to: LonLat,
    ) -> Result<Vec<StreetId>, Unreachable> {
        let arcs = self.arcs_driven(metric, from, to)?;
        Ok(arcs.into_iter().map(|arc| self.street_id(arc / 2)).collect())
    }

    /// Which legs of a route over `places` drive where `changes` differ from the map as imported,
    /// each along its fastest way under `metric`, which is what the route was planned with. Legs
    /// without a way have nothing to touch.
    pub fn legs_over(
        &self,
        metric: &Metric,
        places: &[LonLat],
        changes: &Changes,
    ) -> Vec<TouchedLeg> {
        let legs = places.windows(2).enumerate();
        legs.filter_map(|(leg, ends)| {
            let arcs = self.arcs_driven(metric, ends[0], ends[1]).ok()?;
            let touched = |&arc: &u32| changes.arc_cost(self, arc) > self.arc_cost(arc);
            let touched: Vec<u32> = arcs.into_iter().filter(touched).collect();
            let is_closed = touched.iter().any(|&arc| changes.is_closed(arc / 2, arc % 2 == 0));
            let streets: Vec<_> = touched.iter().map(|arc| self.street_id(arc / 2)).collect();
            (!streets.is_empty()).then_some(TouchedLeg { leg, streets, is_closed })
        })
        .collect()
    }

    fn arcs_driven(
        &self,
        metric: &Metric,
        from: LonLat,
        to: LonLat,
    ) -> Result<Vec<u32>, Unreachable> {
        let (source, target) = self.snap_both(from, to)?;
        let drive = self.drive(metric, &source, &target);
        drive.map(|drive| drive.arcs).ok_or_else(|| self.why(metric, &source, &target))
    }

    fn edge_of_id(&self, id: StreetId) -> Result<u32, UnknownStreet> {
        let is_ours = id.map == self.map && (id.edge as usize) < self.edges.len();
        is_ours.then_some(id.edge).ok_or(UnknownStreet)
    }

    fn street_of(&self, number: u32) -> Street {
        let edge = &self.edges[number as usize];
        let drawn = self.drawn(number as usize);
        Street {
            id: self.street_id(number),
            opposite: if drawn.oneway { self.opposite(number) } else { Vec::new() },
            name: drawn.name,
            class: drawn.class,
            oneway: drawn.oneway,
            meters: Meters((i64::from(edge.decimeters) + 5) / 10),
            points: drawn.points,
        }
    }

    /// One-way streets of the same name beside a one-way street that run against it.
    fn opposite(&self, number: u32) -> Vec<StreetId> {
        let edge = &self.edges[number as usize];
        if edge.name == 0 {
            return Vec::new();
        }
        let shape = self.shape(number as usize);
        let middle = shape.at(shape.len() / 2);
        let (x, y) = self.course(number);
        let near = self.streets_near(middle, BESIDE_METERS, BESIDE_MAX).into_iter();
        let against = near.map(|at| at.edge).filter(|&other| {
            let one = &self.edges[other as usize];
            let is_oneway = (one.forward_ms == BLOCKED) != (one.backward_ms == BLOCKED);
            let (other_x, other_y) = self.course(other);
            other != number && one.name == edge.name && is_oneway && x * other_x + y * other_y < 0.0
        });
        against.map(|other| self.street_id(other)).collect()
    }

    /// From where a one-way street is entered to where it is left, in meters.
    fn course(&self, number: u32) -> (f64, f64) {
        let shape = self.shape(number as usize);
        let (first, last) = (shape.at(0), shape.at(shape.len() - 1));
        let (x, y) = crate::geo::Plane::at(first.lat_e7).offset(first, last);
        let ahead = self.edges[number as usize].forward_ms != BLOCKED;
        if ahead { (x, y) } else { (-x, -y) }
    }
}

impl fmt::Display for StreetId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:016x}-{}", self.map, self.edge)
    }
}

impl FromStr for StreetId {
    type Err = ParseStreetIdError;

    fn from_str(text: &str) -> Result<StreetId, ParseStreetIdError> {
        let (map, edge) = text.split_once('-').ok_or(ParseStreetIdError)?;
        let map = u64::from_str_radix(map, 16).map_err(|_| ParseStreetIdError)?;
        let edge = edge.parse().map_err(|_| ParseStreetIdError)?;
        Ok(StreetId { map, edge })
    }
}

impl From<StreetId> for String {
    fn from(id: StreetId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for StreetId {
    type Error = ParseStreetIdError;

    fn try_from(text: String) -> Result<StreetId, ParseStreetIdError> {
        text.parse()
    }
}
