//! SWAP*: two jobs of two routes change routes, each going to its best place there rather than to
//! the other's place. Vidal 2022, section 3.4: the best place is one of the three best places
//! beforehand, or the place the other has left.

use super::tour::{Line, Tour};

/// The three cheapest places of a job in a route.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// The change up to which these are right.
    known_at: u64,
    best: [(i64, u32); 3],
}

const NOWHERE: (i64, u32) = (i64::MAX, u32::MAX);

#[derive(Default)]
pub(super) struct Cache(Vec<Places>);

/// The best exchange found: jobs, and the node after which each goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Star {
    pub one: u32,
    pub one_after: u32,
    pub two: u32,
    pub two_after: u32,
    pub delta: i64,
}

impl Cache {
    pub(super) fn reset(&mut self, tour: &Tour) {
        self.0.clear();
        let unknown = Places { known_at: u64::MAX, best: [NOWHERE; 3] };
        self.0.resize(tour.instance.jobs * tour.lines.len(), unknown);
    }

    fn places(&mut self, tour: &Tour, job: u32, route: usize) -> [(i64, u32); 3] {
        let cell = &mut self.0[job as usize * tour.lines.len() + route];
        if cell.known_at != tour.lines[route].changed_at {
            *cell = Places {
                known_at: tour.lines[route].changed_at,
                best: three_best(tour, job, route),
            };
        }
        cell.best
    }
}

fn three_best(tour: &Tour, job: u32, route: usize) -> [(i64, u32); 3] {
    let mut best = [NOWHERE; 3];
    let mut after = tour.start(route);
    let end = tour.end(route);
    while after != end {
        let node = tour.node(after);
        let cost = tour.instance.cost(after, job) + tour.instance.cost(job, node.next) - node.leg;
        if cost < best[2].0 {
            best[2] = (cost, after);
            best.sort_unstable();
        }
        after = node.next;
    }
    best
}

/// The exchange between two routes that saves most, if any saves.
pub(super) fn swap_star<const TIMED: bool>(
    tour: &Tour,
    cache: &mut Cache,
    (route, other): (usize, usize),
) -> Option<Star> {
    let (line, others) = (tour.lines[route], tour.lines[other]);
    let mut best: Option<Star> = None;
    let now = line.penalty + others.penalty;
    for one in tour.jobs_of(route) {
        let one_left = removal(tour, one);
        for two in tour.jobs_of(other) {
            let (up, down) = (tour.load_of(two), tour.load_of(one));
            // Penalties without windows: a lower bound where there are windows.
            let penalty = tour.penalty(line.load + up - down, line.limit, 0)
                + tour.penalty(others.load + down - up, others.limit, 0)
                - now;
            let limit = best.map_or(0, |best| best.delta);
            let two_left = removal(tour, two);
            if penalty + one_left + two_left >= limit {
                continue;
            }
            let (one_cost, one_after) = place(tour, cache, one, two);
            let (two_cost, two_after) = place(tour, cache, two, one);
            let delta = penalty + one_left + two_left + one_cost + two_cost;
            if delta < limit {
                best = Some(Star { one, one_after, two, two_after, delta });
            }
        }
    }
    let mut star = best?;
    if TIMED {
        star.delta += warp_penalty(tour, &line, (star.one, star.two, star.two_after))
            + warp_penalty(tour, &others, (star.two, star.one, star.one_after));
    }
    (star.delta < 0).then_some(star)
}

/// Cost of taking a job out.
#[inline]
fn removal(tour: &Tour, job: u32) -> i64 {
    let node = tour.node(job);
    tour.instance.cost(node.previous, node.next) - tour.node(node.previous).leg - node.leg
}

/// Cheapest place of `job` in the route of `gone`, which leaves: the cost beyond what its leaving
/// changes, and the node to stand after.
#[inline]
fn place(tour: &Tour, cache: &mut Cache, job: u32, gone: u32) -> (i64, u32) {
    let node = tour.node(gone);
    // Where the other stood: its removal is counted already, so the joint is taken back.
    let instance = tour.instance;
    let joint = instance.cost(node.previous, node.next);
    let mut best =
        (instance.cost(node.previous, job) + instance.cost(job, node.next) - joint, node.previous);
    for (cost, after) in cache.places(tour, job, node.route as usize) {
        if cost < best.0 && after != gone && after != u32::MAX && tour.node(after).next != gone {
            best = (cost, after);
            break;
        }
    }
    best
}

/// What time warp adds to the penalty of a route of this load.
fn warp_penalty(tour: &Tour, line: &Line, (gone, comes, after): (u32, u32, u32)) -> i64 {
    let load = line.load - tour.load_of(gone) + tour.load_of(comes);
    tour.penalty(load, line.limit, warp_after(tour, gone, comes, after))
        - tour.penalty(load, line.limit, 0)
}

/// Time warp of the route of `gone` without it and with `comes` after the node `after`.
fn warp_after(tour: &Tour, gone: u32, comes: u32, after: u32) -> i64 {
    let instance = tour.instance;
    let route = tour.node(gone).route as usize;
    let mut last = tour.start(route);
    let mut span = tour.span_to[last as usize];
    let mut node = last;
    loop {
        if node == after {
            span = span.then(instance.time(last, comes), instance.own_span(comes));
            last = comes;
        }
        node = tour.node(node).next;
        if node != gone {
            span = span.then(instance.time(last, node), instance.own_span(node));
            last = node;
        }
        if !tour.is_job(node) {
            return span.warp;
        }
    }
}

impl Tour<'_> {
    pub(super) fn swap_star(&mut self, star: &Star) {
        let (route, other) = (self.node(star.one).route, self.node(star.two).route);
        for job in [star.one, star.two] {
            let node = *self.node(job);
            self.link(node.previous, node.next);
        }
        for (job, after) in [(star.one, star.one_after), (star.two, star.two_after)] {
            let next = self.node(after).next;
            self.link(after, job);
            self.link(job, next);
        }
        self.changed(route, other);
    }
}
