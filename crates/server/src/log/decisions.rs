//! What a replica decides itself: promises, refusals and their answers.

use super::error::LogError;
use domain::StationId;
use sync::{Envelope, Hash, Head, SiteId};

/// What a replica has folded of a site and what it decided on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fence {
    pub seq: i64,
    pub tag: Hash,
    /// Grows with every append and with everything that is lent or given back.
    pub version: i64,
}

/// The answer to a request with an idempotency key: the same for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    pub scope: String,
    pub key: String,
    /// The same key with another request is the caller's error.
    pub request: Hash,
    pub status: u16,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub site: SiteId,
    pub fence: Fence,
    /// The replica's own chain, which is not signed.
    pub station: StationId,
    pub from: Head,
    pub to: Head,
    /// Without events it is a refusal: only its answers are kept.
    pub events: Vec<Envelope>,
    pub answers: Vec<KeptAnswer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    Yes(Fence),
    /// The site moved on, or a key was answered meanwhile: look again and decide again.
    Moved,
}

pub trait Decisions {
    fn fence(&self, site: &SiteId) -> Result<Fence, LogError>;

    /// Appends the events and keeps the answers in one transaction, if the fence still holds.
    fn decide(&mut self, decision: &Decision) -> Result<Decided, LogError>;

    fn kept(&self, scope: &str, key: &str) -> Result<Option<KeptAnswer>, LogError>;

    /// A replica becomes a station of a site, without a key and without limits. It draws a new id
    /// at each start: after a restore, peers may offer what an earlier one said beyond its head.
    fn join(&mut self, site: &SiteId, station: StationId) -> Result<Head, LogError>;

    /// Lent to stations of the site, and neither used nor given back: not for others to promise.
    fn outstanding(&self, site: &SiteId, sku: &str) -> Result<i64, LogError>;
}
