//! What trips of one vehicle tell each other: when it is back, and when it must be.

use crate::model::Model;
use crate::state::State;

impl State {
    /// Later trips begin when this one has ended, earlier ones must end when this one begins.
    pub(crate) fn tell_other_trips(&mut self, model: &Model, vehicle: usize) -> bool {
        let mut fine = true;
        let mut trip = vehicle;
        while let Some(later) = model.later_trip[trip] {
            let loading = model.problem.vehicles[trip].reload_duration;
            let route = &self.routes[trip];
            let ready = if route.jobs.is_empty() { route.ready } else { route.finish + loading };
            trip = later as usize;
            self.routes[trip].ready = ready;
            fine &= self.retime(model, trip);
        }
        trip = vehicle;
        while let Some(earlier) = model.earlier_trip[trip] {
            let loading = model.problem.vehicles[trip].reload_duration;
            let route = &self.routes[trip];
            let due = if route.jobs.is_empty() { route.due } else { route.begin_by - loading };
            trip = earlier as usize;
            self.routes[trip].due = due;
            fine &= self.retime(model, trip);
        }
        fine
    }

    fn retime(&mut self, model: &Model, vehicle: usize) -> bool {
        let jobs = std::mem::take(&mut self.routes[vehicle].jobs);
        let mut fine = self.time(model, vehicle, &jobs);
        if model.needs_spans {
            fine &= self.stretch(model, vehicle, &jobs);
        }
        self.routes[vehicle].jobs = jobs;
        fine
    }
}
