//! Several trips of one vehicle where no trip can be judged by itself: breaks, lateness at a price,
//! speeds by the hour and limits on the whole day. A route is then the order of all stops of the
//! day, and where the vehicle returns for a new load is worked out for each order anew.

use crate::model::Model;
use crate::rich::{Drive, Trip};
use crate::schedule::fits;

/// The first stops driven in some trips: what that costs, when the last of them is left, and how
/// many of them the trips before the last one serve.
#[derive(Clone, Copy)]
struct Label {
    cost: i64,
    drive: Drive,
    from: usize,
}

/// What is looked for first; the other decides between equals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    Cost,
    Time,
}

impl Label {
    fn key(&self, first: First) -> (i64, i64) {
        let (cost, now) = (self.cost + self.drive.late_cost, self.drive.now);
        if first == First::Cost { (cost, now) } else { (now, cost) }
    }
}

/// Positions before which the vehicle returns for a new load, from the best trips of every number of
/// first stops; `None` if the order cannot be driven. Breaks are not looked at: they find their leg
/// afterward.
pub(crate) fn reloads(trip: &Trip, begin: i64, first: First) -> Option<Vec<usize>> {
    let count = trip.jobs.len();
    let (model, vehicle) = (trip.model, trip.number);
    let released = |&job: &u32| model.problem.jobs[job as usize].release > 0;
    if !trip.jobs.iter().any(released) && fits(model, vehicle, trip.jobs) {
        return Some(Vec::new());
    }
    let most = trip.vehicle.trips_max.min(count);
    let mut layers: Vec<Vec<Option<Label>>> = vec![vec![None; count + 1]; most + 1];
    layers[0][0] = Some(Label { cost: 0, drive: Drive::at(begin), from: 0 });
    for trips in 1..=most {
        let (before, after) = layers.split_at_mut(trips);
        let labels = before[trips - 1].iter().take(count).enumerate();
        for (from, label) in labels.filter_map(|(from, label)| Some((from, (*label)?))) {
            extend(trip, label, from, &mut after[0], first);
        }
    }
    let ends = (1..=most).filter_map(|trips| Some((layers[trips][count]?.key(first), trips)));
    let (_, mut trips) = ends.min()?;
    let mut found = Vec::new();
    let mut at = count;
    while trips > 1 {
        at = layers[trips][at]?.from;
        found.push(at);
        trips -= 1;
    }
    found.reverse();
    Some(found)
}

/// One more trip from position `from` on, as long as each is possible.
fn extend(trip: &Trip, label: Label, from: usize, next: &mut [Option<Label>], first: First) {
    let mut release = i64::MIN;
    for (to, known) in next.iter_mut().enumerate().skip(from + 1) {
        let jobs = &trip.jobs[from..to];
        if !fits(trip.model, trip.number, jobs) {
            return;
        }
        release = release.max(trip.model.problem.jobs[jobs[jobs.len() - 1] as usize].release);
        if splits_pair(trip.model, jobs) {
            continue;
        }
        let Some(drive) = trip.one_more(label.drive, from, to, release) else { continue };
        let found = Label { cost: label.cost + legs(trip, from, to), drive, from };
        if known.is_none_or(|known| found.key(first) < known.key(first)) {
            *known = Some(found);
        }
    }
}

fn splits_pair(model: &Model, jobs: &[u32]) -> bool {
    !model.problem.pairs.is_empty()
        && jobs
            .iter()
            .any(|&job| model.partner[job as usize].is_some_and(|partner| !jobs.contains(&partner)))
}

/// What the legs from the start through some stops and back cost.
fn legs(trip: &Trip, from: usize, to: usize) -> i64 {
    let costs = trip.model.costs(trip.number);
    let place = |&job: &u32| trip.model.place[job as usize];
    let mut last = trip.vehicle.start as u32;
    let mut cost = 0;
    for next in trip.jobs[from..to].iter().map(place).chain([trip.vehicle.end as u32]) {
        cost += costs.get(last, next);
        last = next;
    }
    cost
}

#[cfg(test)]
mod tests {
    use crate::chance::Chance;
    use crate::model::Model;
    use crate::problem::{Job, Problem, Vehicle};
    use crate::schedule::work_out;
    use crate::{Solution, VehicleRoute, check};

    /// A day of one van, whose trips only its longest distance makes a whole.
    fn day(chance: &mut Chance) -> Problem {
        let size = 6;
        let mut number = |bound: usize| chance.below(bound) as i64;
        let points: Vec<(i64, i64)> = (0..size).map(|_| (number(50), number(50))).collect();
        let row = |a: &(i64, i64)| -> Vec<i64> {
            points.iter().map(|b| (a.0 - b.0).abs() + (a.1 - b.1).abs()).collect()
        };
        let distance: Vec<i64> = points.iter().flat_map(row).collect();
        let job = |place: usize| Job {
            place,
            delivery: vec![1 + number(3)],
            service: number(5),
            ..Job::default()
        };
        let jobs = (1..size).map(job).collect();
        let vehicle = Vehicle {
            capacity: vec![4],
            trips_max: 4,
            reload_duration: 3,
            cost_per_distance: 2,
            max_distance: Some(100_000),
            ..Vehicle::default()
        };
        let duration = distance.clone();
        Problem { size, duration, distance, vehicles: vec![vehicle], jobs, pairs: Vec::new() }
    }

    /// The least cost over all ways to return between the stops that the judge accepts.
    fn cheapest(problem: &Problem) -> Option<i64> {
        let jobs: Vec<usize> = (0..problem.jobs.len()).collect();
        let returns = |bits: usize| -> Vec<usize> {
            (1..jobs.len()).filter(|at| bits >> (at - 1) & 1 == 1).collect()
        };
        let cost = |bits: usize| {
            let reloads = returns(bits);
            let route = VehicleRoute { jobs: jobs.clone(), reloads, ..VehicleRoute::default() };
            let cost = crate::route_terms(problem, &route).total();
            let solution = Solution { routes: vec![route], cost, ..Solution::default() };
            check(problem, &solution).is_empty().then_some(cost)
        };
        (0..1 << (jobs.len() - 1)).filter_map(cost).min()
    }

    #[test]
    fn a_van_returns_where_that_costs_least() {
        let mut possible = 0;
        for seed in 0..300 {
            let problem = day(&mut Chance::new(seed));
            let model = Model::new(&problem, &[]);
            let jobs: Vec<u32> = (0..model.jobs as u32).collect();
            let found = work_out(&model, 0, &jobs).map(|worked| worked.cost);
            let expected = cheapest(&problem);
            assert_eq!(found, expected, "seed {seed}");
            possible += usize::from(expected.is_some());
        }
        assert!(possible > 100, "{possible}");
    }
}
