//! The problem prepared for searching: flat arrays, vehicle kinds, near neighbors.

use crate::problem::{NUMBER_MAX, Problem, UNREACHABLE, Vehicle};

/// How many near jobs a ruin looks at around its seed.
const NEIGHBORS_MAX: usize = 250;

pub(crate) struct Model<'p> {
    pub problem: &'p Problem,
    pub jobs: usize,
    /// Place of each job.
    pub place: Vec<u32>,
    pub service: Vec<i64>,
    /// Latest moment at which service may begin, by the windows alone.
    pub last_open: Vec<i64>,
    /// Flat `[job * dimensions + kind]`; the larger of delivery and pickup, for sums that need no
    /// order of visits.
    pub load: Vec<i64>,
    pub dimensions: usize,
    /// The other job of a pair.
    pub partner: Vec<Option<u32>>,
    /// Whether the job picks up in its pair.
    pub is_pickup: Vec<bool>,
    /// Index of the cost matrix of each vehicle.
    cost_of: Vec<u32>,
    costs: Vec<Vec<i64>>,
    /// Vehicles with the same number are interchangeable.
    pub kind: Vec<u32>,
    /// Flat `[vehicle * jobs + job]`.
    may_do: Vec<bool>,
    /// Whether one sum of loads decides capacity: everything comes from the depot, or everything
    /// goes there.
    pub simple_load: bool,
    /// Whether a feasible route stays feasible without any of its stops.
    pub removal_safe: bool,
    /// Other jobs by closeness.
    pub near: Vec<Vec<u32>>,
    /// Cost of leaving each job out.
    pub absence: Vec<i64>,
}

impl<'p> Model<'p> {
    pub(crate) fn new(problem: &'p Problem) -> Model<'p> {
        let dimensions = problem.dimensions();
        let jobs = problem.jobs.len();
        let (costs, cost_of) = cost_matrices(problem);
        let mut model = Model {
            problem,
            jobs,
            place: problem.jobs.iter().map(|job| job.place as u32).collect(),
            service: problem.jobs.iter().map(|job| job.service).collect(),
            last_open: problem
                .jobs
                .iter()
                .map(|job| job.windows.last().map_or(NUMBER_MAX, |window| window.1))
                .collect(),
            load: flat_loads(problem, dimensions),
            dimensions,
            partner: vec![None; jobs],
            is_pickup: vec![false; jobs],
            cost_of,
            costs,
            kind: kinds(problem),
            may_do: (0..problem.vehicles.len())
                .flat_map(|vehicle| (0..jobs).map(move |job| (vehicle, job)))
                .map(|(vehicle, job)| problem.may_do(vehicle, job))
                .collect(),
            simple_load: simple_load(problem),
            removal_safe: removal_safe(problem),
            near: Vec::new(),
            absence: Vec::new(),
        };
        for &(pickup, delivery) in &problem.pairs {
            model.partner[pickup] = Some(delivery as u32);
            model.partner[delivery] = Some(pickup as u32);
            model.is_pickup[pickup] = true;
        }
        model.near = (0..jobs).map(|job| model.nearest(job)).collect();
        model.absence = model.absences();
        model
    }

    #[inline]
    pub(crate) fn duration(&self, from: u32, to: u32) -> i64 {
        self.problem.duration[from as usize * self.problem.size + to as usize]
    }

    #[inline]
    pub(crate) fn costs(&self, vehicle: usize) -> Costs<'_> {
        Costs { size: self.problem.size, cells: &self.costs[self.cost_of[vehicle] as usize] }
    }

    #[inline]
    pub(crate) fn may_do(&self, vehicle: usize, job: u32) -> bool {
        self.may_do[vehicle * self.jobs + job as usize]
    }

    /// When service can begin on arriving at `arrival`, or `None` when it is too late.
    #[inline]
    pub(crate) fn opens(&self, job: u32, arrival: i64) -> Option<i64> {
        let windows = &self.problem.jobs[job as usize].windows;
        if windows.is_empty() {
            return Some(arrival);
        }
        windows.iter().find(|window| arrival <= window.1).map(|window| arrival.max(window.0))
    }

    /// The latest arrival that lets service begin by `bound`, or `None` when none does.
    pub(crate) fn latest_by(&self, job: u32, bound: i64) -> Option<i64> {
        let windows = &self.problem.jobs[job as usize].windows;
        if windows.is_empty() {
            return Some(bound);
        }
        windows.iter().rev().find(|window| window.0 <= bound).map(|window| window.1.min(bound))
    }

    fn nearest(&self, job: usize) -> Vec<u32> {
        let cells = &self.costs[0];
        let size = self.problem.size;
        let here = self.place[job] as usize;
        let mut others: Vec<(i64, u32)> = (0..self.jobs)
            .filter(|&other| other != job)
            .map(|other| {
                let there = self.place[other] as usize;
                let both = cells[here * size + there].saturating_add(cells[there * size + here]);
                (both, other as u32)
            })
            .collect();
        others.sort_unstable();
        others.truncate(NEIGHBORS_MAX);
        others.into_iter().map(|(_, other)| other).collect()
    }

    /// A job that must be done costs more to leave out than any detour could.
    fn absences(&self) -> Vec<i64> {
        let dearest = self
            .costs
            .iter()
            .flatten()
            .copied()
            .filter(|&cost| cost < UNREACHABLE)
            .max()
            .unwrap_or(0);
        let fixed = self.problem.vehicles.iter().map(|v| v.fixed_cost).max().unwrap_or(0);
        let mandatory = dearest.saturating_mul(8).saturating_add(fixed.saturating_mul(2)) + 1;
        self.problem.jobs.iter().map(|job| job.prize.unwrap_or(mandatory)).collect()
    }
}

/// What driving costs one vehicle.
#[derive(Clone, Copy)]
pub(crate) struct Costs<'m> {
    size: usize,
    cells: &'m [i64],
}

impl Costs<'_> {
    #[inline]
    pub(crate) fn get(self, from: u32, to: u32) -> i64 {
        self.cells[from as usize * self.size + to as usize]
    }
}

fn cost_matrices(problem: &Problem) -> (Vec<Vec<i64>>, Vec<u32>) {
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
    let matrix = |&(per_distance, per_duration): &(i64, i64)| {
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
    };
    (prices.iter().map(matrix).collect(), cost_of)
}

fn flat_loads(problem: &Problem, dimensions: usize) -> Vec<i64> {
    let at = |loads: &[i64], kind: usize| loads.get(kind).copied().unwrap_or(0);
    problem
        .jobs
        .iter()
        .flat_map(|job| {
            (0..dimensions).map(move |kind| at(&job.delivery, kind).max(at(&job.pickup, kind)))
        })
        .collect()
}

fn simple_load(problem: &Problem) -> bool {
    let none = |loads: &[i64]| loads.iter().all(|&load| load == 0);
    problem.pairs.is_empty()
        && (problem.jobs.iter().all(|job| none(&job.pickup))
            || problem.jobs.iter().all(|job| none(&job.delivery)))
}

fn removal_safe(problem: &Problem) -> bool {
    let unlimited = |vehicle: &Vehicle| {
        vehicle.shift.1 == NUMBER_MAX
            && vehicle.max_distance.is_none()
            && vehicle.max_duration.is_none()
    };
    problem.vehicles.iter().all(unlimited)
        && problem.jobs.iter().all(|job| job.windows.is_empty())
        && problem.duration.iter().all(|&drive| drive < UNREACHABLE)
}

fn kinds(problem: &Problem) -> Vec<u32> {
    let named = |vehicle: usize| {
        problem.jobs.iter().map(move |job| match &job.vehicles {
            Some(allowed) => allowed.contains(&vehicle),
            None => true,
        })
    };
    let mut kinds: Vec<u32> = Vec::new();
    for (index, vehicle) in problem.vehicles.iter().enumerate() {
        let same = (0..index)
            .find(|&other| problem.vehicles[other] == *vehicle && named(other).eq(named(index)));
        kinds.push(same.map_or(index as u32, |other| kinds[other]));
    }
    kinds
}
