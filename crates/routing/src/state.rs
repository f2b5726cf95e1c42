//! A plan in the making, with what is needed to judge an insertion in constant time.

use crate::model::Model;
use crate::problem::{UNREACHABLE, Vehicle};
use crate::schedule;
use crate::span::Span;

pub(crate) const ABSENT: u32 = u32::MAX;

/// One visit, or the start or end of a vehicle. What an insertion beside it must know lies
/// together, so that it costs one look into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop {
    pub previous: u32,
    pub next: u32,
    /// Its vehicle, or [`ABSENT`].
    pub vehicle: u32,
    pub place: u32,
    pub next_place: u32,
    /// Cost of the leg to the next stop.
    pub leg: i64,
    /// Earliest departure.
    pub departure: i64,
    /// Latest arrival such that the rest of the route can still be kept.
    pub latest: i64,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Route {
    pub jobs: Vec<u32>,
    pub cost: i64,
    pub distance: i64,
    /// Earliest departure from the start, and earliest return.
    pub begin: i64,
    pub finish: i64,
    /// When the vehicle is there and loaded, and when it must be back; latest departure.
    pub ready: i64,
    pub due: i64,
    pub begin_by: i64,
    /// Latest release of its jobs.
    pub release: i64,
}

#[derive(Clone)]
pub(crate) struct State {
    /// One per vehicle, in their order.
    pub routes: Vec<Route>,
    /// Jobs, then the start of each vehicle, then the end of each.
    pub stops: Vec<Stop>,
    /// What more a vehicle can take, flat `[vehicle * dimensions + kind]`. Where sums of loads do not
    /// decide, an upper bound.
    pub room: Vec<i64>,
    /// Where sums are not enough, flat `[stop * dimensions + kind]`: the highest load on board from
    /// the start up to leaving a stop, what is on board then, and the highest from then on.
    pub peak_to: Vec<i64>,
    pub on_board: Vec<i64>,
    pub peak_from: Vec<i64>,
    /// Where durations are limited: the stretch from the start to each stop, and on to the end.
    pub span_to: Vec<Span>,
    pub span_from: Vec<Span>,
    pub absent: Vec<u32>,
    /// Vehicles without jobs by kind; some may have got jobs since they were listed.
    idle: Vec<Vec<u32>>,
    listed_idle: Vec<bool>,
    /// Whether vehicles without jobs must stay so.
    pub closed: bool,
    /// Routes and absences.
    pub cost: i64,
}

impl State {
    pub(crate) fn empty(model: &Model) -> State {
        let nodes = model.place.len();
        let alone = |node: usize| Stop {
            previous: ABSENT,
            next: ABSENT,
            vehicle: ABSENT,
            place: model.place[node],
            next_place: 0,
            leg: 0,
            departure: 0,
            latest: 0,
        };
        let peaks = if model.simple_load { 0 } else { nodes * model.dimensions };
        let spans = if model.needs_spans { nodes } else { 0 };
        let route = |vehicle: &Vehicle| Route {
            ready: vehicle.shift.0,
            due: vehicle.shift.1,
            ..Route::default()
        };
        let mut state = State {
            routes: model.problem.vehicles.iter().map(route).collect(),
            stops: (0..nodes).map(alone).collect(),
            room: vec![0; model.vehicles * model.dimensions],
            peak_to: vec![0; peaks],
            on_board: vec![0; peaks],
            peak_from: vec![0; peaks],
            span_to: vec![Span::default(); spans],
            span_from: vec![Span::default(); spans],
            absent: (0..model.jobs as u32).collect(),
            idle: vec![Vec::new(); model.kinds],
            listed_idle: vec![false; model.vehicles],
            closed: false,
            cost: model.absence.iter().sum(),
        };
        // The first vehicle of a kind is taken first.
        (0..model.vehicles).rev().for_each(|vehicle| {
            state.refresh(model, vehicle);
        });
        state
    }

    #[inline]
    pub(crate) fn vehicle_of(&self, job: u32) -> Option<usize> {
        let vehicle = self.stops[job as usize].vehicle;
        (vehicle != ABSENT).then_some(vehicle as usize)
    }

    /// A vehicle of this kind that has no jobs.
    pub(crate) fn idle_vehicle(&mut self, kind: usize) -> Option<usize> {
        if self.closed {
            return None;
        }
        while let Some(&vehicle) = self.idle[kind].last() {
            if self.routes[vehicle as usize].jobs.is_empty() {
                return Some(vehicle as usize);
            }
            self.listed_idle[vehicle as usize] = false;
            self.idle[kind].pop();
        }
        None
    }

    /// Works out everything that depends on the order of one route, and whether the route keeps its
    /// time, load and limits.
    pub(crate) fn refresh(&mut self, model: &Model, vehicle: usize) -> bool {
        let jobs = std::mem::take(&mut self.routes[vehicle].jobs);
        let details = &model.problem.vehicles[vehicle];
        let mut fine = details.max_stops.is_none_or(|most| jobs.len() <= most);
        self.link(model, vehicle, &jobs);
        let release = jobs.iter().map(|&job| model.problem.jobs[job as usize].release).max();
        let route = &mut self.routes[vehicle];
        route.release = release.unwrap_or(i64::MIN);
        fine &= self.weigh(model, vehicle, &jobs);
        if !model.timeless && !model.has_rich_times {
            fine &= self.time(model, vehicle, &jobs);
            if model.needs_spans {
                fine &= self.stretch(model, vehicle, &jobs);
            }
        }
        if model.is_rich {
            fine &= self.price(model, vehicle, &jobs);
        }
        self.routes[vehicle].jobs = jobs;
        self.list_if_idle(model, vehicle);
        fine & (!model.chained || self.tell_other_trips(model, vehicle))
    }

    /// The cost of a route that is more than its legs, and whether it can be driven.
    fn price(&mut self, model: &Model, vehicle: usize, jobs: &[u32]) -> bool {
        let route = &mut self.routes[vehicle];
        if !model.has_rich_times {
            let more = schedule::unfamiliar(model, vehicle, jobs);
            self.cost += more;
            route.cost += more;
            return true;
        }
        let hours = (route.ready, route.due);
        let worked = schedule::work_out_within(model, vehicle, jobs, hours);
        if let Some(worked) = worked {
            self.cost += worked.cost - route.cost;
            route.cost = worked.cost;
        }
        worked.is_some()
    }

    pub(crate) fn list_if_idle(&mut self, model: &Model, vehicle: usize) {
        let idle = self.routes[vehicle].jobs.is_empty();
        if idle && !std::mem::replace(&mut self.listed_idle[vehicle], true) {
            self.idle[model.kind[vehicle] as usize].push(vehicle as u32);
        }
    }

    /// Neighbors, legs and their cost.
    fn link(&mut self, model: &Model, vehicle: usize, jobs: &[u32]) {
        let costs = model.costs(vehicle);
        let (start, end) = (model.start_node(vehicle), model.end_node(vehicle));
        let mut before = start;
        let mut from = model.place[start as usize];
        let mut cost = 0;
        self.stops[start as usize].vehicle = vehicle as u32;
        for &node in jobs.iter().chain(std::iter::once(&end)) {
            let to = self.stops[node as usize].place;
            let leg = costs.get(from, to);
            let stop = &mut self.stops[before as usize];
            (stop.next, stop.next_place, stop.leg) = (node, to, leg);
            let stop = &mut self.stops[node as usize];
            (stop.previous, stop.vehicle) = (before, vehicle as u32);
            cost += leg;
            (before, from) = (node, to);
        }
        let used = !jobs.is_empty();
        let route = &mut self.routes[vehicle];
        let now = if used { cost + model.problem.vehicles[vehicle].fixed_cost } else { 0 };
        self.cost += now - route.cost;
        route.cost = now;
        if model.limits_distance {
            route.distance = schedule::distance(model, vehicle, jobs);
        }
    }

    /// Loads, and whether they fit at every moment.
    fn weigh(&mut self, model: &Model, vehicle: usize, jobs: &[u32]) -> bool {
        let kinds = model.dimensions;
        let details = &model.problem.vehicles[vehicle];
        let room = &mut self.room[vehicle * kinds..(vehicle + 1) * kinds];
        room.copy_from_slice(&details.capacity);
        if details.trips_max > 1 {
            // Which loads are on board together is known only when the day is driven.
            return true;
        }
        if model.simple_load {
            let capacity = &details.capacity;
            let load = |kind: usize| {
                jobs.iter().map(move |&job| model.loads(&model.load, job)[kind]).sum::<i64>()
            };
            let mut fine = true;
            for (kind, room) in room.iter_mut().enumerate() {
                let load = load(kind);
                fine &= load <= capacity[kind];
                *room -= load;
            }
            return fine;
        }
        let capacity = &details.capacity;
        (0..kinds).all(|kind| self.profile(model, vehicle, jobs, kind) <= capacity[kind])
    }

    /// The load on board along the route, and its highest value.
    fn profile(&mut self, model: &Model, vehicle: usize, jobs: &[u32], kind: usize) -> i64 {
        let cell = |node: u32| node as usize * model.dimensions + kind;
        let (start, end) = (model.start_node(vehicle), model.end_node(vehicle));
        let from_depot = jobs.iter().filter(|&&job| model.partner[job as usize].is_none());
        let mut load: i64 = from_depot.map(|&job| model.delivery[cell(job)]).sum();
        let mut peak = load;
        (self.on_board[cell(start)], self.peak_to[cell(start)]) = (load, peak);
        for &job in jobs {
            load += model.pickup[cell(job)] - model.delivery[cell(job)];
            peak = peak.max(load);
            (self.on_board[cell(job)], self.peak_to[cell(job)]) = (load, peak);
        }
        let mut rest = i64::MIN;
        for &node in std::iter::once(&end).chain(jobs.iter().rev()).chain(std::iter::once(&start)) {
            if node != end {
                rest = rest.max(self.on_board[cell(node)]);
            }
            self.peak_from[cell(node)] = rest;
        }
        peak
    }

    /// Earliest departures and latest arrivals, and whether nobody is late.
    pub(crate) fn time(&mut self, model: &Model, vehicle: usize, jobs: &[u32]) -> bool {
        let details = &model.problem.vehicles[vehicle];
        let (start, end) = (model.start_node(vehicle) as usize, model.end_node(vehicle) as usize);
        let mut fine = true;
        let route = &mut self.routes[vehicle];
        let due = route.due;
        route.begin = route.ready.max(route.release);
        let mut now = route.begin;
        let mut from = details.start as u32;
        self.stops[start].departure = now;
        for &job in jobs {
            let stop = &mut self.stops[job as usize];
            let arrival = now + model.duration(from, stop.place);
            let opens = model.opens(job, arrival);
            fine &= opens.is_some();
            now = opens.unwrap_or(arrival) + model.service[job as usize];
            stop.departure = now;
            from = stop.place;
        }
        let last = model.duration(from, details.end as u32);
        fine &= jobs.is_empty() || (last < UNREACHABLE && now + last <= due);
        self.routes[vehicle].finish = now + last;
        let mut bound = due;
        self.stops[end].latest = bound;
        let mut to = details.end as u32;
        for &job in jobs.iter().rev() {
            let stop = &mut self.stops[job as usize];
            let by = bound - model.duration(stop.place, to) - model.service[job as usize];
            bound = model.latest_by(job, by).unwrap_or(by);
            stop.latest = bound;
            to = stop.place;
        }
        self.routes[vehicle].begin_by = bound - model.duration(details.start as u32, to);
        fine
    }

    /// Stretches to and from each stop, and whether the whole is short enough.
    pub(crate) fn stretch(&mut self, model: &Model, vehicle: usize, jobs: &[u32]) -> bool {
        let details = &model.problem.vehicles[vehicle];
        let (start, end) = (model.start_node(vehicle), model.end_node(vehicle));
        let route = &self.routes[vehicle];
        let hours = (route.ready, route.due);
        let mut span = Span::stop(0, route.begin, route.due);
        let mut from = details.start as u32;
        self.span_to[start as usize] = span;
        for &job in jobs {
            let to = model.place[job as usize];
            span = span.then(model.duration(from, to), job_span(model, job));
            self.span_to[job as usize] = span;
            from = to;
        }
        let mut span = Span::stop(0, details.shift.0, details.shift.1);
        let mut to = details.end as u32;
        self.span_from[end as usize] = span;
        for &job in jobs.iter().rev() {
            let from = model.place[job as usize];
            span = job_span(model, job).then(model.duration(from, to), span);
            self.span_from[job as usize] = span;
            to = from;
        }
        details.max_duration.is_none_or(|most| {
            jobs.is_empty()
                || schedule::timed(model, vehicle, jobs, hours).is_some_and(|time| time <= most)
        })
    }

    /// Replaces a route's jobs and everything that follows from them; says whether it is feasible.
    pub(crate) fn set_route(&mut self, model: &Model, vehicle: usize, jobs: Vec<u32>) -> bool {
        self.routes[vehicle].jobs = jobs;
        self.refresh(model, vehicle)
    }

    /// Marks a job that has just left its route; the route itself must be refreshed.
    pub(crate) fn set_absent(&mut self, model: &Model, job: u32) {
        self.stops[job as usize].vehicle = ABSENT;
        self.absent.push(job);
        self.cost += model.absence[job as usize];
    }

    /// The cost by adding everything up again: what `cost` must always equal.
    pub(crate) fn recomputed_cost(&self, model: &Model) -> Option<i64> {
        let mut total: i64 = self.absent.iter().map(|&job| model.absence[job as usize]).sum();
        for (vehicle, route) in self.routes.iter().enumerate() {
            total += schedule::work_out(model, vehicle, &route.jobs)?.cost;
        }
        Some(total)
    }
}

/// A job with its first opening and last closing as the only window.
#[inline]
pub(crate) fn job_span(model: &Model, job: u32) -> Span {
    let index = job as usize;
    Span::stop(model.service[index], model.first_open[index], model.last_open[index])
}
