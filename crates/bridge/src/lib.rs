//! The window's commands and changes over HTTP on this machine, for a browser: where there is no
//! display, and for tests.
//!
//! Architecture Invariant: it listens on 127.0.0.1 only, answers nobody without the token, and
//! decides nothing; the application layer behind it is the one the desktop window uses.
//!
//! Data in -> data out: `POST /api/{name}` with JSON arguments -> JSON, or a problem in words;
//! `GET /api-events` -> a stream of what changed.

mod serve;
mod guard;
mod call;
mod changes;
mod ui;

pub use serve::{BridgeError, Served, serve};
pub use ui::UiSource;
