//! What whoever keeps the server up does: sites, codes, stations and keys.

use super::error::LogError;
use super::{ApiKey, SiteRow, StationRow};
use domain::StationId;
use sync::{Hash, Offer, SiteId};

pub trait Admin {
    /// Adds a site, or gives it another name.
    fn add_site(&mut self, site: &SiteId, name: &str) -> Result<(), LogError>;
    fn sites(&self) -> Result<Vec<SiteRow>, LogError>;

    /// The site was restored from a backup: a new generation begins at its present head.
    fn declare_restored(&mut self, site: &SiteId) -> Result<i64, LogError>;

    /// Gives out a one-time code; `name` is what the station will be called.
    fn add_code(&mut self, code: Hash, name: &str, offer: &Offer) -> Result<(), LogError>;

    fn stations(&self, site: &SiteId) -> Result<Vec<StationRow>, LogError>;
    fn rename(&mut self, station: StationId, name: &str) -> Result<(), LogError>;
    fn revoke(&mut self, station: StationId, revoked: bool) -> Result<(), LogError>;

    fn add_key(&mut self, key: &ApiKey) -> Result<(), LogError>;
    fn key(&self, hash: Hash) -> Result<Option<ApiKey>, LogError>;
    fn keys(&self, site: &SiteId) -> Result<Vec<ApiKey>, LogError>;
    /// False when there is no such key.
    fn revoke_key(&mut self, hash: Hash) -> Result<bool, LogError>;
}
