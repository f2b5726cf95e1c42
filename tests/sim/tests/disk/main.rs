//! Real books on a disk that fails: at every k-th write, sync and truncate of a day's history an
//! error, a full disk, or no power any more. What was confirmed is there afterwards, what was
//! refused is not, nothing is there by half, and the books balance.

#![allow(clippy::unwrap_used)]

mod book;
mod history;
mod sweep;
