//! Purchase orders: what was accepted, as it goes to the supplier.

use crate::ctx::Ctx;
use crate::printing::sheets::money_text;
use crate::printing::{day_of, ship_from};
use crate::problem::Fault;
use crate::queries::house::{House, house};
use domain::money::{MICROS_PER_MINOR, decimal};
use domain::{Day, Product};
use paper::{Document, PurchaseLine, PurchaseOrder};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Db;
use store::read::{ReceiptLineRow, ReceiptRow};

/// One order to one supplier, as other programs read it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ordered {
    pub number: String,
    pub supplier: String,
    pub ordered_on: String,
    pub wanted_by: String,
    pub currency: String,
    pub lines: Vec<OrderedLine>,
    pub total_minor: i64,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct OrderedLine {
    pub line: i64,
    pub sku: String,
    pub barcode: String,
    pub name: String,
    pub qty: i64,
    pub unit: String,
    pub pack: i64,
    /// In major units, with as many decimals as the price has.
    pub unit_cost: String,
    pub cost_minor: i64,
}

pub(super) fn purchase_orders(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    ids: &[String],
) -> Result<Vec<Document>, Fault> {
    let house = house(db)?;
    let deliver_to = ship_from(db)?;
    let paper = |order| Document::PurchaseOrder(on_paper(&house, order, deliver_to.clone()));
    Ok(ordered(ctx, db, ids)?.into_iter().map(paper).collect())
}

/// The orders named by number, or that hold one of the named SKUs and were made today; without
/// names all of today's.
pub(crate) fn ordered(ctx: &Ctx<'_>, db: &Db<'_>, ids: &[String]) -> Result<Vec<Ordered>, Fault> {
    let house = house(db)?;
    let products: BTreeMap<String, Product> =
        db.products()?.into_iter().map(|product| (product.sku.to_string(), product)).collect();
    let today = ctx.today().to_string();
    let mut orders = Vec::new();
    for receipt in db.receipts(i64::MAX)? {
        let of_today =
            receipt.reference.starts_with("PO-") && day_of(ctx, receipt.opened_millis) == today;
        let named = ids.contains(&receipt.reference) || ids.contains(&receipt.id);
        if !(named || of_today) {
            continue;
        }
        let lines = db.receipt_lines(&receipt.id)?;
        let asked = ids.is_empty() || lines.iter().any(|line| ids.contains(&line.sku.to_string()));
        if named || asked {
            orders.push(order(ctx, &house, &products, &receipt, &lines));
        }
    }
    orders.sort_by(|a, b| a.number.cmp(&b.number));
    Ok(orders)
}

fn order(
    ctx: &Ctx<'_>,
    house: &House,
    products: &BTreeMap<String, Product>,
    receipt: &ReceiptRow,
    lines: &[ReceiptLineRow],
) -> Ordered {
    let line = |(at, row): (usize, &ReceiptLineRow)| {
        let product = products.get(row.sku.as_str());
        OrderedLine {
            line: at as i64 + 1,
            sku: row.sku.to_string(),
            barcode: product.map_or_else(String::new, |p| p.barcode.clone()),
            name: ctx.product_name(product, &row.sku),
            qty: row.expected.0,
            unit: product.map_or_else(String::new, |p| p.unit.clone()),
            pack: product.map_or(1, |p| p.pack.0),
            unit_cost: micros_text(row.unit_cost),
            cost_minor: row.unit_cost * row.expected.0 / MICROS_PER_MINOR,
        }
    };
    let lines: Vec<OrderedLine> = lines.iter().enumerate().map(line).collect();
    Ordered {
        number: receipt.reference.clone(),
        supplier: receipt.supplier.clone(),
        ordered_on: day_of(ctx, receipt.opened_millis),
        wanted_by: Day(receipt.expected_on).to_string(),
        currency: house.currency.to_string(),
        total_minor: lines.iter().map(|line| line.cost_minor).sum(),
        lines,
    }
}

fn on_paper(house: &House, order: Ordered, deliver_to: Vec<String>) -> PurchaseOrder {
    let line = |line: OrderedLine| PurchaseLine {
        no: u32::try_from(line.line).unwrap_or(0),
        packs: match line.pack {
            pack if pack > 1 && line.qty % pack == 0 => format!("{} × {pack}", line.qty / pack),
            _ => String::new(),
        },
        sku: line.sku,
        name: line.name,
        barcode: line.barcode,
        qty: line.qty,
        unit: line.unit,
        unit_cost: line.unit_cost,
        cost: decimal(line.cost_minor),
    };
    PurchaseOrder {
        number: order.number,
        supplier: order.supplier,
        ordered_on: order.ordered_on,
        wanted_by: order.wanted_by,
        deliver_to,
        currency: order.currency,
        total: money_text(house, order.total_minor),
        lines: order.lines.into_iter().map(line).collect(),
    }
}

/// "2.50", "0.0375": two decimals, and more where there are more.
fn micros_text(micros: i64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    let least = text.len() - 4;
    let kept = text.trim_end_matches('0').len().max(least);
    text[..kept].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_keep_what_they_have() {
        for (micros, text) in
            [(2_500_000, "2.50"), (37_500, "0.0375"), (0, "0.00"), (1, "0.000001")]
        {
            assert_eq!(micros_text(micros), text);
        }
    }
}
