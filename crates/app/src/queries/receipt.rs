//! One receipt, line by line.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{ById, ReceiptLine, ReceiptRow};
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct ReceiptView {
    pub row: ReceiptRow,
    pub lines: Vec<ReceiptLine>,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<ReceiptView, Fault> {
    ctx.read(|db| {
        let row = db.receipt(&args.id)?.ok_or_else(|| Fault::unknown("receipt", &args.id))?;
        let lines = db
            .receipt_lines(&args.id)?
            .iter()
            .map(|line| Ok(ReceiptLine::new(ctx, line, db.product(&line.sku)?.as_ref())))
            .collect::<Result<_, Fault>>()?;
        Ok(ReceiptView { row: ReceiptRow::new(ctx, &row), lines })
    })
}
