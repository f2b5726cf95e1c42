//! Two routes exchange their ends.

use super::{At, Move, before, here, opening};
use crate::model::Model;
use crate::state::State;

/// The first `i` jobs of one route are followed by what the other has from `j` on, and vice versa.
pub(crate) fn two_opt_star(
    model: &Model,
    state: &State,
    (one, i): At,
    (two, j): At,
) -> Option<Move> {
    let (jobs, others) = (&state.routes[one].jobs, &state.routes[two].jobs);
    if one == two || i > jobs.len() || j > others.len() || (i == 0 && j == 0) {
        return None;
    }
    let join = |vehicle: usize, head: &[u32], tail: &[u32]| -> Vec<u32> {
        debug_assert!(vehicle < state.routes.len());
        head.iter().chain(tail).copied().collect()
    };
    let (longer, shorter) =
        (join(one, &jobs[..i], &others[j..]), join(two, &others[..j], &jobs[i..]));
    let delta = rejoined(model, one, jobs, i, (two, others, j))
        + rejoined(model, two, others, j, (one, jobs, i))
        + opening(model, one, jobs.len(), longer.len())
        + opening(model, two, others.len(), shorter.len());
    Some(Move { routes: vec![(one, longer), (two, shorter)], delta })
}

/// What changes for `vehicle` when its jobs from `at` on give way to another's from `from` on.
fn rejoined(
    model: &Model,
    vehicle: usize,
    jobs: &[u32],
    at: usize,
    (other, others, from): (usize, &[u32], usize),
) -> i64 {
    let costs = model.costs(vehicle);
    let legs = |jobs: &[u32], driver: usize| -> i64 {
        // Legs after the joint, the last one to this vehicle's own end.
        let places: Vec<u32> = jobs.iter().map(|&job| model.place[job as usize]).collect();
        let end = model.problem.vehicles[driver].end as u32;
        let inner: i64 = places.windows(2).map(|pair| costs.get(pair[0], pair[1])).sum();
        inner + places.last().map_or(0, |&last| costs.get(last, end))
    };
    let left = before(model, vehicle, jobs, at);
    let own_end = model.problem.vehicles[vehicle].end as u32;
    let right = match others.get(from) {
        Some(_) => here(model, other, others, from),
        None => own_end,
    };
    costs.get(left, right) + legs(&others[from..], vehicle)
        - costs.get(left, here(model, vehicle, jobs, at))
        - legs(&jobs[at..], vehicle)
}
