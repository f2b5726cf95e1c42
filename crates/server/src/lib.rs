//! The central server: the authority that stations agree with, and the door for shops.
//!
//! Architecture Invariant: nothing lives only in a replica. Whatever was acknowledged is in the log,
//! on SQLite or PostgreSQL, and any replica may die at any moment.
//!
//! Data in -> data out: messages and requests -> transactions of the log and answers.

pub mod log;
mod tracking;
mod site;
mod desk;
mod hub;
mod socket;
mod courier;
mod keeper;
mod api;
mod admin;
mod run;

pub use admin::{AdminCommand, administer, restore};
pub use api::openapi_text;
pub use courier::signature;
pub use run::{Serve, serve};
