//! The book as the sync protocol sees it, and how far this desktop stands with its server.

mod book;
mod link;

pub use book::{BookLog, adopt_snapshot, needs_adopting};
pub use link::{Link, LinkState, Wish};
