//! The central server's log in its own SQLite file: the embedded default, for one machine.
//!
//! It keeps events as bytes and never knows what one means. The server's crate adapts it to the
//! protocol and proves it equal to the log on PostgreSQL.

mod error;
mod open;
mod types;
mod sites;
mod stations;
mod codes;
mod chain;
mod append;
mod decide;
mod quotas;
mod leases;
mod snapshots;
mod keys;
mod hooks;
mod deliveries;
mod attention;

pub use attention::{Attention, Matter};
pub use codes::{CodeRow, NewCode};
pub use decide::AnswerRow;
pub use deliveries::{Delivery, DeliveryState, NewDelivery};
pub use error::CentralError;
pub use hooks::Hook;
pub use keys::ApiKey;
pub use open::CentralLog;
pub use quotas::QuotaRow;
pub use sites::SiteRow;
pub use snapshots::{SnapshotBytes, SnapshotHead};
pub use stations::{StationKey, StationRow};
pub use types::{AsideRow, Digest, Kept, LogAppend, LogEvent, LogItem, LogRow, Mark, Spent, Tip};
