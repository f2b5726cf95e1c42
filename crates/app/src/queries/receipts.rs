//! What is expected at the dock.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{Nothing, ReceiptRow};

/// Closed receipts are history: the list shows the newest of them after the open ones.
const SHOWN: i64 = 300;

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<ReceiptRow>, Fault> {
    ctx.read(|db| Ok(db.receipts(SHOWN)?.iter().map(|row| ReceiptRow::new(ctx, row)).collect()))
}
