//! One job to another place, in the same route or another.

use super::{At, Move, before, here, opening};
use crate::model::Model;
use crate::state::State;

/// Moves the job at `from` to stand before what is now at `to`.
pub(crate) fn relocate(model: &Model, state: &State, from: At, to: At) -> Option<Move> {
    move_string(model, state, from, to, 1)
}

/// Moves `length` jobs beginning at `from` to stand before what is now at `to`.
pub(super) fn move_string(
    model: &Model,
    state: &State,
    (source, first): At,
    (target, to): At,
    length: usize,
) -> Option<Move> {
    let jobs = &state.routes[source].jobs;
    if first + length > jobs.len() {
        return None;
    }
    let string = &jobs[first..first + length];
    let costs = model.costs(source);
    let (left, right) =
        (before(model, source, jobs, first), here(model, source, jobs, first + length));
    let head = model.place[string[0] as usize];
    let tail = model.place[string[length - 1] as usize];
    let removal = costs.get(left, right) - costs.get(left, head) - costs.get(tail, right);
    let mut rest = jobs.clone();
    rest.drain(first..first + length);
    if source == target {
        // Positions after the string have moved down.
        let at = if to > first { to.checked_sub(length)? } else { to };
        if at == first || (first + 1..first + length).contains(&to) || at > rest.len() {
            return None;
        }
        let (left, right) = (before(model, source, &rest, at), here(model, source, &rest, at));
        let insertion = costs.get(left, head) + costs.get(tail, right) - costs.get(left, right);
        rest.splice(at..at, string.iter().copied());
        return Some(Move { routes: vec![(source, rest)], delta: removal + insertion });
    }
    let others = &state.routes[target].jobs;
    let target_costs = model.costs(target);
    let (left, right) = (before(model, target, others, to), here(model, target, others, to));
    let mut insertion = target_costs.get(left, head) + target_costs.get(tail, right)
        - target_costs.get(left, right);
    // The string's own legs are paid at the target's prices.
    for pair in string.windows(2) {
        let (a, b) = (model.place[pair[0] as usize], model.place[pair[1] as usize]);
        insertion += target_costs.get(a, b) - costs.get(a, b);
    }
    let opened = opening(model, source, jobs.len(), rest.len())
        + opening(model, target, others.len(), others.len() + length);
    let mut longer = others.clone();
    longer.splice(to..to, string.iter().copied());
    Some(Move {
        routes: vec![(source, rest), (target, longer)],
        delta: removal + insertion + opened,
    })
}
