//! What is asked: places, vehicles, jobs. Units are the caller's; all numbers are integers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A duration or distance between places that no vehicle can drive.
pub const UNREACHABLE: i64 = 1 << 40;

/// The earliest and the latest instant, and the largest number, that a problem may name. Sums of
/// a few thousand such numbers still fit an `i64`.
pub(crate) const NUMBER_MAX: i64 = 1 << 38;

/// A vehicle-routing problem.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Problem {
    /// Number of places.
    pub size: usize,
    /// Driving times, `[from * size + to]`; [`UNREACHABLE`] or more is no way.
    pub duration: Vec<i64>,
    /// Distances, in the same layout.
    pub distance: Vec<i64>,
    pub vehicles: Vec<Vehicle>,
    pub jobs: Vec<Job>,
    /// Pickup job and delivery job: same vehicle, pickup first. What the first picks up the second
    /// delivers; neither counts as loaded at the depot.
    #[serde(default)]
    pub pairs: Vec<(usize, usize)>,
}

/// One vehicle, for one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Place it starts from.
    pub start: usize,
    /// Place it ends at.
    pub end: usize,
    /// One number per kind of load.
    pub capacity: Vec<i64>,
    /// Earliest start and latest end, inclusive.
    pub shift: (i64, i64),
    /// Cost of using it at all.
    #[serde(default)]
    pub fixed_cost: i64,
    #[serde(default)]
    pub cost_per_distance: i64,
    /// Cost per unit of driving time; waiting and service cost nothing.
    #[serde(default)]
    pub cost_per_duration: i64,
    /// Longest time from start to end, waiting and service included.
    #[serde(default)]
    pub max_duration: Option<i64>,
    #[serde(default)]
    pub max_distance: Option<i64>,
    #[serde(default)]
    pub max_stops: Option<usize>,
    /// Bit set of what it can do.
    #[serde(default)]
    pub skills: u64,
    /// How many times it may leave its start with a new load. Between two trips it returns there;
    /// a vehicle with more than one must end where it starts. Its limits are those of the whole day.
    #[serde(default = "one")]
    pub trips_max: usize,
    /// Time between two trips, for loading.
    #[serde(default)]
    pub reload_duration: i64,
    /// The driver's break; none is owed on a day that begins after its window or ends within it.
    #[serde(default)]
    pub pause: Option<Pause>,
    /// From each of these instants on, per mille of the usual speed, ascending; 1,000 before the
    /// first. A leg across a border is driven at both speeds, so that who leaves later never
    /// arrives earlier.
    #[serde(default)]
    pub speeds: Vec<(i64, i64)>,
    /// What a fair day's work is, from start to end, and the cost of each unit of time beyond it:
    /// with the mean duration as share, half of the mean deviation of routes from each other.
    #[serde(default)]
    pub even_share: i64,
    #[serde(default)]
    pub cost_per_uneven: i64,
}

/// Time off that must begin within a window. Driving may be interrupted for it, service may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Earliest and latest begin, inclusive.
    pub window: (i64, i64),
    pub length: i64,
}

fn one() -> usize {
    1
}

impl Default for Vehicle {
    /// From place 0 and back, at any time, without a limit and without cost.
    fn default() -> Vehicle {
        Vehicle {
            start: 0,
            end: 0,
            capacity: Vec::new(),
            shift: (0, NUMBER_MAX),
            fixed_cost: 0,
            cost_per_distance: 0,
            cost_per_duration: 0,
            max_duration: None,
            max_distance: None,
            max_stops: None,
            skills: 0,
            trips_max: 1,
            reload_duration: 0,
            pause: None,
            speeds: Vec::new(),
            even_share: 0,
            cost_per_uneven: 0,
        }
    }
}

/// One visit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Job {
    pub place: usize,
    /// Load brought from the depot, one number per kind; missing kinds are 0.
    #[serde(default)]
    pub delivery: Vec<i64>,
    /// Load taken along to the end of the route.
    #[serde(default)]
    pub pickup: Vec<i64>,
    /// When service may begin, inclusive; sorted and disjoint; empty is any time.
    #[serde(default)]
    pub windows: Vec<(i64, i64)>,
    #[serde(default)]
    pub service: i64,
    /// What leaving it out costs; `None` is a job that must be done if at all possible.
    #[serde(default)]
    pub prize: Option<i64>,
    /// Vehicles that may do it; `None` is all.
    #[serde(default)]
    pub vehicles: Option<Vec<usize>>,
    /// Bits that the vehicle must have.
    #[serde(default)]
    pub skills: u64,
    /// The trip that brings it leaves its start no earlier than this.
    #[serde(default)]
    pub release: i64,
    /// How long after the end of a window service may still begin, at this cost per unit of time.
    /// Whoever may begin late does so at once and does not wait for the next window.
    #[serde(default)]
    pub late_max: i64,
    #[serde(default)]
    pub cost_per_late: i64,
    /// Vehicles whose drivers know the place, and what it costs to send another; nobody is known
    /// to know it where the list is empty.
    #[serde(default)]
    pub familiar: Vec<usize>,
    #[serde(default)]
    pub unfamiliar_cost: i64,
}

/// What is wrong with a problem, before any solving.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProblemError {
    #[error("{what} has {found} entries, not {size} x {size}")]
    MatrixSize { what: &'static str, found: usize, size: usize },
    #[error("the {what} matrix has a negative entry")]
    NegativeEntry { what: &'static str },
    #[error("vehicle {vehicle}: {why}")]
    Vehicle { vehicle: usize, why: &'static str },
    #[error("job {job}: {why}")]
    Job { job: usize, why: &'static str },
    #[error("pair {pair}: {why}")]
    Pair { pair: usize, why: &'static str },
}

impl Problem {
    pub fn duration(&self, from: usize, to: usize) -> i64 {
        self.duration[from * self.size + to]
    }

    pub fn distance(&self, from: usize, to: usize) -> i64 {
        self.distance[from * self.size + to]
    }

    /// Whether `vehicle` may do `job` at all: allowed list and skills.
    pub fn may_do(&self, vehicle: usize, job: usize) -> bool {
        let job = &self.jobs[job];
        let skilled = job.skills & !self.vehicles[vehicle].skills == 0;
        skilled && job.vehicles.as_ref().is_none_or(|allowed| allowed.contains(&vehicle))
    }

    /// Number of kinds of load.
    pub(crate) fn dimensions(&self) -> usize {
        self.vehicles.iter().map(|vehicle| vehicle.capacity.len()).max().unwrap_or(0)
    }

    /// Finds the first mistake that would make the numbers meaningless.
    pub fn validate(&self) -> Result<(), ProblemError> {
        for (what, matrix) in [("duration", &self.duration), ("distance", &self.distance)] {
            let found = matrix.len();
            if self.size.checked_mul(self.size) != Some(found) {
                return Err(ProblemError::MatrixSize { what, found, size: self.size });
            }
            if matrix.iter().any(|&entry| entry < 0) {
                return Err(ProblemError::NegativeEntry { what });
            }
        }
        for (vehicle, details) in self.vehicles.iter().enumerate() {
            self.vehicle_error(details)
                .map_or(Ok(()), |why| Err(ProblemError::Vehicle { vehicle, why }))?;
        }
        for (job, details) in self.jobs.iter().enumerate() {
            self.job_error(details).map_or(Ok(()), |why| Err(ProblemError::Job { job, why }))?;
        }
        let mut paired = vec![false; self.jobs.len()];
        for (pair, &(pickup, delivery)) in self.pairs.iter().enumerate() {
            if pickup.max(delivery) >= self.jobs.len() || pickup == delivery {
                return Err(ProblemError::Pair { pair, why: "it names a job that does not exist" });
            }
            for job in [pickup, delivery] {
                if std::mem::replace(&mut paired[job], true) {
                    return Err(ProblemError::Pair { pair, why: "its job is in another pair" });
                }
            }
        }
        Ok(())
    }

    fn vehicle_error(&self, vehicle: &Vehicle) -> Option<&'static str> {
        let costs = [vehicle.fixed_cost, vehicle.cost_per_distance, vehicle.cost_per_duration];
        if vehicle.start.max(vehicle.end) >= self.size {
            Some("its start or end is not a place")
        } else if vehicle.capacity.len() != self.dimensions() {
            Some("its capacity has another number of kinds than the other vehicles'")
        } else if vehicle.capacity.iter().any(|&most| !small(most)) {
            Some("its capacity is negative or too large")
        } else if vehicle.shift.0 > vehicle.shift.1 || !instant(vehicle.shift) {
            Some("its shift ends before it begins, or is out of range")
        } else if vehicle.trips_max == 0 || !small(vehicle.reload_duration) {
            Some("its number of trips is 0, or its time for loading is out of range")
        } else if vehicle.trips_max > 1 && vehicle.start != vehicle.end {
            Some("several trips with another end than start")
        } else if let Some(why) = crate::rules::vehicle_error(vehicle) {
            Some(why)
        } else if costs.iter().any(|&cost| !small(cost)) {
            Some("a cost is negative or too large")
        } else {
            None
        }
    }

    fn job_error(&self, job: &Job) -> Option<&'static str> {
        let loads = || job.delivery.iter().chain(&job.pickup);
        let ordered = job.windows.windows(2).all(|pair| pair[0].1 < pair[1].0);
        if job.place >= self.size {
            Some("its place does not exist")
        } else if job.delivery.len().max(job.pickup.len()) > self.dimensions() {
            Some("its load has more kinds than the vehicles")
        } else if loads().any(|&load| !small(load)) {
            Some("its load is negative or too large")
        } else if job.windows.iter().any(|&(open, close)| open > close || !instant((open, close))) {
            Some("a window closes before it opens, or is out of range")
        } else if !ordered {
            Some("its windows overlap or are not in order")
        } else if !small(job.service) || !small(job.prize.unwrap_or(0)) {
            Some("its service or prize is negative or too large")
        } else if [job.late_max, job.cost_per_late, job.unfamiliar_cost].iter().any(|&n| !small(n))
        {
            Some("its lateness or a cost of it is negative or too large")
        } else {
            None
        }
    }
}

pub(crate) fn small(number: i64) -> bool {
    (0..=NUMBER_MAX).contains(&number)
}

pub(crate) fn instant((first, last): (i64, i64)) -> bool {
    first >= -NUMBER_MAX && last <= NUMBER_MAX
}
