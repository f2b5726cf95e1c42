//! What a solution costs, term by term.

use crate::check::stops;
use crate::check_drive::driven;
use crate::problem::Problem;
use crate::solution::{Solution, VehicleRoute};
use serde::{Deserialize, Serialize};

/// The parts of a cost; their sum is what the search minimizes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// For using vehicles at all.
    pub fixed: i64,
    pub distance: i64,
    pub driving_time: i64,
    /// For service that begins after a window.
    pub lateness: i64,
    /// For days longer than a fair share.
    pub uneven: i64,
    /// For drivers who do not know the place.
    pub unfamiliar: i64,
    /// Prizes of jobs left out.
    pub unplanned: i64,
}

impl Terms {
    pub fn total(&self) -> i64 {
        self.fixed
            + self.distance
            + self.driving_time
            + self.lateness
            + self.uneven
            + self.unfamiliar
            + self.unplanned
    }
}

impl std::ops::Add for Terms {
    type Output = Terms;
    fn add(self, other: Terms) -> Terms {
        Terms {
            fixed: self.fixed + other.fixed,
            distance: self.distance + other.distance,
            driving_time: self.driving_time + other.driving_time,
            lateness: self.lateness + other.lateness,
            uneven: self.uneven + other.uneven,
            unfamiliar: self.unfamiliar + other.unfamiliar,
            unplanned: self.unplanned + other.unplanned,
        }
    }
}

/// One vehicle's day.
pub fn route_terms(problem: &Problem, route: &VehicleRoute) -> Terms {
    let vehicle = &problem.vehicles[route.vehicle];
    if route.jobs.is_empty() {
        return Terms::default();
    }
    let unfamiliar = route.jobs.iter().map(|&job| problem.unfamiliar(route.vehicle, job)).sum();
    let mut terms = Terms { fixed: vehicle.fixed_cost, unfamiliar, ..Terms::default() };
    for trip in route.trips().filter(|trip| !trip.is_empty()) {
        for leg in stops(problem, route.vehicle, trip).windows(2) {
            terms.distance += problem.distance(leg[0], leg[1]) * vehicle.cost_per_distance;
            terms.driving_time += problem.duration(leg[0], leg[1]) * vehicle.cost_per_duration;
        }
    }
    if problem.has_rich_times() {
        let driven = driven(problem, route);
        terms.driving_time = driven.driving * vehicle.cost_per_duration;
        terms.lateness = driven.late_cost;
        let beyond = driven.end - driven.begin - vehicle.even_share;
        terms.uneven = beyond.max(0) * vehicle.cost_per_uneven;
    }
    terms
}

/// Each route in the solution's order, and the whole with what is left out.
pub fn terms(problem: &Problem, solution: &Solution) -> (Vec<Terms>, Terms) {
    let routes: Vec<Terms> =
        solution.routes.iter().map(|route| route_terms(problem, route)).collect();
    let prizes = solution.unassigned.iter().filter_map(|&job| problem.jobs[job].prize);
    let left_out = Terms { unplanned: prizes.sum(), ..Terms::default() };
    let whole = routes.iter().fold(left_out, |sum, &route| sum + route);
    (routes, whole)
}
