//! A plan being improved: linked routes, and what each node keeps so that a change is judged in
//! constant time. Broken rules are allowed and priced.

use super::instance::Instance;
use super::weights::Weights;
use crate::span::Span;

/// A job, or the start or end of a route; jobs first, then all starts, then all ends. One line of
/// the cache each.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(super) struct Node {
    pub previous: u32,
    pub next: u32,
    pub route: u32,
    /// Position in the route; the start is 0.
    pub at: u32,
    /// Cost of the leg to the next node.
    pub leg: i64,
    /// Load of the route from its start to here.
    pub load_to: i64,
    /// What the way from the start to here would cost more if driven the other way round.
    pub turned: i64,
    /// What closing the gap costs if one, two or three jobs from here on leave, their own legs
    /// aside; [`NO_GAIN`] where the route has not as many.
    pub gain: [i64; 3],
}

/// More than any change.
const NO_GAIN: i64 = i64::MAX / 4;

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    pub load: i64,
    pub limit: i64,
    pub penalty: i64,
    pub cost: i64,
    pub count: u32,
    /// The change after which it has stayed as it is.
    pub changed_at: u64,
}

pub(super) struct Tour<'i> {
    pub instance: &'i Instance,
    pub weights: Weights,
    pub nodes: Vec<Node>,
    pub lines: Vec<Line>,
    /// With windows: the stretch from the start to each node, and on from it to the end.
    pub span_to: Vec<Span>,
    pub span_from: Vec<Span>,
    /// Routes changed since somebody last looked.
    pub dirty: Vec<u32>,
    /// Changes made so far.
    pub changes: u64,
    /// Added to what a change must save; tests make it so large that every change is judged.
    pub patience: i64,
}

impl<'i> Tour<'i> {
    pub(super) fn new(instance: &'i Instance, weights: Weights) -> Tour<'i> {
        let count = instance.jobs + 2 * instance.routes_max;
        let spans = if instance.timed { count } else { 0 };
        Tour {
            instance,
            weights,
            nodes: vec![Node::default(); count],
            lines: vec![Line::default(); instance.routes_max],
            span_to: vec![Span::default(); spans],
            span_from: vec![Span::default(); spans],
            dirty: Vec::new(),
            changes: 0,
            patience: 0,
        }
    }

    /// Begins with these routes; those that are not `settled` count as just changed.
    pub(super) fn load(&mut self, routes: &[Vec<u32>], weights: Weights, settled: &[bool]) {
        self.weights = weights;
        let order = self.instance.heaviest_first(routes);
        for route in 0..self.lines.len() {
            let source = order.get(route).copied();
            let is_settled = source.is_none_or(|source| settled.get(source) == Some(&true));
            self.changes = u64::from(!is_settled);
            let mut last = self.start(route);
            for &job in source.map_or(&[][..], |source| &routes[source]) {
                self.link(last, job);
                last = job;
            }
            self.link(last, self.end(route));
            self.refresh(route);
        }
        self.changes = 1;
    }

    pub(super) fn routes(&self) -> Vec<Vec<u32>> {
        (0..self.lines.len()).map(|route| self.jobs_of(route).collect()).collect()
    }

    pub(super) fn jobs_of(&self, route: usize) -> impl Iterator<Item = u32> + '_ {
        let next = |node: &u32| Some(self.nodes[*node as usize].next);
        std::iter::successors(next(&self.start(route)), next).take_while(|&node| self.is_job(node))
    }

    pub(super) fn start(&self, route: usize) -> u32 {
        (self.instance.jobs + route) as u32
    }

    pub(super) fn end(&self, route: usize) -> u32 {
        (self.instance.jobs + self.lines.len() + route) as u32
    }

    #[inline]
    pub(super) fn is_job(&self, node: u32) -> bool {
        (node as usize) < self.instance.jobs
    }

    #[inline]
    pub(super) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    #[inline]
    pub(super) fn line_of(&self, node: u32) -> &Line {
        &self.lines[self.nodes[node as usize].route as usize]
    }

    #[inline]
    pub(super) fn load_of(&self, job: u32) -> i64 {
        self.instance.load[job as usize]
    }

    #[inline]
    pub(super) fn penalty(&self, load: i64, limit: i64, warp: i64) -> i64 {
        self.weights.penalty(self.instance.packing.excess(load, limit), warp)
    }

    pub(super) fn link(&mut self, before: u32, after: u32) {
        self.nodes[before as usize].next = after;
        self.nodes[after as usize].previous = before;
    }

    /// Notes that routes have changed, and works out what follows from their new order.
    pub(super) fn changed(&mut self, one: u32, two: u32) {
        self.changes += 1;
        self.refresh(one as usize);
        if one != two {
            self.refresh(two as usize);
        }
    }

    pub(super) fn note_dirty(&mut self, route: u32) {
        if !self.dirty.contains(&route) {
            self.dirty.push(route);
        }
    }

    pub(super) fn refresh(&mut self, route: usize) {
        let (start, end) = (self.start(route), self.end(route));
        let (mut node, mut load, mut turned, mut at) = (start, 0, 0, 0);
        let mut cost = 0;
        self.note_dirty(route as u32);
        loop {
            let next = self.nodes[node as usize].next;
            if self.is_job(node) {
                load += self.load_of(node);
            }
            let leg = if node == end { 0 } else { self.instance.cost(node, next) };
            cost += leg;
            let here = &mut self.nodes[node as usize];
            (here.route, here.at, here.leg) = (route as u32, at, leg);
            (here.load_to, here.turned) = (load, turned);
            if node == end {
                break;
            }
            if !self.instance.symmetric {
                turned += self.instance.cost(next, node) - leg;
            }
            at += 1;
            node = next;
        }
        self.regain(start, end);
        let warp = if self.instance.timed { self.retime(start, end) } else { 0 };
        let limit = self.instance.limit[route];
        let penalty = self.penalty(load, limit, warp);
        let (count, changed_at) = (at - 1, self.changes);
        self.lines[route] = Line { load, limit, penalty, cost, count, changed_at };
    }

    fn regain(&mut self, start: u32, end: u32) {
        let mut node = self.node(start).next;
        while node != end {
            let here = *self.node(node);
            let leg = self.node(here.previous).leg;
            let mut gain = [NO_GAIN; 3];
            let mut last = node;
            for gain in &mut gain {
                let Node { next, leg: onward, .. } = *self.node(last);
                *gain = self.instance.cost(here.previous, next) - leg - onward;
                if next == end {
                    break;
                }
                last = next;
            }
            self.nodes[node as usize].gain = gain;
            node = here.next;
        }
    }

    /// Stretches to and from each node; the time warp of the whole.
    fn retime(&mut self, start: u32, end: u32) -> i64 {
        let instance = self.instance;
        let mut span = instance.own_span(start);
        let mut node = start;
        self.span_to[node as usize] = span;
        while node != end {
            let next = self.nodes[node as usize].next;
            span = span.then(instance.time(node, next), instance.own_span(next));
            self.span_to[next as usize] = span;
            node = next;
        }
        let whole = span.warp;
        let mut span = instance.own_span(end);
        self.span_from[end as usize] = span;
        while node != start {
            let previous = self.nodes[node as usize].previous;
            span = instance.own_span(previous).then(instance.time(previous, node), span);
            self.span_from[previous as usize] = span;
            node = previous;
        }
        whole
    }

    /// The whole by adding everything up again: what every judged change is held against.
    #[cfg(test)]
    pub(super) fn recomputed(&self) -> i64 {
        let worth = |route: usize| {
            let jobs: Vec<u32> = self.jobs_of(route).collect();
            let (cost, load, warp) = super::individual::measure(self.instance, &jobs);
            let excess = self.instance.packing.excess(load, self.instance.limit[route]);
            cost + self.weights.penalty(excess, warp)
        };
        (0..self.lines.len()).map(worth).sum()
    }
}
