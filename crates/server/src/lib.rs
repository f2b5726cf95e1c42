//! The central server: the authority that stations agree with.
//!
//! Architecture Invariant: nothing lives only in a replica. Whatever was acknowledged is in the log,
//! on SQLite or PostgreSQL, and any replica may die at any moment.
//!
//! Data in -> data out: messages and requests -> transactions of the log and answers.

pub mod log;
