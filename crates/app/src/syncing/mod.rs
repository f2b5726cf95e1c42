//! The book as the sync protocol sees it, and how far this desktop stands with its server.

mod book;
mod link;
mod quota;
mod snapshot;

pub use book::BookLog;
pub(crate) use link::Known;
pub use link::{KeyHome, Link, LinkState, Wish};
pub(crate) use quota::OFFLINE_PERCENT;
