//! All places in a route for a pickup and its delivery.
//!
//! Cost and time are looked at first, in constant time per place; what passes is worked out in
//! full, because the load between the two depends on everything in between.

use crate::chance::Chance;
use crate::model::Model;
use crate::schedule::work_out_within;
use crate::spots::Blink;
use crate::state::{Route, State};

/// A place for a pickup and its delivery.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PairSpot {
    pub vehicle: usize,
    pub at: usize,
    /// Where the delivery goes, counted in the route that already has the pickup.
    pub partner_at: usize,
    pub delta: i64,
}

/// The cheapest places for the pair in any vehicle.
pub(crate) fn best_pair_spot(
    model: &Model,
    state: &mut State,
    chance: &mut Chance,
    blink: &mut Blink,
    (pickup, delivery): (u32, u32),
) -> Option<PairSpot> {
    let mut best = None;
    for vehicle in 0..model.vehicles {
        if state.routes[vehicle].jobs.is_empty() {
            // One idle vehicle of each kind stands for all.
            let kind = model.kind[vehicle] as usize;
            if state.idle_vehicle(kind) != Some(vehicle) {
                continue;
            }
        }
        if model.may_do(vehicle, pickup) && model.may_do(vehicle, delivery) {
            let most = model.problem.vehicles[vehicle].max_stops;
            let route = &state.routes[vehicle];
            if most.is_none_or(|most| route.jobs.len() + 2 <= most) {
                let mut pair =
                    Pair { model, state, vehicle, route, pickup, delivery, chance, blink };
                if model.is_rich { pair.all_in_full(&mut best) } else { pair.all(&mut best) }
            }
        }
    }
    best
}

struct Pair<'s, 'p> {
    model: &'s Model<'p>,
    state: &'s State,
    vehicle: usize,
    route: &'s Route,
    pickup: u32,
    delivery: u32,
    chance: &'s mut Chance,
    blink: &'s mut Blink,
}

impl Pair<'_, '_> {
    /// Every two positions, each route driven as a whole.
    fn all_in_full(&mut self, best: &mut Option<PairSpot>) {
        let (vehicle, jobs) = (self.vehicle, &self.route.jobs);
        let hours = (self.route.ready, self.route.due);
        for at in 0..=jobs.len() {
            for partner_at in at + 1..=jobs.len() + 1 {
                let longer = self.with(at, partner_at - 1);
                let Some(worked) = work_out_within(self.model, vehicle, &longer, hours) else {
                    continue;
                };
                let delta = worked.cost - self.route.cost;
                let cheaper = best.as_ref().is_none_or(|spot| delta < spot.delta);
                if cheaper && !self.blink.now(self.chance) {
                    *best = Some(PairSpot { vehicle, at, partner_at, delta });
                }
            }
        }
    }

    /// The route with the pickup before position `at` and the delivery before `position`.
    fn with(&self, at: usize, position: usize) -> Vec<u32> {
        let mut jobs = Vec::with_capacity(self.route.jobs.len() + 2);
        jobs.extend_from_slice(&self.route.jobs[..at]);
        jobs.push(self.pickup);
        jobs.extend_from_slice(&self.route.jobs[at..position]);
        jobs.push(self.delivery);
        jobs.extend_from_slice(&self.route.jobs[position..]);
        jobs
    }

    fn all(&mut self, best: &mut Option<PairSpot>) {
        for at in 0..=self.route.jobs.len() {
            if self.departure_before(at) > self.model.last_open[self.pickup as usize] {
                return;
            }
            self.deliveries_after(at, best);
        }
    }

    fn departure_before(&self, at: usize) -> i64 {
        match at.checked_sub(1) {
            Some(before) => self.state.stops[self.route.jobs[before] as usize].departure,
            None => self.route.begin,
        }
    }

    fn place_before(&self, at: usize) -> u32 {
        match at.checked_sub(1) {
            Some(before) => self.model.place[self.route.jobs[before] as usize],
            None => self.model.problem.vehicles[self.vehicle].start as u32,
        }
    }

    /// The place that follows position `at`, and the latest arrival there.
    fn next(&self, at: usize) -> (u32, i64) {
        let details = &self.model.problem.vehicles[self.vehicle];
        match self.route.jobs.get(at) {
            Some(&job) => (self.model.place[job as usize], self.state.stops[job as usize].latest),
            None => (details.end as u32, self.route.due),
        }
    }

    /// With the pickup before position `at` of the route, tries the delivery before each position
    /// from there on.
    fn deliveries_after(&mut self, at: usize, best: &mut Option<PairSpot>) {
        let (model, costs) = (self.model, self.model.costs(self.vehicle));
        let pick = model.place[self.pickup as usize];
        let drop = model.place[self.delivery as usize];
        let from = self.place_before(at);
        let arrival = self.departure_before(at) + model.duration(from, pick);
        let Some(start) = model.opens(self.pickup, arrival) else { return };
        // Time and load are judged here; only further limits need the route worked out.
        let limited = model.needs_spans || model.limits_distance || model.has_several_windows;
        let empty = self.route.jobs.is_empty();
        let opening = model.problem.vehicles[self.vehicle].fixed_cost * i64::from(empty);
        let saved = if empty { 0 } else { costs.get(from, self.next(at).0) };
        let picking = opening + costs.get(from, pick) + costs.get(pick, self.next(at).0) - saved;
        let (mut now, mut left) = (start + model.service[self.pickup as usize], pick);
        for position in at..=self.route.jobs.len() {
            // Waiting never helps: whatever comes later is reached later.
            if now > model.last_open[self.delivery as usize] {
                return;
            }
            let (right, latest) = self.next(position);
            let delta =
                picking + costs.get(left, drop) + costs.get(drop, right) - costs.get(left, right);
            let cheaper = best.as_ref().is_none_or(|spot| delta < spot.delta);
            let dropped = now + model.duration(left, drop);
            if !self.has_room_after(at, position) {
                return;
            }
            if cheaper
                && in_time(model, self.delivery, dropped, right, latest)
                && (!limited || self.is_feasible(at, position))
                && !self.blink.now(self.chance)
            {
                let (vehicle, partner_at) = (self.vehicle, position + 1);
                *best = Some(PairSpot { vehicle, at, partner_at, delta });
            }
            let Some(&passed) = self.route.jobs.get(position) else { return };
            let arrival = now + model.duration(left, right);
            match model.opens(passed, arrival).filter(|_| arrival <= latest) {
                Some(start) => now = start + model.service[passed as usize],
                None => return,
            }
            left = right;
        }
    }

    /// Whether the pair's load fits from the stop before `position` to the next, when it came on
    /// board at or before it.
    fn has_room_after(&self, at: usize, position: usize) -> bool {
        debug_assert!(at <= position);
        let model = self.model;
        let before = match position.checked_sub(1) {
            Some(before) => self.route.jobs[before],
            None => model.start_node(self.vehicle),
        };
        let capacity = &model.problem.vehicles[self.vehicle].capacity;
        let first = before as usize * model.dimensions;
        let board = &self.state.on_board[first..first + model.dimensions];
        let more = model.loads(&model.pickup, self.pickup);
        board.iter().zip(more).zip(capacity).all(|((board, more), most)| board + more <= *most)
    }

    fn is_feasible(&self, at: usize, position: usize) -> bool {
        let jobs = self.with(at, position);
        work_out_within(self.model, self.vehicle, &jobs, (self.route.ready, self.route.due))
            .is_some()
    }
}

fn in_time(model: &Model, job: u32, arrival: i64, to: u32, latest: i64) -> bool {
    model.opens(job, arrival).is_some_and(|start| {
        start + model.service[job as usize] + model.duration(model.place[job as usize], to)
            <= latest
    })
}
