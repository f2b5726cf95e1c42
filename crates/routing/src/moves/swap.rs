//! Two jobs change places.

use super::{At, Move, before, here};
use crate::model::Model;
use crate::state::State;

/// Exchanges the jobs at `a` and `b`; neighbors in one route are left to relocate.
pub(crate) fn swap(model: &Model, state: &State, (one, i): At, (two, j): At) -> Option<Move> {
    let (jobs, others) = (&state.routes[one].jobs, &state.routes[two].jobs);
    let (&first, &second) = (jobs.get(i)?, others.get(j)?);
    if one == two && i.abs_diff(j) <= 1 {
        return None;
    }
    let exchange = |vehicle: usize, jobs: &[u32], at: usize, incoming: u32| {
        let costs = model.costs(vehicle);
        let (left, right) = (before(model, vehicle, jobs, at), here(model, vehicle, jobs, at + 1));
        let (old, new) = (model.place[jobs[at] as usize], model.place[incoming as usize]);
        costs.get(left, new) + costs.get(new, right) - costs.get(left, old) - costs.get(old, right)
    };
    let delta = exchange(one, jobs, i, second) + exchange(two, others, j, first);
    let mut jobs = jobs.clone();
    if one == two {
        jobs.swap(i, j);
        return Some(Move { routes: vec![(one, jobs)], delta });
    }
    let mut others = others.clone();
    jobs[i] = second;
    others[j] = first;
    Some(Move { routes: vec![(one, jobs), (two, others)], delta })
}
