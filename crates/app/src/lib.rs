//! One application layer behind every door: the desktop window, the browser bridge and the command
//! line call the same commands and queries by name.
//!
//! Architecture Invariant: a command loads, lets a pure crate decide, and commits events in one
//! transaction; it holds no rules of the trade itself. No SQL, no sockets, no window here.
//!
//! Data in -> data out: `call(session, name, JSON)` -> JSON, or a problem a person can act on.

pub mod problem;
pub mod lang;
mod reasons;
mod sentences;
mod alerting;
mod csv_file;
mod workbook;
pub mod zones;
mod edge;
pub mod diary;
pub mod session;
pub mod ctx;
mod settle;
mod put_back;
pub mod registry;
mod monitor;
pub mod locking;
mod face;
pub mod bindings;
mod dispatching;
mod replenishing;
mod floor_plan;
mod picking_order;
pub mod syncing;
mod printing;
pub mod view;
pub mod drop_folder;
pub mod backup;
pub mod demo;

pub mod commands;
pub mod queries;

pub use edge::Edge;
pub use face::{App, Changed, SYSTEM};
pub use problem::{Fault, Problem};
pub use warehouse::intake::{DraftLine, OrderDraft};
