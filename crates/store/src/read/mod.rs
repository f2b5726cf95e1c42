//! Questions to the book. Rows never leave this module; answers are in domain types.

mod bins;
mod cartons;
mod closures;
mod counts;
mod events;
mod health;
mod history;
mod inbox;
mod moves;
mod orders;
mod receipts;
mod reference;
mod road;
mod skus;
mod stock;
mod waves;
mod work;

pub use bins::{BinTotal, LotTotal};
pub use cartons::CartonRow;
pub use closures::ClosureRow;
pub use counts::{CountFact, CountRound, CountTaskRow};
pub use events::{StoredEvent, TrailEntry};
pub use health::{PromisedOrder, StockHealth};
pub use history::{BinPlace, OrderDay, PastCountRow};
pub use moves::LegRow;
pub use orders::{BackorderLine, CustomerRow, LineRow, OrderHead, OrderQuery, OrderSort};
pub use receipts::{ReceiptLineRow, ReceiptRow};
pub use reference::HoldRow;
pub use road::{ProofRow, VanSeenRow};
pub use skus::{CostLayerRow, SkuQuery, SkuSort, SkuTotal};
pub use stock::{CandidateStock, HeapQuery, HeapRow, ShelfRow};
pub use waves::{AllocationView, Overpicked, PickRow, WaveRow};
pub use work::{DecisionRow, ImportRow, PlanRow, ReturnLineRow, StopDoneRow};

use crate::error::StoreError;
use crate::lock::BookKey;
use crate::open::{Access, connect};
use domain::{Condition, Key, LocationCode, LotCode, Serial, Sku};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, Row};
use std::ffi::c_int;
use std::path::Path;
use std::time::Duration;

/// The read side, usable inside a transaction and on a read-only connection alike.
#[derive(Clone, Copy)]
pub struct Db<'c> {
    pub(crate) conn: &'c Connection,
}

impl<'c> Db<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Db<'c> {
        Db { conn }
    }

    /// Copies the book as these questions see it, while others write. A locked book's copy is
    /// locked with the same key.
    pub fn copy_to(&self, path: &Path, key: Option<&BookKey>) -> Result<(), StoreError> {
        let mut target = connect(&Access::with(key), path, OpenFlags::default())?;
        let copying = Backup::new(self.conn, &mut target)?;
        // In one step: between two, a writer would make it begin again.
        copying.run_to_completion(c_int::MAX, Duration::ZERO, None)?;
        Ok(())
    }
}

/// Reads the seven key columns from the start of a row.
pub(crate) fn key_from_row(row: &Row<'_>) -> rusqlite::Result<Key> {
    // The columns were written from typed values, so parsing back cannot fail in a sound book.
    let text = |index: usize| row.get::<_, String>(index);
    Ok(Key {
        sku: Sku::parse(&text(0)?).unwrap_or_default(),
        lot: LotCode::parse_optional(&text(1)?).unwrap_or_default(),
        serial: Serial::parse_optional(&text(2)?).unwrap_or_default(),
        package: text(3)?,
        location: LocationCode::parse(&text(4)?).unwrap_or_default(),
        owner: text(5)?,
        condition: Condition::parse(&text(6)?).unwrap_or_default(),
    })
}

/// A LIKE pattern that matches `text` anywhere, with its own wildcards taken literally.
pub(crate) fn like(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

pub(crate) fn id<T, E: std::error::Error + Send + Sync + 'static>(
    row: &Row<'_>,
    index: usize,
    parse: fn(&str) -> Result<T, E>,
) -> rusqlite::Result<T> {
    let text: String = row.get(index)?;
    parse(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            index,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}
