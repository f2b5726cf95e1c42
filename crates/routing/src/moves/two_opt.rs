//! A piece of one route driven the other way round.

use super::{At, Move, before, here};
use crate::model::Model;
use crate::state::State;

/// Reverses the jobs from `a` to `b`, both included, of one route.
pub(crate) fn two_opt(
    model: &Model,
    state: &State,
    (vehicle, first): At,
    (other, last): At,
) -> Option<Move> {
    let jobs = &state.routes[vehicle].jobs;
    if vehicle != other || first >= last || last >= jobs.len() {
        return None;
    }
    let costs = model.costs(vehicle);
    let place = |at: usize| model.place[jobs[at] as usize];
    let (left, right) = (before(model, vehicle, jobs, first), here(model, vehicle, jobs, last + 1));
    let mut delta = costs.get(left, place(last)) + costs.get(place(first), right)
        - costs.get(left, place(first))
        - costs.get(place(last), right);
    // One-way streets: the inner legs cost something else in the other direction.
    for at in first..last {
        delta += costs.get(place(at + 1), place(at)) - costs.get(place(at), place(at + 1));
    }
    let mut jobs = jobs.clone();
    jobs[first..=last].reverse();
    Some(Move { routes: vec![(vehicle, jobs)], delta })
}
