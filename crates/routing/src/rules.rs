//! Which of a problem's rules need a route to be worked out in full, and what they may say.

use crate::model::Model;
use crate::problem::{Problem, Vehicle, instant, small};

/// Per mille of the usual speed: slower than a walk or faster than a plane is a mistake.
const SPEED_MAX: i64 = 100_000;

impl Problem {
    /// Whether times depend on more than windows and shifts: then neither the earliest departure
    /// nor the latest arrival of a stop can be kept up in constant time.
    pub(crate) fn has_rich_times(&self) -> bool {
        self.vehicles.iter().any(|vehicle| vehicle.has_rich_times() || vehicle.has_limited_trips())
            || self.jobs.iter().any(|job| job.late_max > 0)
    }

    /// Whether a route costs more than its legs and its vehicle.
    pub(crate) fn is_rich(&self) -> bool {
        self.has_rich_times() || self.jobs.iter().any(|job| job.unfamiliar_cost > 0)
    }

    /// What it costs that this vehicle does the job, because its driver does not know the place.
    pub(crate) fn unfamiliar(&self, vehicle: usize, job: usize) -> i64 {
        let job = &self.jobs[job];
        let known = job.familiar.is_empty() || job.familiar.contains(&vehicle);
        if known { 0 } else { job.unfamiliar_cost }
    }
}

impl Vehicle {
    /// Whether its several trips share a limit on the whole day.
    fn has_limited_trips(&self) -> bool {
        let limited =
            self.max_duration.is_some() || self.max_distance.is_some() || self.max_stops.is_some();
        self.trips_max > 1 && limited
    }

    pub(crate) fn has_rich_times(&self) -> bool {
        self.pause.is_some() || !self.speeds.is_empty() || self.cost_per_uneven > 0
    }

    /// Whether it matters how long the day is, and so when exactly it begins.
    pub(crate) fn counts_duration(&self) -> bool {
        self.max_duration.is_some() || self.cost_per_uneven > 0
    }
}

impl Model<'_> {
    /// The search's copy of [`Problem::unfamiliar`].
    pub(crate) fn unfamiliar(&self, vehicle: usize, job: u32) -> i64 {
        self.problem.unfamiliar(vehicle, job as usize)
    }
}

pub(crate) fn vehicle_error(vehicle: &Vehicle) -> Option<&'static str> {
    let in_order = vehicle.speeds.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let speed =
        |&(from, speed): &(i64, i64)| instant((from, from)) && (1..=SPEED_MAX).contains(&speed);
    let pause = |pause: crate::Pause| {
        pause.window.0 <= pause.window.1 && instant(pause.window) && small(pause.length)
    };
    if !in_order || !vehicle.speeds.iter().all(speed) {
        Some("its speeds are out of order or out of range")
    } else if !vehicle.pause.is_none_or(pause) {
        Some("its break ends before it begins, or is out of range")
    } else if !small(vehicle.even_share) || !small(vehicle.cost_per_uneven) {
        Some("its share of work or the cost beyond it is out of range")
    } else {
        None
    }
}
