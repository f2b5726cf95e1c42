//! Which streets a van really drove: a trace of positions, laid onto the map.
//!
//! Each position has a few candidate places on streets. The best sequence is the one whose places
//! are near the positions and whose ways between them are hardly longer than the positions are
//! apart. (Newson, Krumm: "Hidden Markov Map Matching Through Noise and Sparseness", 2009.)

use crate::cost::split;
use crate::geo::meters_between;
use crate::graph::RoadGraph;
use crate::metric::Metric;
use crate::snap::Snapped;
use domain::LonLat;

/// Streets farther from a position than this are not where it was taken, in meters.
const REACH_METERS: f64 = 60.0;
const CANDIDATES_MAX: usize = 6;
/// Usual error of a position in a town, in meters.
const SIGMA_METERS: f64 = 10.0;
/// Usual difference between driving and flying from one position to the next, in meters.
const BETA_METERS: f64 = 20.0;

/// A trace on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// For each position its place on a street, or `None` where no street is near.
    pub places: Vec<Option<Snapped>>,
    /// The lines driven; a new one begins where no way leads on.
    pub lines: Vec<Vec<LonLat>>,
}

struct Candidate {
    at: Snapped,
    /// Cost of the best sequence that ends here; less is likelier.
    cost: f64,
    /// The candidate before, if the trace goes on.
    before: Option<usize>,
}

impl RoadGraph {
    /// Lays the positions of one drive, in the order taken, onto streets.
    pub fn match_trace(&self, metric: &Metric, positions: &[LonLat]) -> Matched {
        let mut columns: Vec<(usize, Vec<Candidate>)> = Vec::new();
        for (index, &position) in positions.iter().enumerate() {
            let near = self.streets_near(position, REACH_METERS, CANDIDATES_MAX);
            if near.is_empty() {
                continue;
            }
            let column = match columns.last() {
                Some((last, before)) => {
                    let apart = meters_between(positions[*last], position);
                    near.into_iter()
                        .map(|at| self.reached(metric, before, at, position, apart))
                        .collect()
                }
                None => near.into_iter().map(|at| first(at, position)).collect(),
            };
            columns.push((index, column));
        }
        self.likeliest(metric, positions.len(), &columns)
    }

    /// The best way to a candidate from the column before; without any, the trace begins anew.
    fn reached(
        &self,
        metric: &Metric,
        before: &[Candidate],
        at: Snapped,
        position: LonLat,
        apart: f64,
    ) -> Candidate {
        let offers = before.iter().enumerate().filter_map(|(index, from)| {
            let cost = self.drive_cost(metric, &from.at, &at)?;
            let driven = split(cost).1 as f64 / 10.0;
            Some((index, from.cost + (driven - apart).abs() / BETA_METERS))
        });
        let best = offers.min_by(|(_, a), (_, b)| a.total_cmp(b));
        let start = first(at, position);
        match best {
            Some((index, cost)) => {
                Candidate { cost: cost + start.cost, before: Some(index), ..start }
            }
            None => {
                let least = before.iter().map(|from| from.cost).fold(f64::INFINITY, f64::min);
                // A break is worse than any way that a van could have taken meanwhile.
                Candidate { cost: start.cost + least + 1_000.0, ..start }
            }
        }
    }

    fn likeliest(
        &self,
        metric: &Metric,
        count: usize,
        columns: &[(usize, Vec<Candidate>)],
    ) -> Matched {
        let mut places = vec![None; count];
        let mut chosen: Option<usize> = None;
        let mut breaks = vec![false; count];
        for (index, column) in columns.iter().rev() {
            let cheapest =
                || (0..column.len()).min_by(|&a, &b| column[a].cost.total_cmp(&column[b].cost));
            let Some(best) = chosen.or_else(cheapest) else { continue };
            places[*index] = Some(column[best].at);
            chosen = column[best].before;
            breaks[*index] = chosen.is_none();
        }
        let mut lines: Vec<Vec<LonLat>> = Vec::new();
        let mut last: Option<Snapped> = None;
        for (place, is_break) in places.iter().zip(breaks) {
            let Some(place) = place else { continue };
            let from = last.replace(*place).filter(|_| !is_break);
            let route = from.and_then(|from| self.route_between(metric, &from, place).ok());
            match (route, lines.last_mut()) {
                (Some(route), Some(line)) => {
                    let repeated = usize::from(line.last() == route.geometry.first());
                    line.extend(route.geometry.into_iter().skip(repeated));
                }
                _ => lines.push(vec![place.point]),
            }
        }
        Matched { places, lines }
    }
}

fn first(at: Snapped, position: LonLat) -> Candidate {
    let off = meters_between(at.point, position) / SIGMA_METERS;
    Candidate { at, cost: off * off / 2.0, before: None }
}
