//! The log on one machine, in SQLite: the protocol's words for what `store::central` keeps.

mod extras;

use super::convert::{append_of, envelope, head};
use super::error::LogError;
use super::stock::{NoStock, Stock};
use domain::{EventId, StationId, Timestamp};
use std::path::Path;
use std::sync::Arc;
use store::central::{CentralLog, CodeRow, StationKey};
use sync::{
    Account, Append, Appended, Cursor, EnrollError, Enrolled, Grant, Hash, Lease, LeaseAnswer,
    Offer, Row, ServerLog, Session, SiteId, SnapshotPart,
};

#[derive(Clone)]
pub struct Embedded {
    log: Arc<CentralLog>,
    stock: Arc<dyn Stock>,
}

impl Embedded {
    /// Opens or creates the log in a folder.
    pub fn open(folder: &Path) -> Result<Embedded, LogError> {
        Ok(Embedded { log: Arc::new(CentralLog::open(folder)?), stock: Arc::new(NoStock) })
    }

    /// Puts a backup into a folder without a log.
    pub fn restore(from: &Path, folder: &Path) -> Result<Embedded, LogError> {
        let log = Arc::new(CentralLog::restore(from, folder)?);
        Ok(Embedded { log, stock: Arc::new(NoStock) })
    }

    /// Copies the log while it is in use.
    pub fn back_up(&self, to: &Path) -> Result<(), LogError> {
        Ok(self.log.back_up(to)?)
    }

    /// A handle that can lend.
    pub fn with_stock(&self, stock: Arc<dyn Stock>) -> Embedded {
        Embedded { log: Arc::clone(&self.log), stock }
    }
}

impl ServerLog for Embedded {
    type Error = LogError;

    fn enrolled(&self, station: StationId) -> Result<Option<Enrolled>, LogError> {
        let Some(row) = self.log.station(station)? else { return Ok(None) };
        // A replica has no key, so nobody may greet in its name.
        let StationKey::Public(public_key) = row.key else { return Ok(None) };
        let grant = Grant { site: SiteId(row.site), not: row.kinds_not };
        let (closed, revoked) = (row.closed, row.revoked);
        Ok(Some(Enrolled { public_key, grant, head: head(row.head), closed, revoked }))
    }

    fn redeem(
        &mut self,
        code: Hash,
        station: StationId,
        public_key: [u8; 32],
        now: Timestamp,
    ) -> Result<Result<Grant, EnrollError>, LogError> {
        let judge = |row: Option<&CodeRow>| {
            let offer = row.map(|row| Offer {
                grant: Grant {
                    site: SiteId(row.code.site.clone()),
                    not: row.code.kinds_not.clone(),
                },
                expires: row.code.expires,
                used_by: row.used_by,
            });
            sync::redeem(offer.as_ref(), station, public_key, now)
        };
        Ok(self.log.redeem(code.0, station, public_key, EnrollError::Used, judge)?)
    }

    fn succeed(
        &mut self,
        old: StationId,
        new: StationId,
        public_key: [u8; 32],
    ) -> Result<(), LogError> {
        Ok(self.log.succeed(old, new, public_key)?)
    }

    fn close(&mut self, station: StationId) -> Result<(), LogError> {
        Ok(self.log.close(station)?)
    }

    fn generation(&self, site: &SiteId, known: i64) -> Result<(i64, Option<i64>), LogError> {
        Ok(self.log.generation(&site.0, known)?)
    }

    fn site_head(&self, site: &SiteId) -> Result<i64, LogError> {
        Ok(self.log.mark(&site.0)?.seq)
    }

    fn place(&self, station: StationId, seq: i64) -> Result<Option<Hash>, LogError> {
        Ok(self.log.place(station, seq)?.map(Hash))
    }

    fn content(&self, id: EventId) -> Result<Option<Hash>, LogError> {
        Ok(self.log.content(id)?.map(Hash))
    }

    fn append(&mut self, append: &Append) -> Result<Appended, LogError> {
        let kept = self.log.append(&append_of(append))?;
        Ok(kept.map_or(Appended::Moved, |_| Appended::Yes))
    }

    fn rows_after(&self, site: &SiteId, seq: i64, bytes: usize) -> Result<Vec<Row>, LogError> {
        let rows = self.log.rows_after(&site.0, seq, bytes)?;
        rows.into_iter()
            .map(|row| Ok(Row { seq: row.seq, tag: Hash(row.tag), event: envelope(row.event)? }))
            .collect()
    }

    fn snapshot(
        &self,
        site: &SiteId,
        seq: i64,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<SnapshotPart>, LogError> {
        let part = self.log.snapshot(&site.0, seq, offset, bytes)?;
        Ok(part.map(|part| SnapshotPart {
            session: Session::default(),
            generation: part.head.generation,
            cursor: Cursor { seq: part.head.seq, tag: Hash(part.head.tag) },
            hash: Hash(part.head.hash),
            size: part.size,
            offset: part.offset,
            bytes: part.bytes,
        }))
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
        self.log.lend(&site.0, station, sku, |row, outstanding, at_seq| {
            let account =
                Account { granted: row.granted, spent: row.spent, returned: row.returned };
            let free = self.stock.available(site, sku, at_seq)?.saturating_sub(outstanding);
            Ok(lend(account, free.max(0)))
        })
    }

    fn given_back(
        &mut self,
        site: &SiteId,
        station: StationId,
        sku: &str,
        returned: i64,
    ) -> Result<i64, LogError> {
        Ok(self.log.given_back(&site.0, station, sku, returned)?)
    }

    fn lease(
        &mut self,
        site: &SiteId,
        task: &str,
        ask: &dyn Fn(Option<&Lease>) -> sync::Decision,
    ) -> Result<LeaseAnswer, LogError> {
        Ok(self.log.lease(&site.0, task, |held| {
            let held = held.map(|(holder, until)| Lease { holder, until });
            let (new, answer) = ask(held.as_ref());
            (new.map(|lease| (lease.holder, lease.until)), answer)
        })?)
    }
}

/// Used by the parts that are no part of the protocol.
fn central(embedded: &Embedded) -> &CentralLog {
    &embedded.log
}
