//! Two short pieces of routes change places; either may be a gap. All relocations and swaps are
//! cases of this one.

use super::tour::Tour;
use crate::span::Span;

/// Some nodes in a row and what stands around them. A gap has no nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub before: u32,
    pub first: u32,
    pub last: u32,
    pub after: u32,
    pub count: u32,
    pub load: i64,
}

/// Longest piece that is moved.
const PIECE_MAX: usize = 3;

impl Tour<'_> {
    /// `count` jobs from `first` on, if the route has as many.
    #[inline]
    pub(super) fn piece(&self, first: u32, count: u32) -> Option<Piece> {
        let (mut last, mut load) = (first, self.load_of(first));
        for _ in 1..count {
            last = self.node(last).next;
            if !self.is_job(last) {
                return None;
            }
            load += self.load_of(last);
        }
        let (before, after) = (self.node(first).previous, self.node(last).next);
        Some(Piece { before, first, last, after, count, load })
    }

    /// The gap behind a node.
    #[inline]
    pub(super) fn gap(&self, before: u32) -> Piece {
        let after = self.node(before).next;
        Piece { before, first: after, last: before, after, count: 0, load: 0 }
    }

    /// What exchanging the pieces changes in cost and penalties, `one` being turned round on the
    /// way if `turn`; `None` if they overlap, touch as a gap, or cannot gain.
    #[inline]
    pub(super) fn judge_exchange<const TIMED: bool>(
        &self,
        one: &Piece,
        two: &Piece,
        turn: bool,
    ) -> Option<i64> {
        let (route, other) = (self.node(one.first).route, self.node(two.before).route);
        if route != other {
            return self.judge_between::<TIMED>(one, two, turn);
        }
        let (at, to) = (self.node(one.first).at, self.node(two.before).at + 1);
        if at < to + two.count && to < at + one.count || to == at && two.count == 0 {
            return None;
        }
        if two.count == 0 && to == at + one.count {
            return None;
        }
        self.judge_within::<TIMED>(one, two, turn, at < to)
    }

    fn judge_between<const TIMED: bool>(
        &self,
        one: &Piece,
        two: &Piece,
        turn: bool,
    ) -> Option<i64> {
        let (line, other) = (self.line_of(one.first), self.line_of(two.before));
        let now = line.penalty + other.penalty;
        let cost = self.replaced(one, two, false) + self.replaced(two, one, turn);
        if cost >= now + self.patience {
            return None;
        }
        let load = line.load - one.load + two.load;
        let others = other.load - two.load + one.load;
        let after = self.penalty(load, line.limit, 0) + self.penalty(others, other.limit, 0);
        if !TIMED || cost + after >= now + self.patience {
            return (cost + after < now + self.patience).then_some(cost + after - now);
        }
        let warp = self.warp_with(one, two, false);
        let others_warp = self.warp_with(two, one, turn);
        let after =
            self.penalty(load, line.limit, warp) + self.penalty(others, other.limit, others_warp);
        Some(cost + after - now)
    }

    fn judge_within<const TIMED: bool>(
        &self,
        one: &Piece,
        two: &Piece,
        turn: bool,
        ahead: bool,
    ) -> Option<i64> {
        let touching = one.after == two.first || two.after == one.first;
        let cost = if touching && two.count > 0 {
            self.rotated(one, two, ahead)
        } else {
            self.replaced(one, two, false) + self.replaced(two, one, turn)
        };
        let line = self.line_of(one.first);
        let now = line.penalty;
        if cost >= now + self.patience {
            return None;
        }
        if !TIMED {
            return Some(cost);
        }
        let warp = if ahead {
            self.warp_within(one, two, false, turn)
        } else {
            self.warp_within(two, one, turn, false)
        };
        Some(cost + self.penalty(line.load, line.limit, warp) - now)
    }

    /// Cost of `next` standing where `gone` stands now.
    #[inline]
    fn replaced(&self, gone: &Piece, next: &Piece, turn: bool) -> i64 {
        let instance = self.instance;
        let old =
            self.node(gone.before).leg + if gone.count > 0 { self.node(gone.last).leg } else { 0 };
        if next.count == 0 {
            return instance.cost(gone.before, gone.after) - old;
        }
        let (first, last) = if turn { (next.last, next.first) } else { (next.first, next.last) };
        let inner =
            if turn { self.node(next.last).turned - self.node(next.first).turned } else { 0 };
        instance.cost(gone.before, first) + instance.cost(last, gone.after) + inner - old
    }

    /// Two pieces that touch change places.
    fn rotated(&self, one: &Piece, two: &Piece, ahead: bool) -> i64 {
        let (left, right) = if ahead { (one, two) } else { (two, one) };
        let legs = [left.before, left.last, right.last].map(|node| self.node(node).leg);
        let cost = |from: u32, to: u32| self.instance.cost(from, to);
        cost(left.before, right.first) + cost(right.last, left.first) + cost(left.last, right.after)
            - legs.iter().sum::<i64>()
    }

    /// Time warp of the route of `gone` with `next` in its place.
    fn warp_with(&self, gone: &Piece, next: &Piece, turn: bool) -> i64 {
        let head = (gone.before, self.span_to[gone.before as usize]);
        let (last, span) = self.drive_piece(head, next, turn);
        let onward = self.span_from[gone.after as usize];
        span.then(self.instance.time(last, gone.after), onward).warp
    }

    /// Time warp of a route in which `left` and, later on, `right` have changed places.
    fn warp_within(&self, left: &Piece, right: &Piece, turn_right: bool, turn_left: bool) -> i64 {
        let mut here = (left.before, self.span_to[left.before as usize]);
        here = self.drive_piece(here, right, turn_right);
        // Nothing lies between pieces that touch.
        let mut node = left.last;
        while node != right.before {
            node = if node == left.last { left.after } else { self.node(node).next };
            here = self.drive(here, node);
        }
        let (last, span) = self.drive_piece(here, left, turn_left);
        let onward = self.span_from[right.after as usize];
        span.then(self.instance.time(last, right.after), onward).warp
    }

    #[inline]
    fn drive(&self, (last, span): (u32, Span), node: u32) -> (u32, Span) {
        let time = self.instance.time(last, node);
        (node, span.then(time, self.instance.own_span(node)))
    }

    #[inline]
    fn drive_piece(&self, mut here: (u32, Span), piece: &Piece, turn: bool) -> (u32, Span) {
        let mut node = if turn { piece.last } else { piece.first };
        for _ in 0..piece.count {
            here = self.drive(here, node);
            node = if turn { self.node(node).previous } else { self.node(node).next };
        }
        here
    }

    pub(super) fn exchange(&mut self, one: &Piece, two: &Piece, turn: bool) {
        let (route, other) = (self.node(one.first).route, self.node(two.before).route);
        let (mut ones, mut twos) = (self.listed(one), self.listed(two));
        let (count, others) = (one.count as usize, two.count as usize);
        if turn {
            ones[..count].reverse();
        }
        twos[others..].fill(0);
        let touching = two.count > 0 && (one.after == two.first || two.after == one.first);
        if touching && one.after == two.first {
            let last = self.chain(one.before, &twos[..others]);
            let last = self.chain(last, &ones[..count]);
            self.link(last, two.after);
        } else if touching {
            let last = self.chain(two.before, &ones[..count]);
            let last = self.chain(last, &twos[..others]);
            self.link(last, one.after);
        } else {
            let last = self.chain(one.before, &twos[..others]);
            self.link(last, one.after);
            // A gap behind the piece's own neighbor has moved by now.
            let last = self.chain(two.before, &ones[..count]);
            self.link(last, two.after);
        }
        self.changed(route, other);
    }

    fn listed(&self, piece: &Piece) -> [u32; PIECE_MAX] {
        let mut nodes = [0; PIECE_MAX];
        let mut node = piece.first;
        for cell in nodes.iter_mut().take(piece.count as usize) {
            *cell = node;
            node = self.node(node).next;
        }
        nodes
    }

    fn chain(&mut self, mut last: u32, nodes: &[u32]) -> u32 {
        for &node in nodes {
            self.link(last, node);
            last = node;
        }
        last
    }
}
