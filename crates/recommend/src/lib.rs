//! What goes with what: co-purchase, popularity, and reasons a person can check.
//!
//! Architecture Invariant: pure. No clock, no randomness, no storage; the same purchases give the
//! same model, and a query does not change it. Names of customers stay outside: rows are pseudonyms.
//!
//! Data in -> data out: [`Purchase`]s -> [`Model`] -> [`Suggestion`]s.

mod baskets;
mod inverse;
mod ease;
mod neighbor;
mod popular;
mod blend;
mod model;

pub use baskets::Purchase;
pub use model::{Because, ITEMS_MAX, Model, Suggestion};
