//! The real server process: stations enroll and agree, shops order, replicas share one log.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::disallowed_methods)]

#[path = "../common/postgres.rs"]
mod postgres;
mod process;
mod station;

mod agree;
mod doors;
mod restored;
mod shop;
mod snapshot;
mod storm;
mod strangers;
