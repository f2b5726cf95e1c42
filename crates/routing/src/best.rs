//! The best plan so far, kept up by copying only the routes that changed since.

use crate::journal::Journal;
use crate::model::Model;
use crate::state::{ABSENT, State};

#[derive(Clone)]
pub(crate) struct Best {
    pub routes: Vec<Vec<u32>>,
    pub absent: Vec<u32>,
    pub cost: i64,
    /// Vehicles whose route may differ from the one kept here.
    changed: Vec<u32>,
    is_changed: Vec<bool>,
}

impl Best {
    pub(crate) fn new(state: &State) -> Best {
        Best {
            routes: state.routes.iter().map(|route| route.jobs.clone()).collect(),
            absent: state.absent.clone(),
            cost: state.cost,
            changed: Vec::new(),
            is_changed: vec![false; state.routes.len()],
        }
    }

    /// To be called after each step that was not taken back; keeps the plan if it is better.
    pub(crate) fn watch(&mut self, state: &State, journal: &Journal) {
        for vehicle in journal.vehicles() {
            if !std::mem::replace(&mut self.is_changed[vehicle], true) {
                self.changed.push(vehicle as u32);
            }
        }
        if state.cost < self.cost {
            self.cost = state.cost;
            self.absent.clone_from(&state.absent);
            for vehicle in self.changed.drain(..) {
                let vehicle = vehicle as usize;
                self.is_changed[vehicle] = false;
                self.routes[vehicle].clone_from(&state.routes[vehicle].jobs);
            }
        }
    }

    /// Makes `state` the best plan again.
    pub(crate) fn restore(&mut self, model: &Model, state: &mut State) {
        let changed = std::mem::take(&mut self.changed);
        changed.iter().for_each(|&vehicle| self.is_changed[vehicle as usize] = false);
        self.load_routes(model, state, &changed);
    }

    /// Makes any state the best plan.
    pub(crate) fn load(&self, model: &Model, state: &mut State) {
        let differs =
            |vehicle: &u32| state.routes[*vehicle as usize].jobs != self.routes[*vehicle as usize];
        let changed: Vec<u32> = (0..self.routes.len() as u32).filter(differs).collect();
        self.load_routes(model, state, &changed);
    }

    fn load_routes(&self, model: &Model, state: &mut State, vehicles: &[u32]) {
        for vehicle in vehicles.iter().map(|&vehicle| vehicle as usize) {
            state.routes[vehicle].jobs.clone_from(&self.routes[vehicle]);
        }
        for &vehicle in vehicles {
            state.refresh(model, vehicle as usize);
        }
        for &job in &self.absent {
            state.stops[job as usize].vehicle = ABSENT;
        }
        state.absent.clone_from(&self.absent);
        state.cost = self.cost;
    }
}
