//! The book on disk: the event log and every projection of it, in SQLite.
//!
//! Architecture Invariant: the only crate that names rusqlite, and it decides nothing: it records
//! events, folds them, checks the invariants and answers questions. Events and projections change
//! in one transaction. The outbox is the log itself: own events beyond the server's last ack.
//!
//! Data in -> data out: domain events -> durable rows; questions -> rows in domain types.

mod error;
pub mod lock;
mod open;
mod tx;
mod write;
mod record;
mod sync;
mod fold;
mod guard;
mod verify;
mod hash;
pub mod backup;
pub mod read;
pub mod central;

pub use error::StoreError;
pub use open::{OpenMode, Reader, SCHEMA_VERSION, Store};
pub use read::*;
pub use record::{NewEvent, Recorded};
pub use sync::{Carried, HeldRow, QuotaRow, SiteCursor, SyncState, TakeEntry, Taken, WhyHeld};
pub use tx::{Touching, Tx};
pub use verify::{Check, Verification};
