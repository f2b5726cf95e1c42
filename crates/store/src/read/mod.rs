//! Questions to the book. Rows never leave this module; answers are in domain types.

mod events;
mod orders;
mod reference;
mod stock;
mod moves;
mod work;

pub use events::{StoredEvent, TrailEntry};
pub use moves::LegRow;
pub use orders::{
    AllocationView, BackorderLine, CartonRow, LineRow, OrderHead, OrderQuery, OrderSort, PickRow,
    WaveRow,
};
pub use reference::HoldRow;
pub use stock::{
    BinTotal, CandidateStock, CostLayerRow, HeapQuery, HeapRow, LotTotal, SkuQuery, SkuSort,
    SkuTotal,
};
pub use work::{
    CountFact, CountRound, CountTaskRow, DecisionRow, ImportRow, PlanRow, ReceiptLineRow,
    ReceiptRow, ReturnLineRow, StopDoneRow,
};

use domain::{Condition, Key, LocationCode, LotCode, Serial, Sku};
use rusqlite::{Connection, Row};

/// The read side, usable inside a transaction and on a read-only connection alike.
#[derive(Clone, Copy)]
pub struct Db<'c> {
    pub(crate) conn: &'c Connection,
}

impl<'c> Db<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Db<'c> {
        Db { conn }
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
