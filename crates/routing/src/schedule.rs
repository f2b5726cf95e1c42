//! One route worked out in full: the arithmetic that every shortcut is measured against.

use crate::model::Model;
use crate::problem::UNREACHABLE;
use crate::rich::Drive;

/// A feasible route's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Worked {
    /// Fixed cost and driving; absences are counted elsewhere.
    pub cost: i64,
}

/// Works out a route, or `None` when it breaks a rule. An empty route costs nothing.
pub(crate) fn work_out(model: &Model, vehicle: usize, jobs: &[u32]) -> Option<Worked> {
    work_out_within(model, vehicle, jobs, model.problem.vehicles[vehicle].shift)
}

/// The same for a trip that must begin and end within `hours`.
pub(crate) fn work_out_within(
    model: &Model,
    vehicle: usize,
    jobs: &[u32],
    hours: (i64, i64),
) -> Option<Worked> {
    if jobs.is_empty() {
        return Some(Worked { cost: 0 });
    }
    let details = &model.problem.vehicles[vehicle];
    let allowed = jobs.iter().all(|&job| model.may_do(vehicle, job));
    let few_enough = details.max_stops.is_none_or(|most| jobs.len() <= most);
    if !allowed || !few_enough || !pairs_in_order(model, jobs) {
        return None;
    }
    if details.trips_max == 1 && !fits(model, vehicle, jobs) {
        return None;
    }
    if model.has_rich_times {
        return work_out_day(model, vehicle, jobs, hours);
    }
    if details.max_distance.is_some_and(|most| distance(model, vehicle, jobs) > most) {
        return None;
    }
    let duration = timed(model, vehicle, jobs, hours)?;
    if details.max_duration.is_some_and(|most| duration > most) {
        return None;
    }
    let cost = details.fixed_cost + driving_cost(model, vehicle, jobs);
    Some(Worked { cost: cost + unfamiliar(model, vehicle, jobs) })
}

/// A day that must be driven in full to be judged.
fn work_out_day(model: &Model, vehicle: usize, jobs: &[u32], hours: (i64, i64)) -> Option<Worked> {
    let details = &model.problem.vehicles[vehicle];
    let (drive, reloads) = crate::rich::drive(model, vehicle, jobs, hours)?;
    let legs = || trips(jobs, &reloads);
    let long = |most| legs().map(|trip| distance(model, vehicle, trip)).sum::<i64>() > most;
    if details.max_duration.is_some_and(|most| drive.duration() > most)
        || details.max_distance.is_some_and(long)
    {
        return None;
    }
    Some(Worked { cost: rich_cost(model, vehicle, (jobs, &reloads), &drive) })
}

/// The jobs trip by trip.
fn trips<'a>(jobs: &'a [u32], reloads: &'a [usize]) -> impl Iterator<Item = &'a [u32]> {
    let ends = reloads.iter().copied().chain(std::iter::once(jobs.len()));
    let starts = std::iter::once(0).chain(reloads.iter().copied());
    starts.zip(ends).map(|(from, to)| &jobs[from..to])
}

pub(crate) fn unfamiliar(model: &Model, vehicle: usize, jobs: &[u32]) -> i64 {
    if model.is_rich { jobs.iter().map(|&job| model.unfamiliar(vehicle, job)).sum() } else { 0 }
}

fn rich_cost(
    model: &Model,
    vehicle: usize,
    (jobs, reloads): (&[u32], &[usize]),
    drive: &Drive,
) -> i64 {
    let details = &model.problem.vehicles[vehicle];
    let legs = trips(jobs, reloads);
    let driving: i64 = if details.speeds.is_empty() {
        legs.map(|trip| driving_cost(model, vehicle, trip)).sum()
    } else {
        let distance: i64 = legs.map(|trip| distance(model, vehicle, trip)).sum();
        distance * details.cost_per_distance + drive.driving * details.cost_per_duration
    };
    let uneven = (drive.duration() - details.even_share).max(0) * details.cost_per_uneven;
    details.fixed_cost + driving + uneven + drive.late_cost + unfamiliar(model, vehicle, jobs)
}

/// Places from start to end, depots included.
fn places<'a>(
    model: &'a Model,
    vehicle: usize,
    jobs: &'a [u32],
) -> impl Iterator<Item = u32> + Clone + 'a {
    let details = &model.problem.vehicles[vehicle];
    std::iter::once(details.start as u32)
        .chain(jobs.iter().map(|&job| model.place[job as usize]))
        .chain(std::iter::once(details.end as u32))
}

pub(crate) fn driving_cost(model: &Model, vehicle: usize, jobs: &[u32]) -> i64 {
    let costs = model.costs(vehicle);
    let places = places(model, vehicle, jobs);
    places.clone().zip(places.skip(1)).map(|(from, to)| costs.get(from, to)).sum()
}

pub(crate) fn distance(model: &Model, vehicle: usize, jobs: &[u32]) -> i64 {
    let places = places(model, vehicle, jobs);
    places
        .clone()
        .zip(places.skip(1))
        .map(|(from, to)| model.problem.distance(from as usize, to as usize))
        .sum()
}

/// Time from start to end: the earliest end, and the latest start that still meets it. With one
/// window per job this is the shortest possible duration.
pub(crate) fn timed(model: &Model, vehicle: usize, jobs: &[u32], hours: (i64, i64)) -> Option<i64> {
    let details = &model.problem.vehicles[vehicle];
    let release = jobs.iter().map(|&job| model.problem.jobs[job as usize].release).max()?;
    let begin = hours.0.max(release);
    let mut now = begin;
    let mut at = details.start as u32;
    for &job in jobs {
        let place = model.place[job as usize];
        let drive = model.duration(at, place);
        if drive >= UNREACHABLE {
            return None;
        }
        now = model.opens(job, now + drive)? + model.service[job as usize];
        at = place;
    }
    let end_place = details.end as u32;
    let drive = model.duration(at, end_place);
    let end = now + drive;
    if drive >= UNREACHABLE || end > hours.1 {
        return None;
    }
    let mut latest = end;
    let mut next = end_place;
    for &job in jobs.iter().rev() {
        let place = model.place[job as usize];
        let bound = latest - model.duration(place, next) - model.service[job as usize];
        latest = model.latest_by(job, bound)?;
        next = place;
    }
    let start = latest - model.duration(details.start as u32, next);
    Some(end - start.max(begin))
}

fn pairs_in_order(model: &Model, jobs: &[u32]) -> bool {
    model.problem.pairs.is_empty()
        || jobs.iter().enumerate().all(|(at, &job)| match model.partner[job as usize] {
            None => true,
            Some(partner) if model.is_pickup[job as usize] => jobs[at + 1..].contains(&partner),
            Some(partner) => jobs[..at].contains(&partner),
        })
}

/// Whether the load fits at every moment of the route.
pub(crate) fn fits(model: &Model, vehicle: usize, jobs: &[u32]) -> bool {
    let capacity = &model.problem.vehicles[vehicle].capacity;
    let at = |loads: &[i64], kind: usize| loads.get(kind).copied().unwrap_or(0);
    capacity.iter().enumerate().all(|(kind, &most)| {
        let details = |job: u32| &model.problem.jobs[job as usize];
        let mut load: i64 = jobs
            .iter()
            .filter(|&&job| model.partner[job as usize].is_none())
            .map(|&job| at(&details(job).delivery, kind))
            .sum();
        let mut peak = load;
        for &job in jobs {
            load += at(&details(job).pickup, kind) - at(&details(job).delivery, kind);
            peak = peak.max(load);
        }
        peak <= most
    })
}
