//! Plans that keep the rules and plans that do not, each group ranked by cost and by how much it
//! differs from the others. Vidal et al. 2012, sections 4.3 and 4.5; numbers from Vidal 2022.

use super::individual::Individual;
use super::weights::Weights;
use crate::chance::Chance;

/// Smallest size of a group to begin with, after how many plans it grows by one, and how far: few
/// plans are bred quickly where time is short for the number of jobs, many stay different in the
/// long run.
const SIZE_MIN: usize = 6;
const GROW_EVERY: usize = 250;
const SIZE_MAX: usize = 25;
/// How much larger a group may become before the worst are dropped.
const GROWTH_PERCENT: usize = 160;
/// Best plans that diversity cannot drop, and how many neighbors diversity is measured against.
const ELITE: usize = 4;
const CLOSE: usize = 5;

struct Member {
    plan: Individual,
    id: u64,
    /// Differences from the other members, smallest first.
    distances: Vec<(u32, u64)>,
    fitness: f64,
}

#[derive(Default)]
struct Group(Vec<Member>);

pub(super) struct Population {
    feasible: Group,
    infeasible: Group,
    symmetric: bool,
    next_id: u64,
}

impl Population {
    pub(super) fn new(symmetric: bool) -> Population {
        Population {
            feasible: Group::default(),
            infeasible: Group::default(),
            symmetric,
            next_id: 0,
        }
    }

    pub(super) fn add(&mut self, plan: Individual, weights: &Weights) {
        self.next_id += 1;
        let (id, symmetric) = (self.next_id, self.symmetric);
        let size = (SIZE_MIN + self.next_id as usize / GROW_EVERY).min(SIZE_MAX);
        let group = if plan.is_feasible() { &mut self.feasible } else { &mut self.infeasible };
        group.add(plan, (id, size), symmetric, weights);
    }

    /// The better of two, drawn from both groups, by rank.
    pub(super) fn parent(&self, chance: &mut Chance) -> &Individual {
        let members = (&self.feasible.0, &self.infeasible.0);
        let mut draw = || {
            let index = chance.below(members.0.len() + members.1.len());
            members.0.get(index).unwrap_or_else(|| &members.1[index - members.0.len()])
        };
        let (one, two) = (draw(), draw());
        if one.fitness <= two.fitness { &one.plan } else { &two.plan }
    }

    pub(super) fn reweigh(&mut self, weights: &Weights) {
        self.feasible.rank(weights);
        self.infeasible.rank(weights);
    }
}

impl Group {
    fn add(
        &mut self,
        plan: Individual,
        (id, size): (u64, usize),
        symmetric: bool,
        weights: &Weights,
    ) {
        let mut distances = Vec::with_capacity(self.0.len() + 1);
        for member in &mut self.0 {
            let distance = plan.distance(&member.plan, symmetric);
            let at = member.distances.partition_point(|&(other, _)| other <= distance);
            member.distances.insert(at, (distance, id));
            distances.push((distance, member.id));
        }
        distances.sort_unstable();
        self.0.push(Member { plan, id, distances, fitness: 0.0 });
        self.rank(weights);
        if self.0.len() > size + size * GROWTH_PERCENT / 100 {
            while self.0.len() > size {
                self.drop_worst();
                self.rank(weights);
            }
        }
    }

    /// Biased fitness: rank by cost plus rank by difference, the latter weighing less the fewer
    /// plans are not among the best.
    fn rank(&mut self, weights: &Weights) {
        let size = self.0.len();
        self.0.sort_by_key(|member| (member.plan.penalized(weights), member.id));
        let mut by_difference: Vec<(f64, usize)> =
            self.0.iter().enumerate().map(|(at, member)| (-member.difference(), at)).collect();
        by_difference.sort_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
        let weight = 1.0 - ELITE.min(size) as f64 / size.max(1) as f64;
        for (rank, &(_, at)) in by_difference.iter().enumerate() {
            self.0[at].fitness = (at as f64 + weight * rank as f64) / size as f64;
        }
    }

    /// Copies go first, then the worst rank; the best of all stays.
    fn drop_worst(&mut self) {
        let is_copy = |member: &Member| member.distances.first().is_some_and(|near| near.0 == 0);
        let key = |at: &usize| (is_copy(&self.0[*at]), self.0[*at].fitness);
        let worst = (1..self.0.len())
            .max_by(|one, two| key(one).0.cmp(&key(two).0).then(key(one).1.total_cmp(&key(two).1)));
        let Some(worst) = worst else { return };
        let gone = self.0.remove(worst).id;
        for member in &mut self.0 {
            member.distances.retain(|&(_, id)| id != gone);
        }
    }
}

impl Member {
    /// Mean difference from the plans most like it.
    fn difference(&self) -> f64 {
        let close = &self.distances[..CLOSE.min(self.distances.len())];
        let sum: u32 = close.iter().map(|&(distance, _)| distance).sum();
        f64::from(sum) / close.len().max(1) as f64
    }
}
