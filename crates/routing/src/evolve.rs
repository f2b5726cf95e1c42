//! A few plans annealed apart, then crossed: each child is annealed a little and takes the place
//! of the worst. One long annealing settles early on how many routes there are and where; crossing
//! what several found mends that.

use crate::anneal::Annealing;
use crate::best::Best;
use crate::budget::Budget;
use crate::chance::Chance;
use crate::cross::cross;
use crate::model::Model;
use crate::plan::fresh;

/// Plans kept, the share of the budget that goes into the first of them, and into each child.
const PLANS: usize = 5;
const FIRST_SHARE: f64 = 0.5;
const CHILD_SHARE: f64 = 0.04;
/// How hot a child is annealed, compared with a plan from nothing.
const CHILD_HEAT: f64 = 0.2;

pub(crate) fn evolve(
    model: &Model,
    annealing: &mut Annealing,
    budget: &mut Budget,
    chance: &mut Chance,
    (hot, cold): (f64, f64),
) {
    let begun = budget.share;
    let mut plans: Vec<Best> = Vec::new();
    while plans.len() < PLANS && budget.share < 1.0 {
        if !plans.is_empty() {
            annealing.state = fresh(model, chance);
            annealing.best = Best::new(&annealing.state);
        }
        let until = begun + (1.0 - begun) * FIRST_SHARE * (plans.len() + 1) as f64 / PLANS as f64;
        annealing.run(budget, chance, (hot, cold), until.max(budget.share + 1e-6));
        plans.push(annealing.best.clone());
    }
    while budget.share < 1.0 {
        let one = chance.below(plans.len());
        let two = (one + 1 + chance.below(plans.len() - 1)) % plans.len();
        plans[one].load(model, &mut annealing.state);
        cross(model, &mut annealing.state, &plans[two], chance);
        annealing.best = Best::new(&annealing.state);
        let until = (budget.share + CHILD_SHARE).min(1.0);
        annealing.run(budget, chance, (hot * CHILD_HEAT, cold), until);
        let born = &annealing.best;
        let worst = (0..plans.len()).max_by_key(|&index| plans[index].cost);
        let is_new = plans.iter().all(|plan| plan.cost != born.cost);
        if let Some(worst) = worst.filter(|&worst| is_new && born.cost < plans[worst].cost) {
            plans[worst] = born.clone();
        }
    }
    if let Some(best) = plans.iter().min_by_key(|plan| plan.cost) {
        best.load(model, &mut annealing.state);
    }
}
