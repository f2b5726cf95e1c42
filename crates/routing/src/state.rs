//! A plan in the making, with what is needed to judge an insertion in constant time.

use crate::model::Model;
use crate::schedule;

pub(crate) const ABSENT: u32 = u32::MAX;

#[derive(Clone)]
pub(crate) struct Route {
    pub jobs: Vec<u32>,
    pub cost: i64,
    /// Sum of loads per kind; decides capacity where the model says sums are enough.
    pub load: Vec<i64>,
    /// Earliest departure from the start.
    pub begin: i64,
    /// Latest release of its jobs.
    pub release: i64,
}

#[derive(Clone)]
pub(crate) struct State {
    /// One per vehicle, in their order.
    pub routes: Vec<Route>,
    /// Vehicle of each job, or [`ABSENT`].
    pub vehicle: Vec<u32>,
    /// Earliest departure from each job that is in a route.
    pub departure: Vec<i64>,
    /// Latest arrival at each job such that the rest of its route can still be kept.
    pub latest: Vec<i64>,
    pub absent: Vec<u32>,
    /// Routes and absences.
    pub cost: i64,
}

impl State {
    pub(crate) fn empty(model: &Model) -> State {
        let vehicles = &model.problem.vehicles;
        let routes = vehicles
            .iter()
            .map(|vehicle| Route {
                jobs: Vec::new(),
                cost: 0,
                load: vec![0; model.dimensions],
                begin: vehicle.shift.0,
                release: i64::MIN,
            })
            .collect();
        State {
            routes,
            vehicle: vec![ABSENT; model.jobs],
            departure: vec![0; model.jobs],
            latest: vec![0; model.jobs],
            absent: (0..model.jobs as u32).collect(),
            cost: model.absence.iter().sum(),
        }
    }

    /// Works out everything that depends on the order of one route; its jobs must be feasible.
    pub(crate) fn refresh(&mut self, model: &Model, vehicle: usize) {
        let details = &model.problem.vehicles[vehicle];
        let route = &mut self.routes[vehicle];
        let before = route.cost;
        route.release = i64::MIN;
        route.load.fill(0);
        for &job in &route.jobs {
            let job = job as usize;
            route.release = route.release.max(model.problem.jobs[job].release);
            let loads = &model.load[job * model.dimensions..(job + 1) * model.dimensions];
            route.load.iter_mut().zip(loads).for_each(|(sum, load)| *sum += load);
        }
        route.begin = details.shift.0.max(route.release);
        route.cost = if route.jobs.is_empty() {
            0
        } else {
            details.fixed_cost + schedule::driving_cost(model, vehicle, &route.jobs)
        };
        self.cost += route.cost - before;
        let (mut now, mut at) = (route.begin, details.start as u32);
        for &job in &route.jobs {
            let place = model.place[job as usize];
            let arrival = now + model.duration(at, place);
            now = model.opens(job, arrival).unwrap_or(arrival) + model.service[job as usize];
            self.departure[job as usize] = now;
            self.vehicle[job as usize] = vehicle as u32;
            at = place;
        }
        let (mut bound, mut next) = (details.shift.1, details.end as u32);
        for &job in route.jobs.iter().rev() {
            let place = model.place[job as usize];
            let by = bound - model.duration(place, next) - model.service[job as usize];
            bound = model.latest_by(job, by).unwrap_or(by);
            self.latest[job as usize] = bound;
            next = place;
        }
    }

    /// Replaces a route's jobs, which must be feasible, and everything that follows from them.
    pub(crate) fn set_route(&mut self, model: &Model, vehicle: usize, jobs: Vec<u32>) {
        self.routes[vehicle].jobs = jobs;
        self.refresh(model, vehicle);
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
