//! What whoever keeps the server up does; each is a function of the aggregate's file.

use super::{Postgres, codes, keys, sites, stations};
use crate::log::{Admin, ApiKey, LogError, SiteRow, StationRow};
use domain::StationId;
use sync::{Hash, Offer, SiteId};

impl Admin for Postgres {
    fn add_site(&mut self, site: &SiteId, name: &str) -> Result<(), LogError> {
        self.pool.write(|db| sites::add(db, site, name))
    }

    fn sites(&self) -> Result<Vec<SiteRow>, LogError> {
        self.pool.read(sites::all)
    }

    fn declare_restored(&mut self, site: &SiteId) -> Result<i64, LogError> {
        self.pool.write(|db| sites::declare_restored(db, site))
    }

    fn add_code(&mut self, code: Hash, name: &str, offer: &Offer) -> Result<(), LogError> {
        self.pool.write(|db| codes::add(db, code, name, offer))
    }

    fn stations(&self, site: &SiteId) -> Result<Vec<StationRow>, LogError> {
        self.pool.read(|db| stations::of_site(db, site))
    }

    fn rename(&mut self, station: StationId, name: &str) -> Result<(), LogError> {
        self.pool.write(|db| stations::rename(db, station, name))
    }

    fn revoke(&mut self, station: StationId, revoked: bool) -> Result<(), LogError> {
        self.pool.write(|db| stations::revoke(db, station, revoked))
    }

    fn add_key(&mut self, key: &ApiKey) -> Result<(), LogError> {
        self.pool.write(|db| keys::add(db, key))
    }

    fn key(&self, hash: Hash) -> Result<Option<ApiKey>, LogError> {
        self.pool.read(|db| keys::one(db, hash))
    }

    fn keys(&self, site: &SiteId) -> Result<Vec<ApiKey>, LogError> {
        self.pool.read(|db| keys::of_site(db, site))
    }

    fn revoke_key(&mut self, hash: Hash) -> Result<bool, LogError> {
        self.pool.write(|db| keys::revoke(db, hash))
    }
}
