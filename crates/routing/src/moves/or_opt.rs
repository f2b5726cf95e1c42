//! Two or three jobs in a row to another place.

use super::relocate::move_string;
use super::{At, Move};
use crate::model::Model;
use crate::state::State;

/// Moves the string of three, or else of two, at `from` to stand before what is now at `to`:
/// whichever gains more.
pub(crate) fn or_opt(model: &Model, state: &State, from: At, to: At) -> Option<Move> {
    let options = [2, 3].into_iter().filter_map(|n| move_string(model, state, from, to, n));
    options.min_by_key(|option| option.delta)
}
