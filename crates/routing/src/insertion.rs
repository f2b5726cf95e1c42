//! Putting one job into a route without working the whole route out again.

use crate::model::Model;
use crate::state::State;

impl State {
    /// Puts a job, absent until now, before position `at`.
    pub(crate) fn insert(&mut self, model: &Model, vehicle: usize, at: usize, job: u32) {
        self.cost -= model.absence[job as usize];
        self.routes[vehicle].jobs.insert(at, job);
        let alone = self.routes[vehicle].jobs.len() == 1;
        if alone || !model.is_plain() {
            self.refresh(model, vehicle);
            return;
        }
        self.link_in(model, vehicle, at, job);
        let room = &mut self.room[vehicle * model.dimensions..(vehicle + 1) * model.dimensions];
        room.iter_mut().zip(model.loads(&model.load, job)).for_each(|(room, load)| *room -= load);
        if !model.timeless {
            self.delay(model, vehicle, at);
        }
    }

    /// Hangs the job at `at` between its neighbors.
    fn link_in(&mut self, model: &Model, vehicle: usize, at: usize, job: u32) {
        let jobs = &self.routes[vehicle].jobs;
        let before = at.checked_sub(1).map_or(model.start_node(vehicle), |before| jobs[before]);
        let costs = model.costs(vehicle);
        let left = self.stops[before as usize];
        let place = self.stops[job as usize].place;
        let (to, from) = (costs.get(left.place, place), costs.get(place, left.next_place));
        let stop = &mut self.stops[job as usize];
        (stop.previous, stop.next, stop.vehicle) = (before, left.next, vehicle as u32);
        (stop.next_place, stop.leg) = (left.next_place, from);
        self.stops[left.next as usize].previous = job;
        let stop = &mut self.stops[before as usize];
        (stop.next, stop.next_place, stop.leg) = (job, place, to);
        let delta = to + from - left.leg;
        self.routes[vehicle].cost += delta;
        self.cost += delta;
    }

    /// Times after a new stop at `at`: on from there, and back from there, as far as they change.
    fn delay(&mut self, model: &Model, vehicle: usize, at: usize) {
        let jobs = std::mem::take(&mut self.routes[vehicle].jobs);
        let mut node = self.stops[jobs[at] as usize].previous;
        for (index, &job) in jobs.iter().enumerate().skip(at) {
            let from = self.stops[node as usize];
            let stop = &mut self.stops[job as usize];
            let arrival = from.departure + model.duration(from.place, stop.place);
            let now = model.opens(job, arrival).unwrap_or(arrival) + model.service[job as usize];
            if index > at && stop.departure == now {
                break;
            }
            stop.departure = now;
            node = job;
        }
        for (index, &job) in jobs[..=at].iter().enumerate().rev() {
            let stop = self.stops[job as usize];
            let by = self.stops[stop.next as usize].latest
                - model.duration(stop.place, stop.next_place)
                - model.service[job as usize];
            let latest = model.latest_by(job, by).unwrap_or(by);
            if index < at && stop.latest == latest {
                break;
            }
            self.stops[job as usize].latest = latest;
        }
        self.routes[vehicle].jobs = jobs;
    }
}
