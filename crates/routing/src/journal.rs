//! What a step has changed, so that it can be taken back.

use crate::model::Model;
use crate::state::{ABSENT, Route, State, Stop};

/// Routes as they were before the step, and who was absent.
#[derive(Default)]
pub(crate) struct Journal {
    routes: Vec<(usize, Route)>,
    /// Routes of earlier steps, whose memory is used again.
    spare: Vec<Route>,
    stops: Vec<(u32, Stop)>,
    room: Vec<i64>,
    absent: Vec<u32>,
    cost: i64,
    /// Steps at which each vehicle was last noted.
    noted: Vec<u64>,
    step: u64,
}

impl Journal {
    /// Forgets the last step and begins the next.
    pub(crate) fn begin(&mut self, state: &State) {
        self.step += 1;
        self.noted.resize(state.routes.len(), 0);
        self.spare.extend(self.routes.drain(..).map(|(_, route)| route));
        self.stops.clear();
        self.room.clear();
        self.absent.clone_from(&state.absent);
        self.cost = state.cost;
    }

    pub(crate) fn has(&self, vehicle: usize) -> bool {
        self.noted[vehicle] == self.step
    }

    /// To be called before the first change to a route.
    pub(crate) fn note(&mut self, model: &Model, state: &State, vehicle: usize) {
        if std::mem::replace(&mut self.noted[vehicle], self.step) == self.step {
            return;
        }
        let now = &state.routes[vehicle];
        let mut jobs = self.spare.pop().unwrap_or_default().jobs;
        jobs.clone_from(&now.jobs);
        self.routes.push((vehicle, Route { jobs, ..*now }));
        if model.is_plain() {
            let ends = [model.start_node(vehicle), model.end_node(vehicle)];
            let nodes = now.jobs.iter().chain(&ends);
            self.stops.extend(nodes.map(|&node| (node, state.stops[node as usize])));
            let kinds = model.dimensions;
            self.room.extend_from_slice(&state.room[vehicle * kinds..(vehicle + 1) * kinds]);
        }
    }

    /// Vehicles changed by the step.
    pub(crate) fn vehicles(&self) -> impl Iterator<Item = usize> + '_ {
        self.routes.iter().map(|(vehicle, _)| *vehicle)
    }

    pub(crate) fn count(&self) -> usize {
        self.routes.len()
    }

    pub(crate) fn vehicle(&self, index: usize) -> usize {
        self.routes[index].0
    }

    pub(crate) fn undo(&mut self, model: &Model, state: &mut State) {
        let kinds = model.dimensions;
        for (index, (vehicle, route)) in self.routes.iter_mut().enumerate() {
            if model.is_plain() {
                std::mem::swap(&mut state.routes[*vehicle], route);
                let room = &self.room[index * kinds..(index + 1) * kinds];
                state.room[*vehicle * kinds..(*vehicle + 1) * kinds].copy_from_slice(room);
                state.list_if_idle(model, *vehicle);
            } else {
                state.routes[*vehicle].jobs.clone_from(&route.jobs);
            }
        }
        if !model.is_plain() {
            // Only once no job stands in two routes: refreshing one trip looks at others.
            self.routes.iter().for_each(|(vehicle, _)| {
                state.refresh(model, *vehicle);
            });
        }
        for &(node, stop) in &self.stops {
            state.stops[node as usize] = stop;
        }
        for &job in &self.absent {
            state.stops[job as usize].vehicle = ABSENT;
        }
        state.absent.clone_from(&self.absent);
        state.cost = self.cost;
    }
}
