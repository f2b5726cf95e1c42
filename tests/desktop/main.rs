//! The real window, worked with scans, keys and clicks.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod day;
mod faults;
mod map;
mod shell;
mod tasks;
