//! The log in PostgreSQL, shared by any number of replicas.
//!
//! Order comes from row locks, always taken in the order station, place, site, quota: never from a
//! sequence, which counts what is not committed yet. Reads take no locks.

mod error;
mod session;
mod pool;
mod schema;
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
mod admin;

use super::error::LogError;
use super::stock::{NoStock, Stock};
use domain::{EventId, StationId, Timestamp};
use pool::Pool;
use std::sync::Arc;
use sync::{
    Account, Append, Appended, EnrollError, Enrolled, Grant, Hash, Lease, LeaseAnswer, Row,
    ServerLog, SiteId, SnapshotPart,
};

#[derive(Clone)]
pub struct Postgres {
    pool: Arc<Pool>,
    stock: Arc<dyn Stock>,
}

impl Postgres {
    /// Connects (`postgres://…`, several hosts for a primary with standbys), and creates or
    /// upgrades the tables.
    pub fn open(url: &str) -> Result<Postgres, LogError> {
        let pool = Pool::new(url)?;
        pool.write(schema::upgrade)?;
        Ok(Postgres { pool: Arc::new(pool), stock: Arc::new(NoStock) })
    }

    /// A handle that can lend.
    pub fn with_stock(&self, stock: Arc<dyn Stock>) -> Postgres {
        Postgres { pool: Arc::clone(&self.pool), stock }
    }
}

impl ServerLog for Postgres {
    type Error = LogError;

    fn enrolled(&self, station: StationId) -> Result<Option<Enrolled>, LogError> {
        self.pool.read(|db| stations::enrolled(db, station))
    }

    fn redeem(
        &mut self,
        code: Hash,
        station: StationId,
        public_key: [u8; 32],
        now: Timestamp,
    ) -> Result<Result<Grant, EnrollError>, LogError> {
        self.pool.write(|db| codes::redeem(db, code, station, public_key, now))
    }

    fn succeed(
        &mut self,
        old: StationId,
        new: StationId,
        public_key: [u8; 32],
    ) -> Result<(), LogError> {
        self.pool.write(|db| stations::succeed(db, old, new, public_key))
    }

    fn close(&mut self, station: StationId) -> Result<(), LogError> {
        self.pool.write(|db| stations::close(db, station))
    }

    fn generation(&self, site: &SiteId, known: i64) -> Result<(i64, Option<i64>), LogError> {
        self.pool.read(|db| sites::generation(db, site, known))
    }

    fn site_head(&self, site: &SiteId) -> Result<i64, LogError> {
        Ok(self.pool.read(|db| sites::fence(db, site))?.seq)
    }

    fn place(&self, station: StationId, seq: i64) -> Result<Option<Hash>, LogError> {
        self.pool.read(|db| chain::place(db, station, seq))
    }

    fn content(&self, id: EventId) -> Result<Option<Hash>, LogError> {
        self.pool.read(|db| chain::content(db, id))
    }

    fn append(&mut self, append: &Append) -> Result<Appended, LogError> {
        match self.pool.write_if(|db| append::add(db, append, None)) {
            Ok(Some(_)) => Ok(Appended::Yes),
            Ok(None) | Err(LogError::Conflict) => Ok(Appended::Moved),
            Err(error) => Err(error),
        }
    }

    fn rows_after(&self, site: &SiteId, seq: i64, bytes: usize) -> Result<Vec<Row>, LogError> {
        self.pool.read(|db| chain::rows_after(db, site, seq, bytes))
    }

    fn snapshot(
        &self,
        site: &SiteId,
        seq: i64,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<SnapshotPart>, LogError> {
        self.pool.read(|db| snapshots::part(db, site, seq, offset, bytes))
    }

    fn lend(
        &mut self,
        site: &SiteId,
        station: StationId,
        sku: &str,
        lend: &dyn Fn(Account, i64) -> i64,
    ) -> Result<i64, LogError> {
        // Most of the folding is done before the log has to stand still.
        self.stock.available(site, sku, self.site_head(site)?)?;
        let available = |at_seq| self.stock.available(site, sku, at_seq);
        self.pool.write(|db| quotas::lend(db, site, station, sku, &available, lend))
    }

    fn given_back(
        &mut self,
        site: &SiteId,
        station: StationId,
        sku: &str,
        returned: i64,
    ) -> Result<i64, LogError> {
        self.pool.write(|db| quotas::given_back(db, site, station, sku, returned))
    }

    fn lease(
        &mut self,
        site: &SiteId,
        task: &str,
        ask: &dyn Fn(Option<&Lease>) -> sync::Decision,
    ) -> Result<LeaseAnswer, LogError> {
        self.pool.write(|db| leases::lease(db, site, task, ask))
    }
}
