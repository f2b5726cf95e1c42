//! Puts jobs back in, each in its cheapest place at the time.

use super::Shaking;
use crate::chance::Chance;

impl Shaking<'_> {
    /// Puts each job in its cheapest place; whether all have one.
    pub(super) fn recreate(&mut self, chance: &mut Chance) -> bool {
        let mut removed = std::mem::take(&mut self.removed);
        chance.shuffle(&mut removed);
        let instance = self.tour.instance;
        let depot = instance.depot();
        match chance.below(11) {
            0..4 => {}
            4..8 => removed.sort_by_key(|&job| -instance.packing.sum(instance.load[job as usize])),
            8..10 => removed.sort_by_key(|&job| -instance.cost(depot, job)),
            _ => removed.sort_by_key(|&job| instance.cost(depot, job)),
        }
        let fits = removed.iter().all(|&job| self.insert(job, chance));
        self.removed = removed;
        fits
    }

    fn insert(&mut self, job: u32, chance: &mut Chance) -> bool {
        let tour = &self.tour;
        let instance = tour.instance;
        let load = tour.load_of(job);
        let mut best = (i64::MAX, u32::MAX);
        let overload = |route: u32| {
            let line = &tour.lines[route as usize];
            let worth = |load: i64| tour.penalty(load, line.limit, 0);
            worth(line.load + load) - worth(line.load)
        };
        let mut consider = |after: u32, overload: i64| {
            let node = tour.node(after);
            let legs = instance.cost(after, job) + instance.cost(job, node.next) - node.leg;
            if legs + overload < best.0 && chance.below(100) > 0 {
                best = (legs + overload, after);
            }
        };
        for &partner in instance.partners(job) {
            if tour.is_out(partner) {
                continue;
            }
            let node = tour.node(partner);
            let overload = overload(node.route);
            consider(partner, overload);
            if !tour.is_job(node.previous) {
                consider(node.previous, overload);
            }
        }
        if tour.lines[self.idle].count > 0 {
            self.idle = tour.lines.iter().position(|line| line.count == 0).unwrap_or(0);
        }
        if tour.lines[self.idle].count == 0 {
            consider(tour.start(self.idle), overload(self.idle as u32));
        }
        if best.1 == u32::MAX {
            return false;
        }
        self.tour.put_in(job, best.1);
        self.enqueue(job);
        true
    }
}
