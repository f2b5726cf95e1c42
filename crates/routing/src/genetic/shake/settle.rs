//! The local search around the jobs that were touched.

use super::Shaking;

/// Partners with which moves are tried.
const PARTNERS: usize = 14;

impl Shaking<'_> {
    pub(super) fn enqueue(&mut self, node: u32) {
        if self.tour.is_job(node) && !std::mem::replace(&mut self.is_queued[node as usize], true) {
            self.queue.push(node);
        }
    }

    pub(super) fn queue_all(&mut self) {
        (0..self.tour.instance.depot()).for_each(|job| self.enqueue(job));
    }

    /// Descends around the queued jobs.
    pub(super) fn settle(&mut self) {
        while let Some(job) = self.queue.pop() {
            self.is_queued[job as usize] = false;
            self.improve(job);
        }
    }

    /// A change that helps has a leg that is shorter than the one it replaces at one of its ends
    /// (Lin and Kernighan 1973): partners farther than the job's own legs wait for their own turn.
    fn improve(&mut self, job: u32) {
        let instance = self.tour.instance;
        for &partner in instance.partners(job).iter().take(PARTNERS) {
            let way = instance.cost(job, partner).min(instance.cost(partner, job));
            if way >= self.reach(job) {
                continue;
            }
            let beside = self.beside(job, partner);
            let helped = self.tour.improve_behind::<false>(job, partner)
                || self.tour.improve_behind::<false>(partner, job);
            if helped {
                let now = self.beside(job, partner);
                beside.into_iter().chain(now).chain([job, partner]).for_each(|n| self.enqueue(n));
            }
        }
    }

    /// The longer of the legs to and from a job.
    #[inline]
    fn reach(&self, job: u32) -> i64 {
        let node = self.tour.node(job);
        node.leg.max(self.tour.node(node.previous).leg)
    }

    /// Who stands beside two jobs. Only that, not the nodes as a whole: this is asked before every
    /// move that is tried.
    #[inline]
    fn beside(&self, one: u32, two: u32) -> [u32; 4] {
        let (one, two) = (self.tour.node(one), self.tour.node(two));
        [one.previous, one.next, two.previous, two.next]
    }
}
