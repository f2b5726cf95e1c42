//! What a unit of excess load and of time warp costs: adapted so that a given share of plans keeps
//! each rule. Vidal et al., "A hybrid genetic algorithm for multidepot and periodic vehicle routing
//! problems", 2012, section 4.4.

use super::instance::Instance;

/// Weights are in 1/1024 of a unit of cost.
const SHIFT: u32 = 10;
const WEIGHT_MAX: i64 = 1 << 40;
/// A unit costs more than any leg.
const FORBIDDING: i64 = 1 << 46;
/// How many vehicles a whole vehicle's excess costs to begin with.
const ROUTES: i64 = 4;
/// Share of plans wanted within each rule, how often it is looked at, and the steps.
const WANTED_PERCENT: usize = 30;
const EVERY: usize = 50;
const UP: (i64, i64) = (120, 100);
const DOWN: (i64, i64) = (85, 100);
/// How much dearer repairing makes a broken rule.
const REPAIR: i64 = 10;

#[derive(Debug, Clone, Copy)]
pub(super) struct Weights {
    load: i64,
    warp: i64,
}

impl Weights {
    /// An excess of one mean load, or being late by one mean leg, costs about as much as that leg;
    /// an excess of a whole vehicle more than that vehicle.
    pub(super) fn new(instance: &Instance) -> Weights {
        let jobs = instance.jobs as u32;
        let legs = || {
            (0..jobs).flat_map(|job| {
                let near = instance.partners(job).iter().take(5);
                near.map(move |&other| (instance.cost(other, job), instance.time(other, job)))
            })
        };
        let count = legs().count().max(1) as i64;
        let cost = legs().map(|leg| leg.0).sum::<i64>() / count + 1;
        let time = legs().map(|leg| leg.1).sum::<i64>() / count + 1;
        let load = instance.load.iter().map(|&load| instance.packing.sum(load)).sum::<i64>()
            / i64::from(jobs)
            + 1;
        let weight = |amount: i64| ((cost << SHIFT) / amount).clamp(1, WEIGHT_MAX);
        let room = instance.packing.mean(instance.usual_limit).max(1);
        let fixed = (instance.fixed_cost.saturating_mul(ROUTES << SHIFT) / room).min(WEIGHT_MAX);
        Weights { load: weight(load).max(fixed), warp: weight(time) }
    }

    /// For plans that must keep all rules.
    pub(super) fn forbidding() -> Weights {
        Weights { load: FORBIDDING, warp: FORBIDDING }
    }

    /// Makes an overload dearer or cheaper.
    pub(super) fn scale_load(&mut self, percent: i64) {
        // Rounded up on the way up, so that a weight of 1 can grow.
        let more = if percent > 100 { 99 } else { 0 };
        self.load = ((self.load * percent + more) / 100).clamp(1, WEIGHT_MAX);
    }

    pub(super) fn for_repair(self) -> Weights {
        let more = |weight: i64| (weight * REPAIR).min(WEIGHT_MAX);
        Weights { load: more(self.load), warp: more(self.warp) }
    }

    #[inline]
    pub(super) fn penalty(&self, excess: i64, warp: i64) -> i64 {
        // Saturated: where hours are years apart, one plan is as bad as another.
        excess.saturating_mul(self.load).saturating_add(warp.saturating_mul(self.warp)) >> SHIFT
    }
}

/// Weights that follow what becomes of plans.
pub(super) struct Adapting {
    pub weights: Weights,
    seen: usize,
    load_kept: usize,
    time_kept: usize,
}

impl Adapting {
    pub(super) fn new(instance: &Instance) -> Adapting {
        Adapting { weights: Weights::new(instance), seen: 0, load_kept: 0, time_kept: 0 }
    }

    /// Notes one plan; whether the weights have changed.
    pub(super) fn note(&mut self, keeps_load: bool, keeps_time: bool) -> bool {
        self.seen += 1;
        self.load_kept += usize::from(keeps_load);
        self.time_kept += usize::from(keeps_time);
        if self.seen < EVERY {
            return false;
        }
        let step = |weight: i64, kept: usize| {
            let (by, of) = if kept * 100 < WANTED_PERCENT * EVERY { UP } else { DOWN };
            // Rounded up on the way up, so that a weight of 1 can grow.
            ((weight * by + if by > of { of - 1 } else { 0 }) / of).clamp(1, WEIGHT_MAX)
        };
        let close = |kept: usize| (kept * 100).abs_diff(WANTED_PERCENT * EVERY) <= 5 * EVERY;
        if !close(self.load_kept) {
            self.weights.load = step(self.weights.load, self.load_kept);
        }
        if !close(self.time_kept) {
            self.weights.warp = step(self.weights.warp, self.time_kept);
        }
        (self.seen, self.load_kept, self.time_kept) = (0, 0, 0);
        true
    }
}
