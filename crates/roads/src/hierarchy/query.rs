//! From one place to another: up from both until they meet.

use super::{Hierarchy, IN, NO_PARENT, OUT, Weights};
use crate::cost::{Cost, NEVER};
use crate::list::span;

const NO_ARC: u32 = u32::MAX;

/// Working memory, reused from one query to the next.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    /// Best cost from the start (`OUT`) and to the end (`IN`), by rank.
    cost: [Vec<Cost>; 2],
    /// The lower state from which a state was reached.
    came: [Vec<u32>; 2],
    chain: [Vec<u32>; 2],
}

/// Where the two halves of the fastest way meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub cost: Cost,
    pub rank: u32,
}

impl Query {
    pub(crate) fn new(hierarchy: &Hierarchy) -> Query {
        let count = hierarchy.len();
        Query {
            cost: [vec![NEVER; count], vec![NEVER; count]],
            came: [vec![NO_ARC; count], vec![NO_ARC; count]],
            chain: [Vec::new(), Vec::new()],
        }
    }

    /// The fastest way from any of the starts to any of the ends, given as (rank, cost so far or
    /// to come).
    pub(crate) fn run(
        &mut self,
        hierarchy: &Hierarchy,
        weights: &Weights,
        starts: &[(u32, Cost)],
        ends: &[(u32, Cost)],
    ) -> Option<Meeting> {
        self.clear();
        self.climb(hierarchy, weights, OUT, starts);
        self.climb(hierarchy, weights, IN, ends);
        let [there, back] = &self.cost;
        let [up, down] = &self.chain;
        let shorter = if up.len() < down.len() { up } else { down };
        let meetings = shorter
            .iter()
            .map(|&rank| Meeting { cost: there[rank as usize] + back[rank as usize], rank });
        meetings.min_by_key(|meeting| meeting.cost).filter(|meeting| meeting.cost < NEVER / 2)
    }

    fn clear(&mut self) {
        for direction in [OUT, IN] {
            for &rank in &self.chain[direction] {
                self.cost[direction][rank as usize] = NEVER;
                self.came[direction][rank as usize] = NO_ARC;
            }
            self.chain[direction].clear();
        }
    }

    /// Relaxes all states above the first ones, in rising rank.
    fn climb(
        &mut self,
        hierarchy: &Hierarchy,
        weights: &Weights,
        direction: usize,
        first: &[(u32, Cost)],
    ) {
        let (half, weight) = (&hierarchy.halves[direction], &weights.0[direction]);
        let (arc_first, heads): (&[u32], &[u32]) = (&half.first, &half.head);
        let parent: &[u32] = &hierarchy.parent;
        let (cost, came) = (&mut self.cost[direction], &mut self.came[direction]);
        for &(rank, so_far) in first {
            cost[rank as usize] = cost[rank as usize].min(so_far);
        }
        let mut tips: Vec<u32> = first.iter().map(|&(rank, _)| rank).collect();
        while let Some(&rank) = tips.iter().min() {
            self.chain[direction].push(rank);
            let so_far = cost[rank as usize];
            if so_far < NEVER {
                let range = span(arc_first, rank);
                for (&head, &more) in heads[range.clone()].iter().zip(&weight[range]) {
                    if so_far + more < cost[head as usize] {
                        cost[head as usize] = so_far + more;
                        came[head as usize] = rank;
                    }
                }
            }
            let above = parent[rank as usize];
            tips.retain(|&tip| tip != rank);
            if above != NO_PARENT && !tips.contains(&above) {
                tips.push(above);
            }
        }
    }

    /// Ranks from the start to the meeting and on to the end, each with the next joined by an arc.
    pub(crate) fn ranks(&self, meeting: Meeting) -> Vec<u32> {
        let mut ranks = self.back_from(OUT, meeting.rank);
        ranks.reverse();
        ranks.push(meeting.rank);
        ranks.extend(self.back_from(IN, meeting.rank));
        ranks
    }

    fn back_from(&self, direction: usize, rank: u32) -> Vec<u32> {
        let came = &self.came[direction];
        let first = Some(came[rank as usize]).filter(|&lower| lower != NO_ARC);
        std::iter::successors(first, |&at| Some(came[at as usize]).filter(|&lower| lower != NO_ARC))
            .collect()
    }
}
