//! All moves of a job and one that it may stand behind. What a move changes in cost, leaving
//! penalties aside, is bounded from a few shared numbers first, so that most moves end there.

use super::exchange::Piece;
use super::tour::Tour;

/// Costs that several moves share.
struct Shared {
    job: u32,
    partner: u32,
    /// The node after the partner, and the ones after one and two jobs.
    onward: u32,
    next: u32,
    after_next: u32,
    /// What the change must stay below.
    limit: i64,
    /// The job instead of what follows the partner.
    open: i64,
    /// From the job, and from the one after it, on to what follows the partner.
    close: i64,
    close_pair: i64,
    /// The job in the partner's place, and the partner in the job's.
    stand: i64,
    take: i64,
}

impl Tour<'_> {
    /// The first move that helps; whether there was one.
    pub(super) fn improve_behind<const TIMED: bool>(&mut self, job: u32, partner: u32) -> bool {
        let shared = self.shared(job, partner);
        self.relocate::<TIMED>(&shared)
            || self.swap::<TIMED>(&shared)
            || self.exchange_ends::<TIMED>(&shared)
    }

    #[inline]
    fn shared(&self, job: u32, partner: u32) -> Shared {
        let instance = self.instance;
        let (here, there) = (self.node(job), self.node(partner));
        let (onward, next) = (there.next, here.next);
        let penalties = self.line_of(job).penalty + self.line_of(partner).penalty;
        Shared {
            job,
            partner,
            onward,
            next,
            after_next: self.node(next).next,
            limit: penalties + self.patience,
            open: instance.cost(partner, job) - there.leg,
            close: instance.cost(job, onward),
            close_pair: instance.cost(next, onward),
            stand: instance.cost(there.previous, job) - self.node(there.previous).leg,
            take: instance.cost(here.previous, partner) - self.node(here.previous).leg,
        }
    }

    /// One, two or three jobs to stand behind the partner.
    fn relocate<const TIMED: bool>(&mut self, shared: &Shared) -> bool {
        let &Shared { job, partner, limit, open, .. } = shared;
        let [one, two, three] = self.node(job).gain;
        let gap = self.gap(partner);
        if open + shared.close + one < limit && self.try_pieces::<TIMED>(job, 1, &gap, false) {
            return true;
        }
        if open + shared.close_pair + two < limit && self.try_pieces::<TIMED>(job, 2, &gap, false) {
            return true;
        }
        let turned = self.instance.cost(partner, shared.next) - self.node(partner).leg;
        let inner = if self.instance.symmetric {
            0
        } else {
            self.instance.cost(shared.next, job) - self.node(job).leg
        };
        if turned + shared.close + two + inner < limit
            && self.try_pieces::<TIMED>(job, 2, &gap, true)
        {
            return true;
        }
        let close = self.instance.cost(shared.after_next, shared.onward);
        open + close + three < limit && self.try_pieces::<TIMED>(job, 3, &gap, false)
    }

    /// One job for one, two for one, two for two.
    fn swap<const TIMED: bool>(&mut self, shared: &Shared) -> bool {
        let &Shared { job, partner, limit, stand, take, next, onward, .. } = shared;
        let instance = self.instance;
        let once = job < partner;
        let there = self.node(partner).leg;
        let both = stand + take;
        if once
            && both + shared.close - there + instance.cost(partner, next) - self.node(job).leg
                < limit
            && self.try_swap::<TIMED>(shared, 1, 1)
        {
            return true;
        }
        if !self.is_job(next) {
            return false;
        }
        let away = self.node(next).leg;
        let back = instance.cost(partner, shared.after_next) - away;
        if both + shared.close_pair - there + back < limit && self.try_swap::<TIMED>(shared, 2, 1) {
            return true;
        }
        if !once || !self.is_job(onward) {
            return false;
        }
        let beyond = self.node(onward);
        let pair = instance.cost(next, beyond.next) - beyond.leg;
        let back = instance.cost(onward, shared.after_next) - away;
        both + pair + back < limit && self.try_swap::<TIMED>(shared, 2, 2)
    }

    /// 2-opt within a route, 2-opt* between two.
    fn exchange_ends<const TIMED: bool>(&mut self, shared: &Shared) -> bool {
        let &Shared { job, partner, limit, open, onward, next, .. } = shared;
        let instance = self.instance;
        let (here, there) = (*self.node(job), *self.node(partner));
        if here.route == there.route {
            if here.at < there.at {
                return self.try_two_opt::<TIMED>(job, partner);
            }
            let cost = open + instance.cost(onward, next) - here.leg;
            return (cost < limit || !instance.symmetric)
                && self.try_two_opt::<TIMED>(partner, job);
        }
        let previous = here.previous;
        let cost = open + instance.cost(previous, onward) - self.node(previous).leg;
        if cost < limit && self.try_two_opt_star::<TIMED>(partner, previous) {
            return true;
        }
        !TIMED && self.try_crossing(job, partner)
    }

    /// Moves of a job to the first place of a route.
    pub(super) fn improve_at_start<const TIMED: bool>(&mut self, job: u32, start: u32) -> bool {
        let gap = self.gap(start);
        self.try_pieces::<TIMED>(job, 1, &gap, false)
            || self.try_pieces::<TIMED>(job, 2, &gap, false)
            || self.try_pieces::<TIMED>(job, 2, &gap, true)
            || self.try_pieces::<TIMED>(job, 3, &gap, false)
            || self.try_two_opt_star::<TIMED>(start, self.node(job).previous)
    }

    fn try_pieces<const TIMED: bool>(
        &mut self,
        job: u32,
        count: u32,
        gap: &Piece,
        turn: bool,
    ) -> bool {
        self.piece(job, count).is_some_and(|piece| self.try_exchange::<TIMED>(&piece, gap, turn))
    }

    fn try_swap<const TIMED: bool>(&mut self, shared: &Shared, count: u32, others: u32) -> bool {
        let one = self.piece(shared.job, count);
        let two = self.piece(shared.partner, others);
        one.zip(two).is_some_and(|(one, two)| self.try_exchange::<TIMED>(&one, &two, false))
    }

    fn try_exchange<const TIMED: bool>(&mut self, one: &Piece, two: &Piece, turn: bool) -> bool {
        let helps = self.judge_exchange::<TIMED>(one, two, turn).is_some_and(|delta| delta < 0);
        if helps {
            self.exchange(one, two, turn);
        }
        helps
    }

    fn try_two_opt<const TIMED: bool>(&mut self, head: u32, tail: u32) -> bool {
        let helps = self.judge_two_opt::<TIMED>(head, tail).is_some_and(|delta| delta < 0);
        if helps {
            self.two_opt(head, tail);
        }
        helps
    }

    fn try_two_opt_star<const TIMED: bool>(&mut self, one: u32, two: u32) -> bool {
        let helps = self.judge_two_opt_star::<TIMED>(one, two).is_some_and(|delta| delta < 0);
        if helps {
            self.two_opt_star(one, two);
        }
        helps
    }

    fn try_crossing(&mut self, one: u32, two: u32) -> bool {
        let helps = self.judge_crossing(one, two).is_some_and(|delta| delta < 0);
        if helps {
            self.crossing(one, two);
        }
        helps
    }
}
