//! The rules of the floor: intake, promises, allocation, counts, putaway and undo, as pure functions.
//!
//! Architecture Invariant: no I/O, no clock, no ids made here, and no knowledge of how anything is
//! stored. What must be known comes in as values; what should happen goes out as values.
//!
//! Data in -> data out: facts about stock and orders -> promises, allocations, drafts or a refusal.

pub mod intake;
pub mod layout;
pub mod promise;
pub mod allocate;
pub mod carton;
pub mod receive;
pub mod putaway;
pub mod count;
pub mod undo;
