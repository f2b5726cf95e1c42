//! All places in a route for a pickup and its delivery.
//!
//! Cost and time are looked at first, in constant time per place; what passes is worked out in
//! full, because the load between the two depends on everything in between.

use crate::model::Model;
use crate::recreate::{Spot, in_time};
use crate::schedule::work_out;
use crate::state::{Route, State};

/// Improves `best` where this vehicle offers a cheaper pair of places.
pub(crate) fn spots_for_pair(
    model: &Model,
    state: &State,
    vehicle: usize,
    (pickup, delivery): (u32, u32),
    best: &mut Option<Spot>,
) {
    if !model.may_do(vehicle, delivery) {
        return;
    }
    let pair = Pair { model, state, vehicle, route: &state.routes[vehicle], pickup, delivery };
    for at in 0..=pair.route.jobs.len() {
        if pair.departure_before(at) > model.last_open[pickup as usize] {
            return;
        }
        pair.deliveries_after(at, best);
    }
}

struct Pair<'s, 'p> {
    model: &'s Model<'p>,
    state: &'s State,
    vehicle: usize,
    route: &'s Route,
    pickup: u32,
    delivery: u32,
}

impl Pair<'_, '_> {
    fn departure_before(&self, at: usize) -> i64 {
        match at.checked_sub(1) {
            Some(before) => self.state.departure[self.route.jobs[before] as usize],
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
            Some(&job) => (self.model.place[job as usize], self.state.latest[job as usize]),
            None => (details.end as u32, details.shift.1),
        }
    }

    /// With the pickup before position `at` of the route, tries the delivery before each position
    /// from there on.
    fn deliveries_after(&self, at: usize, best: &mut Option<Spot>) {
        let (model, costs) = (self.model, self.model.costs(self.vehicle));
        let pick = model.place[self.pickup as usize];
        let drop = model.place[self.delivery as usize];
        let from = self.place_before(at);
        let arrival = self.departure_before(at) + model.duration(from, pick);
        let Some(start) = model.opens(self.pickup, arrival) else { return };
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
            if cheaper
                && in_time(model, self.delivery, dropped, right, latest)
                && self.is_feasible(at, position)
            {
                let (vehicle, partner_at) = (self.vehicle, Some(position + 1));
                *best = Some(Spot { vehicle, at, partner_at, delta });
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

    fn is_feasible(&self, at: usize, position: usize) -> bool {
        let mut jobs = Vec::with_capacity(self.route.jobs.len() + 2);
        jobs.extend_from_slice(&self.route.jobs[..at]);
        jobs.push(self.pickup);
        jobs.extend_from_slice(&self.route.jobs[at..position]);
        jobs.push(self.delivery);
        jobs.extend_from_slice(&self.route.jobs[position..]);
        work_out(self.model, self.vehicle, &jobs).is_some()
    }
}
