//! Takes jobs out: strings of them from neighboring routes.

use super::Shaking;
use crate::chance::Chance;

/// Mean number of jobs removed, and the longest string of them.
const REMOVED_MEAN: f64 = 10.0;
const STRING_MAX: f64 = 10.0;

impl Shaking<'_> {
    pub(super) fn ruin(&mut self, chance: &mut Chance) {
        self.removed.clear();
        self.touched.clear();
        let instance = self.tour.instance;
        let seed = chance.below(instance.jobs) as u32;
        let longest = STRING_MAX.min(f64::from(self.tour.line_of(seed).count)).max(1.0);
        let strings_max = 4.0 * REMOVED_MEAN / (1.0 + longest) - 1.0;
        let strings = (chance.unit() * strings_max) as usize + 1;
        for &job in std::iter::once(&seed).chain(instance.partners(seed)) {
            let route = self.tour.node(job).route;
            if self.tour.is_out(job) || self.touched.contains(&route) {
                continue;
            }
            self.touched.push(route);
            let most = longest.min(f64::from(self.tour.line_of(job).count));
            self.cut(job, 1 + (chance.unit() * (most - 0.01)) as usize, chance);
            if self.touched.len() >= strings {
                break;
            }
        }
    }

    /// Removes `length` jobs in a row, one of which is `job`.
    fn cut(&mut self, job: u32, length: usize, chance: &mut Chance) {
        let at = self.tour.node(job).at as usize;
        let count = self.tour.line_of(job).count as usize;
        let low = (at + 1).saturating_sub(length).max(1);
        let high = at.min(count + 1 - length);
        let mut first = job;
        for _ in 0..at - (low + chance.below(high - low + 1)) {
            first = self.tour.node(first).previous;
        }
        let mut after = first;
        for _ in 0..length {
            self.removed.push(after);
            after = self.tour.node(after).next;
        }
        let before = self.tour.node(first).previous;
        self.tour.take_out(first, length);
        self.enqueue(before);
        self.enqueue(after);
    }
}
