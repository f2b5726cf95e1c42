//! A disk that fails when it is told to, for tests: a VFS of SQLite between a book and its files.
//!
//! The k-th write, sync or truncate fails, once or from then on; or the power goes at it, and what
//! was not synced is lost, kept or torn. A failed sync loses pages too: a system that could not
//! write a page forgets that it is dirty, so that a later sync which succeeds has not written it.
//!
//! Architecture Invariant: for tests only, and with `quayside-store` the only crate that names
//! rusqlite. Nothing random but the seed.
//!
//! Data in -> data out: a seed and a fault -> files as a disk would have left them.

// SQLite asks for its files through C functions; each block says what it relies on.
#![allow(unsafe_code)]

mod dice;
mod fault;
mod image;
mod state;
mod file;
mod vfs;

pub use fault::Fault;
pub use vfs::Disk;
