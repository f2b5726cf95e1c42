//! What goes with what: co-purchase, popularity, and reasons a person can check.
//!
//! Architecture Invariant: pure. No clock, no randomness, no storage; the same purchases give the
//! same model, and a query does not change it. Names of customers stay outside: rows are pseudonyms.
//!
//! Data in -> data out: [`Purchase`]s -> [`Model`], names -> [`Catalog`]; both -> [`Suggestion`]s,
//! before which [`Rule`]s stand.

mod baskets;
mod inverse;
mod ease;
mod neighbor;
mod popular;
mod blend;
mod model;
mod content;
mod rules;

pub use baskets::{Purchase, without};
pub use content::Catalog;
pub use model::{Because, ITEMS_MAX, Model, Suggestion};
pub use rules::{Rule, with_rules};
