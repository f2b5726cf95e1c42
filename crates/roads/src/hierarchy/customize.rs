//! Fills in what shortcuts weigh.

use super::{Hierarchy, IN, IN_FLAG, OUT};
use crate::cost::{Cost, NEVER};
use crate::list::span;
use crate::metric::Costs;
use crate::turns::{Turns, turn_cost};

/// Weight of every arc, by direction; never more than [`NEVER`].
#[derive(Debug, Clone)]
pub(crate) struct Weights(
    pub [Vec<Cost>; 2],
    /// Whether the arc weighs what its turn alone does, so that nothing is to be unpacked.
    pub [Vec<bool>; 2],
);

impl Hierarchy {
    /// Weights for the costs of whole arcs of the map; `NEVER` closes an arc.
    pub(crate) fn customize(&self, turns: &Turns, costs: &Costs) -> Weights {
        let mut weights = self.base_weights(turns, costs);
        let mut best = vec![NEVER; self.len()];
        for state in 0..self.len() as u32 {
            for direction in [OUT, IN] {
                self.customize_state(state, direction, &mut weights, &mut best);
            }
        }
        weights
    }

    /// The turns alone.
    fn base_weights(&self, turns: &Turns, costs: &Costs) -> Weights {
        let mut weights = self.halves.each_ref().map(|half| vec![NEVER; half.head.len()]);
        for state in 0..self.len() as u32 {
            for turn in turns.range(state) {
                let slot = self.slot[turn];
                if slot != u32::MAX {
                    let direction = usize::from(slot & IN_FLAG != 0);
                    weights[direction][(slot & !IN_FLAG) as usize] =
                        turn_cost(turns, costs, state, turn);
                }
            }
        }
        let turns_alone = weights.each_ref().map(|weights| vec![true; weights.len()]);
        Weights(weights, turns_alone)
    }

    /// The arcs at one lower state, over all states below it, which are finished.
    fn customize_state(
        &self,
        state: u32,
        direction: usize,
        weights: &mut Weights,
        best: &mut [Cost],
    ) {
        let (half, other) = (&self.halves[direction], &self.halves[1 - direction]);
        let (first_arc, arc_heads): (&[u32], &[u32]) = (&half.first, &half.head);
        let arcs = span(first_arc, state);
        if arcs.is_empty() {
            return;
        }
        let own = &mut weights.0[direction];
        for arc in arcs.clone() {
            best[arc_heads[arc] as usize] = own[arc];
        }
        for below in other.below(state) {
            let first = weights.0[1 - direction][below.arc as usize];
            if first >= NEVER {
                continue;
            }
            let range = span(first_arc, below.lower);
            let heads = arc_heads[range.clone()].iter().rev();
            for (&head, &second) in heads.zip(weights.0[direction][range].iter().rev()) {
                if head <= state {
                    break;
                }
                let place = &mut best[head as usize];
                *place = (*place).min(first + second);
            }
        }
        let own = &mut weights.0[direction];
        let alone = &mut weights.1[direction];
        for arc in arcs {
            let new = best[arc_heads[arc] as usize];
            alone[arc] = own[arc] == new;
            own[arc] = new;
        }
    }

    /// What the turn from one rank to another weighs by itself.
    pub(super) fn base_weight(&self, turns: &Turns, costs: &Costs, from: u32, to: u32) -> Cost {
        let (from, to) = (self.state[from as usize], self.state[to as usize]);
        turns
            .range(from)
            .filter(|&turn| turns.to[turn] == to)
            .map(|turn| turn_cost(turns, costs, from, turn))
            .min()
            .unwrap_or(NEVER)
    }
}
