//! The log behind all replicas: one contract, two backends. `Embedded` is SQLite on one machine,
//! `Postgres` a database that several replicas share. One suite of tests runs on both.

mod error;
mod stock;
mod spent;
mod convert;
mod decisions;
mod snapshots;
mod admin;
mod hooks;
mod supervision;
mod embedded;
mod postgres;
mod handle;

pub use admin::Admin;
pub use decisions::{Decided, Decision, Decisions, Fence, KeptAnswer};
pub use embedded::Embedded;
pub use error::LogError;
pub use handle::Log;
pub use hooks::{Hooks, delivery_id};
pub use postgres::Postgres;
pub use snapshots::Snapshots;
pub use stock::{NoStock, Stock};
pub use supervision::{Aside, Supervision};

/// Rows that both backends keep alike.
pub use store::central::{
    ApiKey, Attention, Delivery, DeliveryState, Hook, Matter, NewDelivery, SiteRow, StationKey,
    StationRow, Tip,
};

/// All that a server asks of its log. Handles are cheap to clone: each thread has its own.
pub trait CentralLog:
    sync::ServerLog<Error = LogError> + Decisions + Snapshots + Admin + Hooks + Supervision + Send
{
}

impl<T> CentralLog for T where
    T: sync::ServerLog<Error = LogError>
        + Decisions
        + Snapshots
        + Admin
        + Hooks
        + Supervision
        + Send
{
}
