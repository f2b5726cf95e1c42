//! Orders within one purse and one room: what brings the most for what it takes comes first.
//!
//! For each item only quantities on the upper hull of worth over what they take are of use; taking
//! the steps of all hulls by falling slope solves the relaxed multiple-choice knapsack (Sinha and
//! Zoltners 1979). The slope of the first step that does not fit is the price of the limit.

use super::{Limit, NeedOutlook, Stakes};
use serde::{Deserialize, Serialize};

/// An order that is wanted, and what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ration {
    pub sku: String,
    pub position: i64,
    /// Wanted if there were no limits, in whole packs.
    pub qty: i64,
    pub moq: i64,
    pub pack: i64,
    pub unit_ml: i64,
    pub need: NeedOutlook,
    pub stakes: Stakes,
}

/// What there is for all together; `None` is without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Purse {
    pub budget_minor: Option<i64>,
    pub space_ml: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rationed {
    /// In the order of the input.
    pub quantities: Vec<i64>,
    /// For each, what cut it.
    pub limits: Vec<Limit>,
    pub spent_minor: i64,
    pub used_ml: i64,
    /// What the next minor unit of money, and the next liter of room, would bring, in thousandths
    /// of a minor unit; 0 where the limit does not bind.
    pub budget_price_milli: i64,
    pub liter_price_milli: i64,
}

/// Quantities of one item that are tried.
const STEPS_MAX: i64 = 200;

/// A step along an item's hull, up to `qty`.
struct Step {
    item: usize,
    qty: i64,
    slope: f64,
}

pub fn ration(wanted: &[Ration], purse: &Purse) -> Rationed {
    let mut steps: Vec<Step> =
        (0..wanted.len()).flat_map(|item| hull(item, &wanted[item], purse)).collect();
    // By name where the slope is equal, and an item's own steps in their order.
    steps.sort_by(|a, b| {
        let names = || wanted[a.item].sku.cmp(&wanted[b.item].sku);
        b.slope.total_cmp(&a.slope).then_with(names).then(a.qty.cmp(&b.qty))
    });
    let mut done = Rationed {
        quantities: vec![0; wanted.len()],
        limits: vec![Limit::None; wanted.len()],
        spent_minor: 0,
        used_ml: 0,
        budget_price_milli: 0,
        liter_price_milli: 0,
    };
    for step in steps {
        let one = &wanted[step.item];
        if done.limits[step.item] != Limit::None {
            continue;
        }
        let Some(limit) = done.over(one, step.item, step.qty, purse) else {
            done.take(one, step.item, step.qty);
            continue;
        };
        done.limits[step.item] = limit;
        done.price(one, step.item, step.qty, limit);
        // As much of the step as there is place for.
        let fitting = quantities(one).rev().find(|&qty| {
            qty > done.quantities[step.item]
                && qty < step.qty
                && done.over(one, step.item, qty, purse).is_none()
        });
        if let Some(qty) = fitting {
            done.take(one, step.item, qty);
        }
    }
    done
}

impl Rationed {
    /// The limit that an item at `qty` would break.
    fn over(&self, one: &Ration, item: usize, qty: i64, purse: &Purse) -> Option<Limit> {
        let more = qty - self.quantities[item];
        let money = self.spent_minor.saturating_add(one.minor(more));
        let room = self.used_ml.saturating_add(one.ml(more));
        if purse.budget_minor.is_some_and(|most| money > most) {
            return Some(Limit::Budget);
        }
        purse.space_ml.is_some_and(|most| room > most).then_some(Limit::Space)
    }

    fn take(&mut self, one: &Ration, item: usize, qty: i64) {
        let more = qty - self.quantities[item];
        self.spent_minor = self.spent_minor.saturating_add(one.minor(more));
        self.used_ml = self.used_ml.saturating_add(one.ml(more));
        self.quantities[item] = qty;
    }

    /// The first step that is refused brings the most: it is the price.
    fn price(&mut self, one: &Ration, item: usize, qty: i64, limit: Limit) {
        let before = self.quantities[item];
        let gain = one.worth(qty) - one.worth(before);
        let milli = |gain: f64, takes: f64| (gain * 1e3 / takes.max(1e-9)).round() as i64;
        if limit == Limit::Budget && self.budget_price_milli == 0 {
            self.budget_price_milli = milli(gain, one.minor(qty - before) as f64);
        } else if limit == Limit::Space && self.liter_price_milli == 0 {
            self.liter_price_milli = milli(gain, one.ml(qty - before) as f64 / 1e3);
        }
    }
}

impl Ration {
    fn worth(&self, qty: i64) -> f64 {
        self.stakes.worth(&self.need, self.position.saturating_add(qty))
    }

    fn minor(&self, qty: i64) -> i64 {
        let micro = i128::from(qty) * i128::from(self.stakes.unit_cost_micro.max(0));
        let minor = micro * i128::from(self.stakes.minor_per_major.max(1));
        // Up, so that many small roundings never exceed the purse.
        i64::try_from((minor + 999_999) / 1_000_000).unwrap_or(i64::MAX)
    }

    fn ml(&self, qty: i64) -> i64 {
        qty.saturating_mul(self.unit_ml.max(0))
    }
}

/// Whole packs from the minimum to what is wanted, in steps that keep their number small.
fn quantities(one: &Ration) -> impl DoubleEndedIterator<Item = i64> + use<> {
    let pack = one.pack.max(1);
    let least = (one.moq.max(1) - 1) / pack + 1;
    let most = one.qty.max(0) / pack;
    let each = ((most - least).max(0) / STEPS_MAX).max(1);
    let count = if most < least { 0 } else { (most - least) / each + 1 };
    (0..count).map(move |at| (most - (count - 1 - at) * each) * pack)
}

/// The quantities that bring more for what they take than any mix of others.
fn hull(item: usize, one: &Ration, purse: &Purse) -> Vec<Step> {
    let takes = |qty: i64| {
        let share = |takes: i64, of: Option<i64>| of.map(|of| takes as f64 / of.max(1) as f64);
        let money = share(one.minor(qty), purse.budget_minor).unwrap_or(0.0);
        money + share(one.ml(qty), purse.space_ml).unwrap_or(0.0) + qty as f64 * 1e-12
    };
    let start = (0_i64, 0.0, one.worth(0));
    let mut hull = vec![start];
    let slope = |a: &(i64, f64, f64), b: &(i64, f64, f64)| (b.2 - a.2) / (b.1 - a.1).max(1e-15);
    for qty in quantities(one) {
        let next = (qty, takes(qty), one.worth(qty));
        while hull.len() >= 2 {
            let (before, last) = (&hull[hull.len() - 2], &hull[hull.len() - 1]);
            if slope(before, last) > slope(last, &next) {
                break;
            }
            hull.pop();
        }
        hull.push(next);
    }
    let steps = hull.windows(2);
    steps
        .map(|pair| Step { item, qty: pair[1].0, slope: slope(&pair[0], &pair[1]) })
        // A step that is worth nothing was wanted for another reason, a minimum for instance.
        .filter(|step| step.slope > 0.0)
        .collect()
}
