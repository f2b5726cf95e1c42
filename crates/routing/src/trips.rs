//! Several trips of one vehicle as several vehicles in a row: each begins when the one before it
//! has ended. The search then needs no other notion of a return for more load.

use crate::problem::{Problem, Vehicle};

/// A problem without repeated trips, and which vehicle and trip of the original each of its
/// vehicles stands for.
pub(crate) struct Unrolled {
    pub problem: Problem,
    pub vehicle: Vec<usize>,
    /// Whether a vehicle begins after the one before it in the list.
    pub follows: Vec<bool>,
}

/// `None` where every vehicle drives once, or where only whole days can be judged.
pub(crate) fn unroll(problem: &Problem) -> Option<Unrolled> {
    if problem.vehicles.iter().all(|vehicle| vehicle.trips_max == 1) || problem.has_rich_times() {
        return None;
    }
    let most = trips_worth_having(problem);
    let mut vehicle = Vec::new();
    let mut follows = Vec::new();
    let mut vehicles = Vec::new();
    for (index, details) in problem.vehicles.iter().enumerate() {
        for trip in 0..details.trips_max.min(most) {
            vehicle.push(index);
            follows.push(trip > 0);
            let fixed_cost = if trip == 0 { details.fixed_cost } else { 0 };
            vehicles.push(Vehicle { fixed_cost, trips_max: 1, ..details.clone() });
        }
    }
    let mut jobs = problem.jobs.clone();
    for job in &mut jobs {
        let trips = |listed: &Vec<usize>| -> Vec<usize> {
            (0..vehicle.len()).filter(|&trip| listed.contains(&vehicle[trip])).collect()
        };
        job.vehicles = job.vehicles.as_ref().map(trips);
        job.familiar = trips(&job.familiar);
    }
    let unrolled = Problem { vehicles, jobs, ..problem.clone() };
    Some(Unrolled { problem: unrolled, vehicle, follows })
}

/// Twice the trips that the load needs on average, and two more.
fn trips_worth_having(problem: &Problem) -> usize {
    let kinds = problem.dimensions();
    let needed = (0..kinds).map(|kind| {
        let of = |loads: &[i64]| loads.get(kind).copied().unwrap_or(0);
        let load: i64 = problem.jobs.iter().map(|job| of(&job.delivery).max(of(&job.pickup))).sum();
        let room: i64 = problem.vehicles.iter().map(|vehicle| of(&vehicle.capacity)).sum();
        (2 * load / room.max(1)) as usize + 1
    });
    needed.max().unwrap_or(1).saturating_add(2).min(problem.jobs.len().max(1))
}
