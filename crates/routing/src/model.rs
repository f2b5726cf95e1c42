//! The problem prepared for searching: flat arrays, vehicle kinds, near neighbors.

use crate::grid::Grid;
use crate::near::Near;
use crate::problem::{NUMBER_MAX, Problem, UNREACHABLE, Vehicle};
use std::borrow::Cow;

pub(crate) struct Model<'p> {
    pub problem: &'p Problem,
    pub jobs: usize,
    pub vehicles: usize,
    /// Place of each node: jobs first, then the start of each vehicle, then the end of each.
    pub place: Vec<u32>,
    pub service: Vec<i64>,
    /// First moment of the first window and last moment of the last, by job.
    pub first_open: Vec<i64>,
    pub last_open: Vec<i64>,
    /// Whether each job, and whether any job, has more than one window.
    several_windows: Vec<bool>,
    pub has_several_windows: bool,
    /// Flat `[job * dimensions + kind]`; the larger of delivery and pickup, for sums that need no
    /// order of visits.
    pub load: Vec<i64>,
    /// What is brought from the depot and what is taken along, in the same layout.
    pub delivery: Vec<i64>,
    pub pickup: Vec<i64>,
    pub dimensions: usize,
    /// The other job of a pair.
    pub partner: Vec<Option<u32>>,
    /// Whether the job picks up in its pair.
    pub is_pickup: Vec<bool>,
    /// Index of the cost matrix of each vehicle.
    cost_of: Vec<u32>,
    costs: Vec<Grid<'p>>,
    /// Driving times; none where they are the costs of the first vehicle.
    durations: Option<Grid<'p>>,
    /// Vehicles with the same number are interchangeable.
    pub kind: Vec<u32>,
    pub kinds: usize,
    /// Whether some vehicle begins when another ends, and which one comes before and after each.
    pub chained: bool,
    pub earlier_trip: Vec<Option<u32>>,
    pub later_trip: Vec<Option<u32>>,
    /// Flat `[vehicle * jobs + job]`; empty when everyone may do everything.
    may_do: Vec<bool>,
    /// Whether one sum of loads decides capacity: everything comes from the depot, or everything
    /// goes there.
    pub simple_load: bool,
    /// Whether time can be ignored: no windows, shifts or limits, and every leg can be driven.
    pub timeless: bool,
    /// Whether there are windows, shifts or limits; some leg may be impossible all the same.
    pub has_hours: bool,
    /// Whether some vehicle has a longest distance.
    pub limits_distance: bool,
    /// Whether stretches of routes must be known with their windows of starts: for durations and
    /// for releases.
    pub needs_spans: bool,
    /// Whether some vehicle has a largest number of stops.
    pub limits_stops: bool,
    /// Whether all vehicles pay the same for driving.
    pub one_price: bool,
    /// What a unit of driving time costs on average, to compare waiting with driving.
    pub cost_per_time: f64,
    pub near: Near,
    /// Whether some job may be left out for its prize.
    pub has_optional: bool,
    /// Whether routes cost more than their legs, and whether their times need them driven in full.
    pub is_rich: bool,
    pub has_rich_times: bool,
    /// Asked for every place: known once and for all.
    is_plain: bool,
    /// Cost of leaving each job out.
    pub absence: Vec<i64>,
}

impl<'p> Model<'p> {
    /// `follows` says which vehicles begin after the one before them in the list; empty is none.
    pub(crate) fn new(problem: &'p Problem, follows: &[bool]) -> Model<'p> {
        let dimensions = problem.dimensions();
        let jobs = problem.jobs.len();
        let vehicles = problem.vehicles.len();
        let (costs, cost_of) = cost_matrices(problem);
        let (kind, kinds) = kinds(problem, follows);
        let costs_len = costs.len();
        let cost_per_time = cost_per_time(problem, costs[0].cells());
        let durations = (costs[0].cells() != problem.duration)
            .then(|| Grid::new(problem.size, Cow::Borrowed(&problem.duration)));
        let windows =
            |job: &crate::Job| (job.windows.first().copied(), job.windows.last().copied());
        let mut model = Model {
            problem,
            jobs,
            vehicles,
            place: nodes(problem),
            service: problem.jobs.iter().map(|job| job.service).collect(),
            first_open: problem
                .jobs
                .iter()
                .map(|job| windows(job).0.map_or(-NUMBER_MAX, |window| window.0))
                .collect(),
            last_open: problem
                .jobs
                .iter()
                .map(|job| windows(job).1.map_or(NUMBER_MAX, |window| window.1))
                .collect(),
            several_windows: problem.jobs.iter().map(|job| job.windows.len() > 1).collect(),
            has_several_windows: problem.jobs.iter().any(|job| job.windows.len() > 1),
            load: flat(problem, dimensions, |job, kind| {
                at(&job.delivery, kind).max(at(&job.pickup, kind))
            }),
            delivery: flat(problem, dimensions, |job, kind| at(&job.delivery, kind)),
            pickup: flat(problem, dimensions, |job, kind| at(&job.pickup, kind)),
            dimensions,
            partner: vec![None; jobs],
            is_pickup: vec![false; jobs],
            cost_of,
            costs,
            durations,
            kind,
            kinds,
            chained: !follows.is_empty(),
            earlier_trip: (0..vehicles)
                .map(|v| if follows.get(v) == Some(&true) { Some(v as u32 - 1) } else { None })
                .collect(),
            later_trip: (0..vehicles)
                .map(|v| if follows.get(v + 1) == Some(&true) { Some(v as u32 + 1) } else { None })
                .collect(),
            may_do: may_do(problem),
            simple_load: simple_load(problem),
            timeless: false,
            has_hours: has_hours(problem) || !follows.is_empty() || problem.is_rich(),
            limits_distance: problem.vehicles.iter().any(|v| v.max_distance.is_some()),
            needs_spans: problem.vehicles.iter().any(|v| v.max_duration.is_some())
                || problem.jobs.iter().any(|job| job.release > 0),
            limits_stops: problem.vehicles.iter().any(|v| v.max_stops.is_some()),
            one_price: costs_len == 1,
            cost_per_time,
            near: Near::default(),
            has_optional: problem.jobs.iter().any(|job| job.prize.is_some()),
            is_rich: problem.is_rich(),
            has_rich_times: problem.has_rich_times(),
            is_plain: false,
            absence: Vec::new(),
        };
        for &(pickup, delivery) in &problem.pairs {
            model.partner[pickup] = Some(delivery as u32);
            model.partner[delivery] = Some(pickup as u32);
            model.is_pickup[pickup] = true;
        }
        model.timeless =
            !model.has_hours && problem.duration.iter().all(|&drive| drive < UNREACHABLE);
        model.is_plain = model.simple_load
            && !model.needs_spans
            && !model.limits_distance
            && !model.chained
            && !model.is_rich;
        model.near = Near::new(&model);
        model.absence = model.absences();
        model
    }

    #[inline]
    pub(crate) fn start_node(&self, vehicle: usize) -> u32 {
        (self.jobs + vehicle) as u32
    }

    #[inline]
    pub(crate) fn end_node(&self, vehicle: usize) -> u32 {
        (self.jobs + self.vehicles + vehicle) as u32
    }

    #[inline]
    fn durations(&self) -> &Grid<'p> {
        self.durations.as_ref().unwrap_or(&self.costs[0])
    }

    #[inline]
    pub(crate) fn duration(&self, from: u32, to: u32) -> i64 {
        self.durations().get(from, to)
    }

    /// The same, for asking about one `to` after many `from`.
    #[inline]
    pub(crate) fn duration_to(&self, from: u32, to: u32) -> i64 {
        self.durations().get_to(from, to)
    }

    #[inline]
    pub(crate) fn distance(&self, from: u32, to: u32) -> i64 {
        self.problem.distance[from as usize * self.problem.size + to as usize]
    }

    /// What driving costs one vehicle.
    #[inline]
    pub(crate) fn costs(&self, vehicle: usize) -> &Grid<'p> {
        &self.costs[self.cost_of[vehicle] as usize]
    }

    /// The costs of the vehicle that is most like the others: the first.
    pub(crate) fn usual_costs(&self) -> &Grid<'p> {
        &self.costs[0]
    }

    /// Whether a route is judged by its sums of loads and its times alone.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.is_plain
    }

    pub(crate) fn everyone_may_do_everything(&self) -> bool {
        self.may_do.is_empty()
    }

    #[inline]
    pub(crate) fn may_do(&self, vehicle: usize, job: u32) -> bool {
        self.may_do.is_empty() || self.may_do[vehicle * self.jobs + job as usize]
    }

    #[inline]
    pub(crate) fn loads<'m>(&self, flat: &'m [i64], job: u32) -> &'m [i64] {
        let first = job as usize * self.dimensions;
        &flat[first..first + self.dimensions]
    }

    /// When service can begin on arriving at `arrival`, or `None` when it is too late.
    #[inline]
    pub(crate) fn opens(&self, job: u32, arrival: i64) -> Option<i64> {
        let index = job as usize;
        if arrival > self.last_open[index] {
            return None;
        }
        if !self.several_windows[index] {
            return Some(arrival.max(self.first_open[index]));
        }
        let windows = &self.problem.jobs[index].windows;
        windows.iter().find(|window| arrival <= window.1).map(|window| arrival.max(window.0))
    }

    /// The latest arrival that lets service begin by `bound`, or `None` when none does.
    #[inline]
    pub(crate) fn latest_by(&self, job: u32, bound: i64) -> Option<i64> {
        let index = job as usize;
        if bound < self.first_open[index] {
            return None;
        }
        if !self.several_windows[index] {
            return Some(bound.min(self.last_open[index]));
        }
        let windows = &self.problem.jobs[index].windows;
        windows.iter().rev().find(|window| window.0 <= bound).map(|window| window.1.min(bound))
    }

    /// A job that must be done costs more to leave out than any detour could.
    fn absences(&self) -> Vec<i64> {
        let finite = self.costs.iter().flat_map(|costs| costs.cells().iter().copied());
        let dearest = finite.filter(|&cost| cost < UNREACHABLE).max().unwrap_or(0);
        let fixed = self.problem.vehicles.iter().map(|v| v.fixed_cost).max().unwrap_or(0);
        let mandatory = dearest.saturating_mul(8).saturating_add(fixed.saturating_mul(2)) + 1;
        self.problem.jobs.iter().map(|job| job.prize.unwrap_or(mandatory)).collect()
    }
}

fn nodes(problem: &Problem) -> Vec<u32> {
    let jobs = problem.jobs.iter().map(|job| job.place as u32);
    let starts = problem.vehicles.iter().map(|vehicle| vehicle.start as u32);
    let ends = problem.vehicles.iter().map(|vehicle| vehicle.end as u32);
    jobs.chain(starts).chain(ends).collect()
}

fn cost_matrices(problem: &Problem) -> (Vec<Grid<'_>>, Vec<u32>) {
    let mut prices: Vec<(i64, i64)> = Vec::new();
    let mut cost_of = Vec::new();
    for vehicle in &problem.vehicles {
        let price = (vehicle.cost_per_distance, vehicle.cost_per_duration);
        let index = prices.iter().position(|&known| known == price).unwrap_or_else(|| {
            prices.push(price);
            prices.len() - 1
        });
        cost_of.push(index as u32);
    }
    if prices.is_empty() {
        prices.push((1, 0));
    }
    let grid = |&price: &(i64, i64)| Grid::new(problem.size, cost_matrix(problem, price));
    (prices.iter().map(grid).collect(), cost_of)
}

fn cost_matrix(problem: &Problem, (per_distance, per_duration): (i64, i64)) -> Cow<'_, [i64]> {
    // A matrix of 10,000 places is 800 MB: no copy where the distance is the cost.
    if (per_distance, per_duration) == (1, 0) && problem.distance == problem.duration {
        return Cow::Borrowed(&problem.distance);
    }
    let cells = problem.distance.iter().zip(&problem.duration);
    cells
        .map(|(&distance, &duration)| {
            if distance >= UNREACHABLE || duration >= UNREACHABLE {
                return UNREACHABLE;
            }
            let cost = distance
                .saturating_mul(per_distance)
                .saturating_add(duration.saturating_mul(per_duration));
            cost.min(UNREACHABLE)
        })
        .collect()
}

fn cost_per_time(problem: &Problem, costs: &[i64]) -> f64 {
    let driven = |&(_, &duration): &(&i64, &i64)| duration < UNREACHABLE;
    let legs = || costs.iter().zip(&problem.duration).filter(driven);
    let cost: i128 = legs().map(|(&cost, _)| i128::from(cost)).sum();
    let time: i128 = legs().map(|(_, &time)| i128::from(time)).sum();
    cost as f64 / time.max(1) as f64
}

fn at(loads: &[i64], kind: usize) -> i64 {
    loads.get(kind).copied().unwrap_or(0)
}

fn flat(
    problem: &Problem,
    dimensions: usize,
    load: impl Fn(&crate::Job, usize) -> i64 + Copy,
) -> Vec<i64> {
    let of = |job| (0..dimensions).map(move |kind| load(job, kind));
    problem.jobs.iter().flat_map(of).collect()
}

fn may_do(problem: &Problem) -> Vec<bool> {
    if problem.jobs.iter().all(|job| job.vehicles.is_none() && job.skills == 0) {
        return Vec::new();
    }
    (0..problem.vehicles.len())
        .flat_map(|vehicle| (0..problem.jobs.len()).map(move |job| (vehicle, job)))
        .map(|(vehicle, job)| problem.may_do(vehicle, job))
        .collect()
}

fn simple_load(problem: &Problem) -> bool {
    let none = |loads: &[i64]| loads.iter().all(|&load| load == 0);
    problem.pairs.is_empty()
        && (problem.jobs.iter().all(|job| none(&job.pickup))
            || problem.jobs.iter().all(|job| none(&job.delivery)))
}

fn has_hours(problem: &Problem) -> bool {
    let unlimited = |vehicle: &Vehicle| {
        vehicle.shift.1 == NUMBER_MAX
            && vehicle.max_distance.is_none()
            && vehicle.max_duration.is_none()
    };
    !problem.vehicles.iter().all(unlimited)
        || problem.jobs.iter().any(|job| !job.windows.is_empty())
}

/// A number for each vehicle, the same for vehicles that are alike, and how many numbers there are.
fn kinds(problem: &Problem, follows: &[bool]) -> (Vec<u32>, usize) {
    let named = |vehicle: usize| {
        let allowed = problem.jobs.iter().filter_map(|job| job.vehicles.as_ref());
        let familiar = problem.jobs.iter().map(|job| &job.familiar);
        allowed.chain(familiar).map(move |listed| listed.contains(&vehicle))
    };
    let mut first: Vec<usize> = Vec::new();
    let mut kinds = Vec::new();
    for (index, vehicle) in problem.vehicles.iter().enumerate() {
        // Where trips follow each other, each begins at its own time.
        let candidates = if follows.is_empty() { first.as_slice() } else { &[] };
        let same = candidates.iter().position(|&other| {
            problem.vehicles[other] == *vehicle && named(other).eq(named(index))
        });
        kinds.push(same.unwrap_or(first.len()) as u32);
        if same.is_none() {
            first.push(index);
        }
    }
    (kinds, first.len())
}
