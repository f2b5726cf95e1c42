//! Several searches side by side. This crate starts no threads: the caller runs [`crate::solve`]
//! once per island, each with the seed of its number, and keeps the best.

use crate::problem::Problem;
use crate::solution::Solution;

/// The seed of one island. The first has the seed itself, so that one thread gives what it always
/// gave.
pub fn island_seed(seed: u64, island: usize) -> u64 {
    seed.wrapping_add((island as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The best of several solutions, the first of equals: fewest jobs left out that must be done,
/// then the least cost.
pub fn best_of(
    problem: &Problem,
    solutions: impl IntoIterator<Item = Solution>,
) -> Option<Solution> {
    let missed = |solution: &Solution| {
        solution.unassigned.iter().filter(|&&job| problem.jobs[job].prize.is_none()).count()
    };
    solutions.into_iter().min_by_key(|solution| (missed(solution), solution.cost))
}
