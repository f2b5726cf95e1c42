//! Routes from savings: Clarke and Wright, "Scheduling of vehicles from a central depot to a number
//! of delivery points", 1964. Near jobs are joined first, then the ends of what is not full yet.

use super::individual::measure;
use super::instance::Instance;

/// Share of its capacity beyond which a route is left as it is.
const FULL_PERCENT: i64 = 80;

/// The plan given, or one from savings.
pub(crate) fn cheaper(instance: &Instance, known: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let fresh = savings(instance);
    let cost =
        |routes: &[Vec<u32>]| -> i64 { routes.iter().map(|jobs| measure(instance, jobs).0).sum() };
    let fits = fresh.len() <= instance.routes_max;
    if fits && cost(&fresh) < cost(&known) { fresh } else { known }
}

struct Joining<'i> {
    instance: &'i Instance,
    routes: Vec<Vec<u32>>,
    route_of: Vec<u32>,
    load: Vec<i64>,
}

/// Routes that keep the load; windows are not looked at.
pub(super) fn savings(instance: &Instance) -> Vec<Vec<u32>> {
    let jobs = 0..instance.depot();
    let mut joining = Joining {
        instance,
        routes: jobs.clone().map(|job| vec![job]).collect(),
        route_of: jobs.clone().collect(),
        load: instance.load.clone(),
    };
    let near = |after: u32| instance.partners(after).iter().map(move |&before| (before, after));
    joining.join(jobs.flat_map(near));
    let ends = joining.open_ends();
    joining.join(ends.iter().flat_map(|&one| ends.iter().map(move |&two| (one, two))));
    joining.routes.retain(|jobs| !jobs.is_empty());
    joining.routes
}

impl Joining<'_> {
    /// Joins routes where these pairs of jobs meet, those that save most first.
    fn join(&mut self, pairs: impl Iterator<Item = (u32, u32)>) {
        let instance = self.instance;
        let depot = instance.depot();
        let saving = |(before, after): (u32, u32)| {
            let apart = instance.cost(before, depot) + instance.cost(depot, after);
            (instance.cost(before, after) - apart, before, after)
        };
        let mut pairs: Vec<(i64, u32, u32)> =
            pairs.map(saving).filter(|&(saving, _, _)| saving < 0).collect();
        pairs.sort_unstable();
        for (_, before, after) in pairs {
            self.join_pair(before, after);
        }
    }

    fn join_pair(&mut self, before: u32, after: u32) {
        let one = self.route_of[before as usize] as usize;
        let two = self.route_of[after as usize] as usize;
        let turns = self.instance.symmetric;
        if one != two
            && self.instance.fits(self.load[one] + self.load[two])
            && ends_with(&mut self.routes[one], before, turns)
            && begins_with(&mut self.routes[two], after, turns)
        {
            let tail = std::mem::take(&mut self.routes[two]);
            tail.iter().for_each(|&job| self.route_of[job as usize] = one as u32);
            self.routes[one].extend(tail);
            self.load[one] += self.load[two];
        }
    }

    /// First and last jobs of routes that can take more.
    fn open_ends(&self) -> Vec<u32> {
        let is_open = |route: &usize| !self.instance.is_used(self.load[*route], FULL_PERCENT);
        let open = (0..self.routes.len()).filter(is_open);
        let mut ends: Vec<u32> = open
            .flat_map(|route| [self.routes[route].first(), self.routes[route].last()])
            .flatten()
            .copied()
            .collect();
        ends.dedup();
        ends
    }
}

/// Whether a route ends with this job, if need be after being turned round.
fn ends_with(route: &mut [u32], job: u32, turns: bool) -> bool {
    if route.last() != Some(&job) && turns && route.first() == Some(&job) {
        route.reverse();
    }
    route.last() == Some(&job)
}

fn begins_with(route: &mut [u32], job: u32, turns: bool) -> bool {
    if route.first() != Some(&job) && turns && route.last() == Some(&job) {
        route.reverse();
    }
    route.first() == Some(&job)
}
