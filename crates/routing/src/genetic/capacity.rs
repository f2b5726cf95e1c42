//! Up to two kinds of load in one number, so that every move adds and compares once: two measures
//! of what is brought, or what is brought and what is collected where the one comes after the other.

use crate::model::Model;
use crate::problem::{NUMBER_MAX, UNREACHABLE};

/// Bits of a number for the first of two kinds; no sum reaches as far.
const BITS: u32 = 31;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Capacity {
    first: i64,
    second: i64,
    mask: i64,
    shift: u32,
}

impl Capacity {
    fn of_one(first: i64) -> Capacity {
        Capacity { first, second: 0, mask: i64::MAX, shift: 63 }
    }

    fn of_two(first: i64, second: i64) -> Capacity {
        Capacity { first, second, mask: (1 << BITS) - 1, shift: BITS }
    }

    /// What is loaded beyond the capacities.
    #[inline]
    pub(super) fn excess(&self, load: i64) -> i64 {
        let [first, second] = self.kinds(load);
        (first - self.first).max(0) + (second - self.second).max(0)
    }

    /// Whether a load is more than half beyond, where Vidal 2022 cuts no route any more.
    pub(super) fn is_far_beyond(&self, load: i64) -> bool {
        self.excess(load) * 2 > self.first
    }

    /// Whether a share in percent of a capacity is used.
    pub(super) fn is_used(&self, load: i64, percent: i64) -> bool {
        let [first, second] = self.kinds(load);
        first >= self.first * percent / 100 || (second > 0 && second >= self.second * percent / 100)
    }

    /// All kinds together.
    pub(super) fn sum(&self, load: i64) -> i64 {
        self.kinds(load).iter().sum()
    }

    #[inline]
    fn kinds(&self, load: i64) -> [i64; 2] {
        [load & self.mask, load >> self.shift]
    }
}

/// Whether loads can be packed at all, if they are not too large.
pub(super) fn can_pack(model: &Model) -> bool {
    if model.simple_load { model.dimensions <= 2 } else { collects_last(model) }
}

/// Loads by job and the capacity; `None` if they are too large.
pub(super) fn pack(model: &Model) -> Option<(Vec<i64>, Capacity)> {
    let limits = &model.problem.vehicles[0].capacity;
    let jobs = 0..model.jobs;
    if model.simple_load && model.dimensions <= 1 {
        let most = limits.first().copied().unwrap_or(NUMBER_MAX);
        let load = |job| model.loads(&model.load, job as u32).iter().sum();
        return Some((jobs.map(load).collect(), Capacity::of_one(most)));
    }
    let pair = |job: usize| {
        if model.simple_load {
            [model.load[2 * job], model.load[2 * job + 1]]
        } else {
            [model.delivery[job], model.pickup[job]]
        }
    };
    let [first, second] = [limits[0], *limits.last()?];
    // An excess of one kind weighs about as much as one of the other.
    let scale = [(second / first.max(1)).max(1), (first / second.max(1)).max(1)];
    let whole = |kind: usize| -> i64 {
        let sum: i64 = jobs.clone().map(|job| pair(job)[kind]).fold(0, i64::saturating_add);
        sum.max(limits[kind.min(limits.len() - 1)]).saturating_mul(scale[kind])
    };
    if whole(0).max(whole(1)) >= 1 << BITS {
        return None;
    }
    let packed = |job| {
        let [first, second] = pair(job);
        first * scale[0] + ((second * scale[1]) << BITS)
    };
    let capacity = Capacity::of_two(first * scale[0], second * scale[1]);
    Some((jobs.map(packed).collect(), capacity))
}

/// Whether nothing can be brought once something was collected: then no load is on board together
/// with another, and the sums of both decide.
fn collects_last(model: &Model) -> bool {
    let jobs = || 0..model.jobs as u32;
    let collects = |job: &u32| model.pickup[*job as usize] > 0;
    let brings = |job: &u32| model.delivery[*job as usize] > 0;
    let last = |job: u32| {
        let place = model.place[job as usize];
        !brings(&job)
            && jobs()
                .filter(brings)
                .all(|next| model.duration(place, model.place[next as usize]) >= UNREACHABLE)
    };
    model.dimensions == 1 && model.problem.pairs.is_empty() && jobs().filter(collects).all(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excess_of_two_kinds_is_that_of_each() {
        let two = Capacity::of_two(10, 20);
        let load = |first: i64, second: i64| first + (second << BITS);
        for (first, second, excess) in [(10, 20, 0), (11, 20, 1), (0, 25, 5), (13, 22, 5)] {
            assert_eq!(two.excess(load(first, second)), excess, "{first} {second}");
        }
        assert_eq!(two.excess(load(4, 9) + load(9, 13) - load(2, 2)), 1);
        let one = Capacity::of_one(NUMBER_MAX);
        assert_eq!(one.excess(NUMBER_MAX + 7), 7);
    }
}
