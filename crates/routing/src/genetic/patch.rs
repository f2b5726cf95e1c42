//! Changes of routes that work out only what putting jobs back in looks at: links, legs, and the
//! cost, load and number of jobs of a route. Everything else waits for [`Tour::refresh`].

use super::tour::Tour;

/// The route of a job that is in none.
const OUT: u32 = u32::MAX;

impl Tour<'_> {
    #[inline]
    pub(super) fn is_out(&self, job: u32) -> bool {
        self.node(job).route == OUT
    }

    /// Takes out `count` jobs in a row.
    pub(super) fn take_out(&mut self, first: u32, count: usize) {
        let (before, route) = (self.node(first).previous, self.node(first).route);
        let (mut legs, mut load) = (self.node(before).leg, 0);
        let mut node = first;
        for _ in 0..count {
            load += self.load_of(node);
            let here = &mut self.nodes[node as usize];
            legs += here.leg;
            here.route = OUT;
            node = here.next;
        }
        let leg = self.join_up(before, node);
        let line = &mut self.lines[route as usize];
        line.cost += leg - legs;
        line.load -= load;
        line.count -= count as u32;
        self.note_dirty(route);
    }

    /// Puts a job that is out behind a node.
    pub(super) fn put_in(&mut self, job: u32, after: u32) {
        let (route, next, gone) =
            (self.node(after).route, self.node(after).next, self.node(after).leg);
        let legs = self.join_up(after, job) + self.join_up(job, next);
        self.nodes[job as usize].route = route;
        let load = self.load_of(job);
        let line = &mut self.lines[route as usize];
        line.cost += legs - gone;
        line.load += load;
        line.count += 1;
        self.note_dirty(route);
    }

    /// Links two nodes; the cost of the leg between them.
    fn join_up(&mut self, before: u32, after: u32) -> i64 {
        self.link(before, after);
        let leg = self.instance.cost(before, after);
        self.nodes[before as usize].leg = leg;
        leg
    }
}
