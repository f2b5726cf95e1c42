//! From shortcuts back to the turns they stand for.

use super::{Below, Hierarchy, IN, OUT, Weights};

impl Hierarchy {
    /// The states driven along `ranks`, of which each two neighbors are joined by an arc.
    pub(crate) fn unpack(&self, weights: &Weights, ranks: &[u32]) -> Vec<u32> {
        let mut states: Vec<u32> =
            ranks.first().map(|&rank| self.state[rank as usize]).into_iter().collect();
        let joined = ranks.windows(2).rev().filter_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let direction = if from < to { OUT } else { IN };
            let arc = self.halves[direction].find(from.min(to), from.max(to))?;
            Some((from, to, arc))
        });
        let mut open: Vec<(u32, u32, usize)> = joined.collect();
        while let Some((from, to, arc)) = open.pop() {
            match self.middle(weights, from, to, arc) {
                Some((down, up)) => {
                    open.push((up.lower, to, up.arc as usize));
                    open.push((from, down.lower, down.arc as usize));
                }
                None => states.push(self.state[to as usize]),
            }
        }
        states
    }

    /// The two arcs over a lower state that a shortcut stands for, or `None` for a turn.
    fn middle(&self, weights: &Weights, from: u32, to: u32, arc: usize) -> Option<(Below, Below)> {
        let direction = if from < to { OUT } else { IN };
        if weights.1[direction][arc] {
            return None;
        }
        let weight = weights.0[direction][arc];
        // Down from `from` to the middle, then up to `to`.
        self.triangles(from, to).find(|&(down, up)| {
            weights.0[IN][down.arc as usize] + weights.0[OUT][up.arc as usize] == weight
        })
    }

    /// Every lower state one can drive to from `from` and from there to `to`, with both arcs.
    pub(super) fn triangles(&self, from: u32, to: u32) -> impl Iterator<Item = (Below, Below)> {
        let lower = from.min(to);
        let under = |list: &'_ [Below]| list.partition_point(|below| below.lower < lower);
        let (down, up) = (self.halves[IN].below(from), self.halves[OUT].below(to));
        let (mut down, mut up) = (&down[..under(down)], &up[..under(up)]);
        std::iter::from_fn(move || {
            while let (Some(&a), Some(&b)) = (down.first(), up.first()) {
                if a.lower == b.lower {
                    (down, up) = (&down[1..], &up[1..]);
                    return Some((a, b));
                }
                if a.lower < b.lower {
                    down = skip_to(down, b.lower);
                } else {
                    up = skip_to(up, a.lower);
                }
            }
            None
        })
    }
}

/// The list from `lower` on: steps double, because one list is often much longer than the other.
fn skip_to(list: &[Below], lower: u32) -> &[Below] {
    let mut step = 1;
    while list.get(step).is_some_and(|below| below.lower < lower) {
        step *= 2;
    }
    let within = &list[step / 2..list.len().min(step + 1)];
    &list[step / 2 + within.partition_point(|below| below.lower < lower)..]
}
