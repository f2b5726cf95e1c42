//! Receipts as the screens show them.

use super::{Chip, Tone};
use crate::ctx::Ctx;
use domain::{Day, Product};
use serde::Serialize;
use store::read;
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
pub struct ReceiptRow {
    pub id: String,
    pub reference: String,
    pub supplier: String,
    pub expected_on: String,
    pub lines: i64,
    pub expected_units: i64,
    pub received_units: i64,
    pub closed: bool,
    pub chip: Chip,
}

impl ReceiptRow {
    pub fn new(ctx: &Ctx<'_>, row: &read::ReceiptRow) -> ReceiptRow {
        let chip = if row.closed {
            Chip::new(ctx.say("Closed", "已关闭"), Tone::Plain)
        } else if row.received > 0 && row.received >= row.expected {
            Chip::new(ctx.say("All here", "已到齐"), Tone::Good)
        } else if row.received > 0 {
            Chip::new(ctx.say("Receiving", "收货中"), Tone::Warn)
        } else if row.expected_on < ctx.today().0 {
            Chip::new(ctx.say("Overdue", "逾期未到"), Tone::Stop)
        } else {
            Chip::new(ctx.say("Expected", "在途"), Tone::Plain)
        };
        ReceiptRow {
            id: row.id.clone(),
            reference: row.reference.clone(),
            supplier: row.supplier.clone(),
            expected_on: Day(row.expected_on).to_string(),
            lines: row.lines,
            expected_units: row.expected,
            received_units: row.received,
            closed: row.closed,
            chip,
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ReceiptLine {
    pub id: String,
    pub sku: String,
    pub name: String,
    pub barcode: String,
    pub expected: i64,
    pub received: i64,
    pub unit_cost_micros: i64,
    pub lot_tracked: bool,
    pub expiry_tracked: bool,
    pub serial_tracked: bool,
    pub chip: Chip,
}

impl ReceiptLine {
    pub fn new(
        ctx: &Ctx<'_>,
        line: &read::ReceiptLineRow,
        product: Option<&Product>,
    ) -> ReceiptLine {
        ReceiptLine {
            // A receipt has one line per SKU.
            id: line.sku.to_string(),
            sku: line.sku.to_string(),
            name: ctx.product_name(product, &line.sku),
            barcode: product.map_or_else(String::new, |p| p.barcode.clone()),
            expected: line.expected.0,
            received: line.received.0,
            unit_cost_micros: line.unit_cost,
            lot_tracked: product.is_some_and(|p| p.lot_tracked),
            expiry_tracked: product.is_some_and(|p| p.expiry_tracked),
            serial_tracked: product.is_some_and(|p| p.serial_tracked),
            chip: line_chip(ctx, line.expected.0, line.received.0),
        }
    }
}

fn line_chip(ctx: &Ctx<'_>, expected: i64, received: i64) -> Chip {
    let (over, left) = (received - expected, expected - received);
    if received == 0 {
        Chip::new(ctx.say("Waiting", "待收"), Tone::Plain)
    } else if over > 0 {
        Chip::new(ctx.lang.pick(format!("{over} over"), format!("多到 {over}")), Tone::Warn)
    } else if left > 0 {
        Chip::new(ctx.lang.pick(format!("{left} to come"), format!("还差 {left}")), Tone::Warn)
    } else {
        Chip::new(ctx.say("All here", "已到齐"), Tone::Good)
    }
}
