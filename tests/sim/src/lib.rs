//! Whole histories of the sync protocol in virtual time: stations and replicas on a network that
//! loses, doubles and delays, with crashes, full disks, copies, restores and wrong clocks.
//!
//! Architecture Invariant: one seed makes one plan, and one plan runs the same way each time. No
//! clock, no randomness but `Dice`, no I/O.
//!
//! Data in -> data out: a seed and the rules -> `Ok`, or the first property that did not hold.

mod dice;
mod deed;
mod facts;
mod key;
mod disk;
mod central;
mod net;
mod plan;
mod machine;
mod world;
mod faults;
mod check;
mod shrink;

pub use central::{Central, Down};
pub use dice::Dice;
pub use plan::{Plan, Step};
pub use shrink::shrink;
pub use world::{Failure, Figures, run};
