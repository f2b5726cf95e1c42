//! Places in routes for one job, each judged in constant time.

use crate::chance::{Chance, ln};
use crate::model::Model;
use crate::schedule::work_out_within;
use crate::state::{ABSENT, State, Stop, job_span};

/// Chance that a place is overlooked (beta of the SISR paper).
const BLINK: f64 = 0.01;

/// Counts down to the next place that is overlooked.
pub(crate) struct Blink(u32);

impl Blink {
    pub(crate) fn new() -> Blink {
        Blink(0)
    }

    /// For tests that want the best place itself.
    #[cfg(test)]
    pub(crate) fn never() -> Blink {
        Blink(u32::MAX)
    }

    #[inline]
    pub(crate) fn now(&mut self, chance: &mut Chance) -> bool {
        if self.0 == 0 {
            // The waiting time for an event of this chance, drawn at once.
            self.0 = (ln(chance.unit()) / ln(1.0 - BLINK)) as u32 + 1;
        }
        self.0 -= 1;
        self.0 == 0
    }
}

/// A place for a job.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub vehicle: usize,
    /// The stop it comes after.
    pub after: u32,
    pub delta: i64,
}

/// The cheapest place for `job`: beside a near job, or alone in an idle vehicle; only if there is
/// none, anywhere.
pub(crate) fn best_spot(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    blink: &mut Blink,
    job: u32,
) -> Option<Spot> {
    let mut search = Search::new(model, job);
    for before in model.near.before(job) {
        let stop = &state.stops[before.job as usize];
        if stop.vehicle == ABSENT || !search.has_room(state, stop.vehicle as usize) {
            continue;
        }
        // No way on is shorter than none: most places are ruled out without looking further.
        let to = if model.one_price {
            before.cost
        } else {
            model.costs(stop.vehicle as usize).get_to(stop.place, search.place)
        };
        if to - stop.leg < search.limit {
            search.consider(state, before.job, stop, to, chance, blink);
        }
        if stop.previous as usize >= model.jobs {
            let start = &state.stops[stop.previous as usize];
            let to = model.costs(stop.vehicle as usize).get_to(start.place, search.place);
            search.consider(state, stop.previous, start, to, chance, blink);
        }
    }
    for after in model.near.after(job) {
        let previous = state.stops[after.job as usize].previous;
        if state.stops[after.job as usize].vehicle == ABSENT {
            continue;
        }
        let stop = &state.stops[previous as usize];
        let vehicle = stop.vehicle as usize;
        if (!model.one_price || after.cost - stop.leg < search.limit)
            && search.has_room(state, vehicle)
        {
            let to = model.costs(vehicle).get_to(stop.place, search.place);
            search.consider(state, previous, stop, to, chance, blink);
        }
    }
    for kind in 0..model.kinds {
        if let Some(vehicle) = state.idle_vehicle(kind) {
            let start = model.start_node(vehicle);
            if search.has_room(state, vehicle) {
                let stop = &state.stops[start as usize];
                let to = model.costs(vehicle).get_to(stop.place, search.place);
                search.consider(state, start, stop, to, chance, blink);
            }
        }
    }
    if search.best.is_none() {
        for vehicle in 0..model.vehicles {
            let route = &state.routes[vehicle].jobs;
            let start = std::iter::once(model.start_node(vehicle));
            for after in start.chain(route.iter().copied()).take(route.len().wrapping_add(1)) {
                if !route.is_empty() && search.has_room(state, vehicle) {
                    let stop = &state.stops[after as usize];
                    let to = model.costs(vehicle).get_to(stop.place, search.place);
                    search.consider(state, after, stop, to, chance, blink);
                }
            }
        }
    }
    search.best
}

struct Search<'m, 'p> {
    model: &'m Model<'p>,
    job: u32,
    place: u32,
    service: i64,
    release: i64,
    loads: &'m [i64],
    best: Option<Spot>,
    limit: i64,
}

impl<'m, 'p> Search<'m, 'p> {
    fn new(model: &'m Model<'p>, job: u32) -> Search<'m, 'p> {
        Search {
            model,
            job,
            place: model.place[job as usize],
            service: model.service[job as usize],
            release: model.problem.jobs[job as usize].release,
            loads: model.loads(&model.load, job),
            best: None,
            limit: i64::MAX,
        }
    }

    /// Looks at the place after `after`, the way from which costs `to`.
    #[inline]
    fn consider(
        &mut self,
        state: &State,
        after: u32,
        stop: &Stop,
        to: i64,
        chance: &mut Chance,
        blink: &mut Blink,
    ) {
        let vehicle = stop.vehicle as usize;
        let costs = self.model.costs(vehicle);
        let mut delta = to + costs.get(self.place, stop.next_place);
        if after as usize >= self.model.jobs && state.routes[vehicle].jobs.is_empty() {
            delta += self.model.problem.vehicles[vehicle].fixed_cost;
        } else {
            delta -= stop.leg;
        }
        if delta >= self.limit {
            return;
        }
        if self.model.is_rich {
            self.consider_in_full(state, vehicle, after, delta, chance, blink);
        } else if (self.model.timeless || self.is_in_time(state, vehicle, after, stop))
            && !blink.now(chance)
        {
            self.limit = delta;
            self.best = Some(Spot { vehicle, after, delta });
        }
    }

    /// Drives the whole route with the job in it. What a stop adds beyond its way is rarely a
    /// saving, so a place whose way alone is dearer than another place is not looked at. Apart from
    /// `consider`, which must stay short.
    #[cold]
    #[inline(never)]
    fn consider_in_full(
        &mut self,
        state: &State,
        vehicle: usize,
        after: u32,
        way: i64,
        chance: &mut Chance,
        blink: &mut Blink,
    ) {
        if way + self.model.unfamiliar(vehicle, self.job) >= self.limit || blink.now(chance) {
            return;
        }
        let route = &state.routes[vehicle];
        let mut trial = Vec::with_capacity(route.jobs.len() + 1);
        trial.extend_from_slice(&route.jobs);
        trial.insert(position_after(self.model, &route.jobs, after), self.job);
        let hours = (route.ready, route.due);
        let Some(worked) = work_out_within(self.model, vehicle, &trial, hours) else { return };
        let delta = worked.cost - route.cost;
        if delta < self.limit {
            self.limit = delta;
            self.best = Some(Spot { vehicle, after, delta });
        }
    }

    #[inline]
    fn has_room(&self, state: &State, vehicle: usize) -> bool {
        let model = self.model;
        let kinds = model.dimensions;
        let fits = if kinds == 1 {
            self.loads[0] <= state.room[vehicle]
        } else {
            let room = &state.room[vehicle * kinds..(vehicle + 1) * kinds];
            room.iter().zip(self.loads).all(|(room, more)| more <= room)
        };
        fits && model.may_do(vehicle, self.job)
            && (!model.limits_stops || has_stop_left(model, state, vehicle))
    }

    /// Time, and whatever else depends on the place in the route.
    #[inline]
    fn is_in_time(&self, state: &State, vehicle: usize, after: u32, stop: &Stop) -> bool {
        let model = self.model;
        let mut departure = stop.departure;
        if self.release > state.routes[vehicle].begin && model.needs_spans {
            // The whole trip leaves later; how much of that arrives here, the stretch knows.
            let span = state.span_to[after as usize];
            if self.release > span.late {
                return false;
            }
            departure = self.release.max(span.early) + span.duration;
        }
        let arrival = departure + model.duration_to(stop.place, self.place);
        let Some(start) = model.opens(self.job, arrival) else { return false };
        let next = start + self.service + model.duration(self.place, stop.next_place);
        if next > state.stops[stop.next as usize].latest {
            return false;
        }
        (model.simple_load || self.fits_between(state, vehicle, after, stop.next))
            && (model.is_plain() || self.is_within_limits(state, vehicle, after, stop))
    }

    /// Whether the load fits before, at and after the new stop: what it brings is on board all the
    /// way there, what it takes along is on board from there.
    fn fits_between(&self, state: &State, vehicle: usize, after: u32, next: u32) -> bool {
        let model = self.model;
        let capacity = &model.problem.vehicles[vehicle].capacity;
        let brought = model.loads(&model.delivery, self.job);
        let taken = model.loads(&model.pickup, self.job);
        (0..model.dimensions).all(|kind| {
            let cell = |node: u32| node as usize * model.dimensions + kind;
            let from = state.peak_from[cell(next)].max(state.on_board[cell(after)]);
            state.peak_to[cell(after)] + brought[kind] <= capacity[kind]
                && from + taken[kind] <= capacity[kind]
        })
    }

    fn is_within_limits(&self, state: &State, vehicle: usize, after: u32, stop: &Stop) -> bool {
        let model = self.model;
        let details = &model.problem.vehicles[vehicle];
        let route = &state.routes[vehicle];
        if self.release > route.begin && model.has_several_windows {
            return self.fits_in_full(state, vehicle, after);
        }
        if let Some(most) = details.max_distance {
            let legs = model.distance(stop.place, self.place)
                + model.distance(self.place, stop.next_place)
                - model.distance(stop.place, stop.next_place);
            let before = if route.jobs.is_empty() {
                model.distance(stop.place, stop.next_place)
            } else {
                route.distance
            };
            if before + legs > most {
                return false;
            }
        }
        let Some(most) = details.max_duration else { return true };
        let mut span = state.span_to[after as usize];
        span.early = span.early.max(self.release);
        let span = span
            .then(model.duration(stop.place, self.place), job_span(model, self.job))
            .then(model.duration(self.place, stop.next_place), state.span_from[stop.next as usize]);
        span.duration <= most
            && (!model.has_several_windows || self.fits_in_full(state, vehicle, after))
    }

    fn fits_in_full(&self, state: &State, vehicle: usize, after: u32) -> bool {
        let jobs = &state.routes[vehicle].jobs;
        let mut longer = Vec::with_capacity(jobs.len() + 1);
        longer.extend_from_slice(jobs);
        longer.insert(position_after(self.model, jobs, after), self.job);
        let route = &state.routes[vehicle];
        work_out_within(self.model, vehicle, &longer, (route.ready, route.due)).is_some()
    }
}

fn has_stop_left(model: &Model, state: &State, vehicle: usize) -> bool {
    let most = model.problem.vehicles[vehicle].max_stops;
    most.is_none_or(|most| state.routes[vehicle].jobs.len() < most)
}

/// Position in a route that follows the stop `after`.
pub(crate) fn position_after(model: &Model, jobs: &[u32], after: u32) -> usize {
    if after as usize >= model.jobs {
        return 0;
    }
    jobs.iter().position(|&job| job == after).map_or(jobs.len(), |at| at + 1)
}
