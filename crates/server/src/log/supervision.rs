//! What a supervisor has to be told, and what waits for a decision.

use super::error::LogError;
use super::{Attention, Matter};
use domain::{EventId, StationId};
use sync::{Envelope, SiteId};

/// An event that was kept and not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    pub why: Matter,
    pub event: Envelope,
}

pub trait Supervision {
    /// One open entry for each matter and station, however often it happens.
    fn tell(
        &mut self,
        site: &SiteId,
        matter: Matter,
        station: StationId,
        event: Option<EventId>,
        detail: &str,
    ) -> Result<(), LogError>;

    /// What is open, oldest first.
    fn attention(&self, site: &SiteId) -> Result<Vec<Attention>, LogError>;
    /// False when it was not open.
    fn close_attention(&mut self, site: &SiteId, id: i64, by: &str) -> Result<bool, LogError>;

    /// What was set aside and did not come in otherwise since.
    fn asides(&self, site: &SiteId, at_most: usize) -> Result<Vec<Aside>, LogError>;
}
