//! One transaction on the book: read, record, and a last check before the commit.

use crate::error::StoreError;
use crate::fold::{Cache, Touched};
use crate::read::Db;
use crate::record::{self, NewEvent, Recorded};
use crate::sync::{self, SiteCursor, TakeEntry, Taken, Way};
use domain::{Event, Sku, StationId, Timestamp};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::ops::Deref;

pub struct Tx<'a> {
    db: Db<'a>,
    conn: &'a Connection,
    cache: &'a mut Cache,
    station: StationId,
    touched: Touched,
}

/// What a transaction has touched.
#[derive(Debug, Clone, Default)]
pub struct Touching {
    pub skus: BTreeSet<Sku>,
    pub topics: BTreeSet<&'static str>,
}

impl<'a> Deref for Tx<'a> {
    type Target = Db<'a>;
    fn deref(&self) -> &Db<'a> {
        &self.db
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(conn: &'a Connection, cache: &'a mut Cache, station: StationId) -> Tx<'a> {
        Tx { db: Db::new(conn), conn, cache, station, touched: Touched::default() }
    }

    /// Appends this station's own events to the log and folds them.
    pub fn record(
        &mut self,
        now: Timestamp,
        events: Vec<NewEvent>,
    ) -> Result<Vec<Recorded>, StoreError> {
        record::own(self.conn, self.cache, &mut self.touched, self.station, now, events)
    }

    /// Takes in events made elsewhere. One that is already here changes nothing.
    pub fn receive(&mut self, events: &[Event]) -> Result<usize, StoreError> {
        record::foreign(self.conn, self.cache, &mut self.touched, events)
    }

    /// Takes in entries of the site's log, numbered from `first` on, and sets the cursor: with all
    /// their effects in this one transaction.
    pub fn take(
        &mut self,
        first: i64,
        entries: &[TakeEntry<'_>],
        cursor: SiteCursor,
    ) -> Result<Taken, StoreError> {
        self.take_so((first, entries), cursor, Way::OneByOne)
    }

    pub(crate) fn take_so(
        &mut self,
        numbered: (i64, &[TakeEntry<'_>]),
        cursor: SiteCursor,
        way: Way,
    ) -> Result<Taken, StoreError> {
        sync::take(self.conn, self.cache, &mut self.touched, numbered, cursor, way)
    }

    /// After an update of the program: folds what was kept of kinds it knows by now.
    pub fn read_held(&mut self) -> Result<usize, StoreError> {
        sync::read_held(self.conn, self.cache, &mut self.touched)
    }

    /// For the small rows of syncing.
    pub(crate) fn conn(&self) -> &'a Connection {
        self.conn
    }

    /// SKUs whose stock or promises changed so far in this transaction.
    pub fn touched_skus(&self) -> &BTreeSet<Sku> {
        &self.touched.skus
    }

    /// What was touched, to carry on to a later transaction.
    pub fn touching(&self) -> Touching {
        Touching { skus: self.touched.skus.clone(), topics: self.touched.topics.clone() }
    }

    /// Counts SKUs as touched although nothing of theirs was recorded here.
    pub fn touch(&mut self, skus: &BTreeSet<Sku>) {
        self.touched.skus.extend(skus.iter().cloned());
    }

    /// Names of what changed, for screens that want to ask again.
    pub fn topics(&self) -> BTreeSet<&'static str> {
        self.touched.topics.clone()
    }

    /// The invariants that must hold whenever a command is done.
    pub(crate) fn guard(&mut self) -> Result<(), StoreError> {
        crate::guard::check(self.conn, &self.touched)
    }
}
