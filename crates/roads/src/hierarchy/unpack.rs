//! From shortcuts back to the turns they stand for.

use super::{Below, Hierarchy, IN, OUT, Weights};
use crate::cost::Cost;
use crate::turns::Turns;

impl Hierarchy {
    /// The states driven along `ranks`, of which each two neighbors are joined by an arc.
    pub(crate) fn unpack(
        &self,
        turns: &Turns,
        arc_costs: &[Cost],
        weights: &Weights,
        ranks: &[u32],
    ) -> Vec<u32> {
        let mut states: Vec<u32> =
            ranks.first().map(|&rank| self.state[rank as usize]).into_iter().collect();
        let mut open: Vec<(u32, u32)> =
            ranks.windows(2).rev().map(|pair| (pair[0], pair[1])).collect();
        while let Some((from, to)) = open.pop() {
            match self.middle(turns, arc_costs, weights, from, to) {
                Some(middle) => open.extend([(middle, to), (from, middle)]),
                None => states.push(self.state[to as usize]),
            }
        }
        states
    }

    /// The lower state over which a shortcut leads, or `None` for a turn.
    fn middle(
        &self,
        turns: &Turns,
        arc_costs: &[Cost],
        weights: &Weights,
        from: u32,
        to: u32,
    ) -> Option<u32> {
        let direction = if from < to { OUT } else { IN };
        let arc = self.halves[direction].find(from.min(to), from.max(to))?;
        let weight = weights.0[direction][arc];
        if weight == self.base_weight(turns, arc_costs, from, to) {
            return None;
        }
        // Down from `from` to the middle, then up to `to`.
        self.triangles(from, to)
            .find(|&(down, up)| {
                weights.0[IN][down.arc as usize] + weights.0[OUT][up.arc as usize] == weight
            })
            .map(|(down, _)| down.lower)
    }

    /// Every lower state one can drive to from `from` and from there to `to`, with both arcs.
    pub(super) fn triangles(&self, from: u32, to: u32) -> impl Iterator<Item = (Below, Below)> {
        let mut down = self.halves[IN].below(from);
        let mut up = self.halves[OUT].below(to);
        let lower = from.min(to);
        std::iter::from_fn(move || {
            while let (Some(&a), Some(&b)) = (down.first(), up.first()) {
                if a.lower >= lower || b.lower >= lower {
                    return None;
                }
                if a.lower == b.lower {
                    (down, up) = (&down[1..], &up[1..]);
                    return Some((a, b));
                }
                if a.lower < b.lower { down = &down[1..] } else { up = &up[1..] }
            }
            None
        })
    }
}
