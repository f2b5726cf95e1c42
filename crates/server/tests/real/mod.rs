//! The real programs under real faults; used by the test and, for longer, by the benchmark.

pub mod checks;
mod house;
pub mod proxy;
pub mod roles;
mod shop;
pub mod storm;
