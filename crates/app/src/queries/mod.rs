//! One question, one file.

pub mod house;
pub mod planner;
pub mod startup;
pub mod status;
