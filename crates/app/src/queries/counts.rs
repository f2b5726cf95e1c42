//! Counts that are open, and those of the last days.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{CountRow, CountState, Nothing};
use domain::time::MILLIS_PER_DAY;

const SHOWN_DAYS: i64 = 7;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<CountRow>, Fault> {
    let since = ctx.now.0 - SHOWN_DAYS * MILLIS_PER_DAY;
    ctx.read(|db| {
        let mut rows = db.counts(true)?;
        rows.retain(|row| CountState::of(row).is_open() || row.opened_at >= since);
        rows.sort_by_key(|row| (!CountState::of(row).is_open(), row.opened_at));
        rows.iter().map(|row| CountRow::new(ctx, &db, row)).collect()
    })
}
