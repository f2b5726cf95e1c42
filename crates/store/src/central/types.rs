//! An event and its place as the log keeps them. Hashes are computed by the protocol; here they are
//! bytes.

use super::attention::Matter;
use domain::{EventId, Hlc, PersonId, StationId};

pub type Digest = [u8; 32];

/// The last event of a chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tip {
    pub seq: i64,
    pub hash: Digest,
}

/// Where a site stands: all that a decision may rest on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    pub seq: i64,
    pub tag: Digest,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    pub id: EventId,
    pub station: StationId,
    pub seq: i64,
    pub prev: Digest,
    pub hash: Digest,
    pub content: Digest,
    pub at: Hlc,
    pub actor: PersonId,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    pub seq: i64,
    pub tag: Digest,
    pub event: LogEvent,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideRow {
    pub why: Matter,
    pub event: LogEvent,
}

/// What becomes of an event that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Gets the site's next number.
    Fresh,
    /// Only its place is new.
    Again,
    Aside {
        why: Matter,
        /// Whether it stands in its chain, or claims a place that another event has.
        has_place: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogItem {
    pub kept: Kept,
    pub event: LogEvent,
}

/// A promise that was made under a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    pub station: StationId,
    pub sku: String,
    pub qty: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogAppend {
    pub site: String,
    pub station: StationId,
    /// `None` for what a peer offers: no head moves.
    pub from: Option<Tip>,
    pub to: Tip,
    pub items: Vec<LogItem>,
    pub spent: Vec<Spent>,
}
