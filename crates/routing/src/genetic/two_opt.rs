//! A stretch of one route driven the other way round (Croes 1958).

use super::tour::Tour;

impl Tour<'_> {
    /// What changes if everything after `head` up to `tail` is turned round.
    #[inline]
    pub(super) fn judge_two_opt<const TIMED: bool>(&self, head: u32, tail: u32) -> Option<i64> {
        let (from, to) = (self.node(head), self.node(tail));
        if from.route != to.route || from.at + 1 >= to.at {
            return None;
        }
        let line = self.line_of(head);
        let instance = self.instance;
        let first = from.next;
        let cost = instance.cost(head, tail) + instance.cost(first, to.next) - from.leg - to.leg
            + to.turned
            - self.node(first).turned;
        if cost >= line.penalty + self.patience {
            return None;
        }
        if !TIMED {
            return Some(cost);
        }
        let mut span = self.span_to[head as usize];
        let (mut last, mut node) = (head, tail);
        while last != first {
            span = span.then(instance.time(last, node), instance.own_span(node));
            last = node;
            node = self.node(node).previous;
        }
        let onward = self.span_from[to.next as usize];
        let warp = span.then(instance.time(first, to.next), onward).warp;
        Some(cost + self.penalty(line.load, line.limit, warp) - line.penalty)
    }

    pub(super) fn two_opt(&mut self, head: u32, tail: u32) {
        let onward = self.node(tail).next;
        let route = self.node(head).route;
        let (mut last, mut node) = (head, tail);
        while node != head {
            let previous = self.node(node).previous;
            self.link(last, node);
            last = node;
            node = previous;
        }
        self.link(last, onward);
        self.changed(route, route);
    }
}
