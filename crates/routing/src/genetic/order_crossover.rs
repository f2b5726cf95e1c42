//! Order crossover (OX): a piece of one parent's tour stays where it is, the rest follows in the
//! other parent's order (Oliver, Smith and Holland 1987; in Prins 2004 for routes).

use super::individual::Individual;
use super::instance::Instance;
use super::split::split;
use super::weights::Weights;
use crate::chance::Chance;

pub(super) fn order_crossover(
    instance: &Instance,
    weights: &Weights,
    (one, two): (&Individual, &Individual),
    chance: &mut Chance,
) -> Vec<Vec<u32>> {
    let first: Vec<u32> = one.routes.concat();
    let second: Vec<u32> = two.routes.concat();
    let count = first.len();
    let start = chance.below(count);
    let length = 1 + chance.below(count - 1);
    let mut tour = Vec::with_capacity(count);
    let mut taken = vec![false; count];
    for offset in 0..length {
        let job = first[(start + offset) % count];
        taken[job as usize] = true;
        tour.push(job);
    }
    let end = start + length;
    for offset in 0..count {
        let job = second[(end + offset) % count];
        if !taken[job as usize] {
            tour.push(job);
        }
    }
    // The tour begins where the first parent's does, so that whole routes survive.
    tour.rotate_right(start % count);
    split(instance, weights, &tour)
}
