//! Changes a few weights instead of all: a street is closed, and only what leads over it is new.

use super::{Hierarchy, IN, IN_FLAG, OUT, Weights};
use crate::cost::{Cost, NEVER};
use crate::metric::Costs;
use crate::turns::Turns;
use std::collections::BTreeSet;

/// An arc of the hierarchy: lower state, direction, place in its half.
type Touched = (u32, usize, u32);

impl Hierarchy {
    /// Brings `weights` up to date after the costs of some arcs of the map changed. Equals
    /// [`Hierarchy::customize`] with the new costs.
    pub(crate) fn update(
        &self,
        turns: &Turns,
        costs: &Costs,
        changed_turns: &[usize],
        weights: &mut Weights,
    ) {
        // Lower states first: an arc is computed once, after everything below it.
        let mut open: BTreeSet<Touched> = BTreeSet::new();
        for &turn in changed_turns {
            let slot = self.slot[turn];
            if slot != u32::MAX {
                let direction = usize::from(slot & IN_FLAG != 0);
                let arc = slot & !IN_FLAG;
                open.insert((self.lower(direction, arc), direction, arc));
            }
        }
        while let Some((lower, direction, arc)) = open.pop_first() {
            let higher = self.halves[direction].head[arc as usize];
            let (from, to) = if direction == OUT { (lower, higher) } else { (higher, lower) };
            let over = self.triangles(from, to).map(|(down, up)| {
                weights.0[IN][down.arc as usize] + weights.0[OUT][up.arc as usize]
            });
            let base = self.base_weight(turns, costs, from, to);
            let new = over.min().map_or(base, |over| base.min(over)).min(NEVER);
            weights.1[direction][arc as usize] = new == base;
            let old = std::mem::replace(&mut weights.0[direction][arc as usize], new);
            if old != new {
                self.touch_above(weights, (lower, direction, arc), old, new, &mut open);
            }
        }
    }

    fn lower(&self, direction: usize, arc: u32) -> u32 {
        let first = &self.halves[direction].first;
        (first.partition_point(|&start| start <= arc) - 1) as u32
    }

    /// Marks the shortcuts over `lower` that led, or may now lead, over the changed arc.
    fn touch_above(
        &self,
        weights: &Weights,
        (lower, direction, arc): Touched,
        old: Cost,
        new: Cost,
        open: &mut BTreeSet<Touched>,
    ) {
        let higher = self.halves[direction].head[arc as usize];
        let partner = &self.halves[1 - direction];
        for other in partner.arcs(lower) {
            let end = partner.head[other];
            let more = weights.0[1 - direction][other];
            if end == higher || more >= NEVER {
                continue;
            }
            // Up by `OUT` to where the way ends, up by `IN` to where it begins.
            let (from, to) = if direction == OUT { (end, higher) } else { (higher, end) };
            let above = if from < to { OUT } else { IN };
            let low = from.min(to);
            let Some(found) = self.halves[above].find(low, from.max(to)) else { continue };
            let weight = weights.0[above][found];
            if weight == (old + more).min(NEVER) || new + more < weight {
                open.insert((low, above, found as u32));
            }
        }
    }
}
