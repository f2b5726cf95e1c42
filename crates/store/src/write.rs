//! The ways to change the book, each one transaction, and what becomes of one that fails.

use crate::error::StoreError;
use crate::open::Store;
use crate::sync::{SiteCursor, TakeEntry, Taken, Way, is_of_an_event};
use crate::tx::{Touching, Tx};
use rusqlite::{Connection, TransactionBehavior, ffi};

impl Store {
    /// Runs `work` in one transaction: all of it is committed, or none of it happened.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_approved(work, |_| Ok(()))
    }

    /// As `write`; `approve` sees all that was recorded, after the invariants were checked and
    /// before the commit, and may still refuse it.
    pub fn write_approved<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
        approve: impl FnOnce(&Tx<'_>) -> Result<(), E>,
    ) -> Result<T, E> {
        self.in_one(|tx| {
            let value = work(tx)?;
            tx.guard()?;
            approve(tx)?;
            Ok(value)
        })
    }

    /// Folds events without the commit guard: a part of a log may end between two events that
    /// only together keep an invariant.
    pub fn replay(&mut self, events: &[domain::Event]) -> Result<usize, StoreError> {
        self.in_one(|tx| tx.receive(events))
    }

    /// Takes in a part of the site's log. Facts are never refused, so nothing is guarded here:
    /// whoever decides afterwards settles the SKUs that come back.
    pub fn take(
        &mut self,
        first: i64,
        entries: &[TakeEntry<'_>],
        cursor: SiteCursor,
    ) -> Result<(Taken, Touching), StoreError> {
        let numbered = (first, entries);
        let mut take = |way| {
            self.in_one(|tx| {
                let taken = tx.take_so(numbered, cursor, way)?;
                Ok((taken, tx.touching()))
            })
        };
        match take(Way::Together) {
            Err(error) if is_of_an_event(&error) => take(Way::OneByOne),
            outcome => outcome,
        }
    }

    fn in_one<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let sql = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let outcome = match work(&mut Tx::new(&sql, &mut self.cache, self.station)) {
            Ok(value) => match sql.commit() {
                Ok(()) => return Ok(value),
                Err(error) => Err(uncommitted(&self.conn, error).into()),
            },
            Err(error) => {
                drop(sql);
                Err(error)
            }
        };
        // It knows rows that were never written.
        self.cache.clear();
        outcome
    }
}

/// A row that is really another one: SQLite writes no page for the same bytes.
const TAKE_BACK: &str = "INSERT INTO meta (name, value) VALUES ('taken_back', '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1";

/// What to say of a commit that failed. When the disk could write but not sync, the transaction
/// stands whole in the write-ahead log, and who opens the book next would find it there. The next
/// commit writes over it, so one that changes nothing else is made at once.
fn uncommitted(conn: &Connection, error: rusqlite::Error) -> StoreError {
    let unsynced = error.sqlite_error().is_some_and(|code| {
        [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC].contains(&code.extended_code)
    });
    if unsynced && conn.execute(TAKE_BACK, []).is_err() {
        return StoreError::Unconfirmed(error.to_string());
    }
    error.into()
}
