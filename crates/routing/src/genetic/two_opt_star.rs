//! Two routes exchange their ends (Potvin and Rousseau 1995), or are joined head to head and tail
//! to tail.

use super::tour::Tour;

impl Tour<'_> {
    /// What changes if each head is followed by what follows the other.
    #[inline]
    pub(super) fn judge_two_opt_star<const TIMED: bool>(&self, one: u32, two: u32) -> Option<i64> {
        let (head, other) = (self.node(one), self.node(two));
        if head.route == other.route {
            return None;
        }
        let instance = self.instance;
        let (line, others) = (self.line_of(one), self.line_of(two));
        let now = line.penalty + others.penalty;
        let cost =
            instance.cost(one, other.next) + instance.cost(two, head.next) - head.leg - other.leg;
        if cost >= now + self.patience {
            return None;
        }
        let load = head.load_to + others.load - other.load_to;
        let other_load = other.load_to + line.load - head.load_to;
        let penalty = |warp: i64, other_warp: i64| {
            self.penalty(load, line.limit, warp)
                + self.penalty(other_load, others.limit, other_warp)
        };
        let after = penalty(0, 0);
        if !TIMED || cost + after >= now + self.patience {
            return (cost + after < now + self.patience).then_some(cost + after - now);
        }
        let warp = |head: u32, tail: u32| {
            let (span, onward) = (self.span_to[head as usize], self.span_from[tail as usize]);
            span.then(instance.time(head, tail), onward).warp
        };
        let (warp, other_warp) = (warp(one, other.next), warp(two, head.next));
        Some(cost + penalty(warp, other_warp) - now)
    }

    pub(super) fn two_opt_star(&mut self, one: u32, two: u32) {
        let (route, other) = (self.node(one).route, self.node(two).route);
        let (tail, others) = (self.node(one).next, self.node(two).next);
        let (end, other_end) = (self.end(route as usize), self.end(other as usize));
        let (last, other_last) = (self.node(end).previous, self.node(other_end).previous);
        // Ends stay with their routes; only jobs move.
        self.join(one, (others, other_last), end);
        self.join(two, (tail, last), other_end);
        self.changed(route, other);
    }

    fn join(&mut self, head: u32, (first, last): (u32, u32), end: u32) {
        if self.is_job(first) {
            self.link(head, first);
            self.link(last, end);
        } else {
            self.link(head, end);
        }
    }

    /// Without windows: what changes if `one` is followed by the head of the other route, driven
    /// backward from `two`, and the tails are joined likewise.
    #[inline]
    pub(super) fn judge_crossing(&self, one: u32, two: u32) -> Option<i64> {
        let (head, other) = (self.node(one), self.node(two));
        if head.route == other.route || !self.is_job(two) {
            return None;
        }
        let instance = self.instance;
        let (line, others) = (self.line_of(one), self.line_of(two));
        let now = line.penalty + others.penalty;
        // The head of the other route and the tail of this one are turned round.
        let mut cost =
            instance.cost(one, two) + instance.cost(head.next, other.next) - head.leg - other.leg;
        if !instance.symmetric {
            let (start, end) = (self.start(other.route as usize), self.end(head.route as usize));
            cost += other.turned - self.node(start).turned;
            cost += self.node(end).turned - self.node(head.next).turned;
        }
        if cost >= now + self.patience {
            return None;
        }
        let load = head.load_to + other.load_to;
        let other_load = line.load + others.load - load;
        let after = self.penalty(load, line.limit, 0) + self.penalty(other_load, others.limit, 0);
        (cost + after < now + self.patience).then_some(cost + after - now)
    }

    pub(super) fn crossing(&mut self, one: u32, two: u32) {
        let (route, other) = (self.node(one).route as usize, self.node(two).route as usize);
        let jobs: Vec<u32> = self.jobs_of(route).collect();
        let others: Vec<u32> = self.jobs_of(other).collect();
        let (at, to) = (self.node(one).at as usize, self.node(two).at as usize);
        let heads = jobs[..at].iter().chain(others[..to].iter().rev());
        let tails = jobs[at..].iter().rev().chain(&others[to..]);
        self.relay(route, heads);
        self.relay(other, tails);
        self.changed(route as u32, other as u32);
    }

    /// Gives a route these jobs; it must be refreshed.
    pub(super) fn relay<'j>(&mut self, route: usize, jobs: impl Iterator<Item = &'j u32>) {
        let mut last = self.start(route);
        for &job in jobs {
            self.link(last, job);
            last = job;
        }
        self.link(last, self.end(route));
    }
}
