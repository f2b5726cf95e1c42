//! The wire between a desktop and its server: a thread that carries the sync protocol's messages
//! over a WebSocket, enrolls, and connects again for as long as it takes.
//!
//! Architecture Invariant: it decides nothing. What is sent and what is done with an answer is the
//! sync crate's; what is durable is the book's. It may be killed at any moment.
//!
//! Data in -> data out: an open `App` -> its events at the server, and the site's events in its book.

mod identity;
mod socket;
mod carry;

pub use carry::{Wire, start};
pub use identity::{IdentityError, beside};
