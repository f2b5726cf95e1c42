//! Count sheets and purchase orders.

use crate::ctx::Ctx;
use crate::printing::name_of;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use domain::money::MICROS_PER_MINOR;
use domain::{CountId, Product, Sku};
use paper::{Block, Column, CountLine, CountSheet, DayReport, Document};
use std::collections::BTreeMap;
use store::Db;
use store::read::{CountTaskRow, HeapQuery};

pub(super) fn count_sheet(ctx: &Ctx<'_>, db: &Db<'_>, ids: &[String]) -> Result<Document, Fault> {
    let mut lines = Vec::new();
    let mut counts: Vec<CountTaskRow> = Vec::new();
    for id in ids {
        let unknown = || Fault::unknown("count", id);
        let count = db.count(CountId::parse(id).map_err(|_| unknown())?)?.ok_or_else(unknown)?;
        lines.extend(bin_lines(ctx, db, &count.location)?);
        counts.push(count);
    }
    let joined = |of: fn(&CountTaskRow) -> &str| {
        let mut all: Vec<&str> = counts.iter().map(of).filter(|text| !text.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all.join(", ")
    };
    let counter = ctx.person.as_ref().map_or_else(String::new, |person| person.name.clone());
    Ok(Document::CountSheet(CountSheet {
        number: format!("{} · {}", ctx.today(), counts.len()),
        zone: joined(|count| &count.zone),
        reason: joined(|count| &count.why),
        counter,
        lines,
    }))
}

/// What stands in a bin, without its quantity; an empty bin still gets its line.
fn bin_lines(ctx: &Ctx<'_>, db: &Db<'_>, bin: &str) -> Result<Vec<CountLine>, Fault> {
    let mut lines = Vec::new();
    for heap in db.heaps(&HeapQuery { location: Some(bin), ..HeapQuery::default() })? {
        let sku = &heap.key.sku;
        lines.push(CountLine {
            bin: bin.to_owned(),
            sku: sku.to_string(),
            name: name_of(ctx, db, sku)?,
            lot: heap.key.lot.to_string(),
            unit: db.product(sku)?.map_or_else(String::new, |product| product.unit),
        });
    }
    if lines.is_empty() {
        let (sku, name, lot, unit) = Default::default();
        lines.push(CountLine { bin: bin.to_owned(), sku, name, lot, unit });
    }
    Ok(lines)
}

/// Today's accepted proposals, of the given SKUs or of all, one table for each supplier.
pub(super) fn purchase_order(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    skus: &[String],
) -> Result<Document, Fault> {
    let house = house(db)?;
    let mut tables: BTreeMap<String, Vec<(Product, i64)>> = BTreeMap::new();
    for product in db.products()? {
        let asked = skus.is_empty() || skus.iter().any(|sku| sku == product.sku.as_str());
        let qty = if asked { accepted(ctx, db, &product.sku)? } else { 0 };
        if qty > 0 {
            tables.entry(product.supplier.clone()).or_default().push((product, qty));
        }
    }
    let blocks = tables.into_iter().flat_map(|(supplier, rows)| {
        [Block::Heading { text: supplier }, order_table(ctx, &house, &rows)]
    });
    Ok(Document::DayReport(DayReport {
        title: ctx.say("Purchase order", "采购单"),
        subtitle: format!("{} · {}", house.name, ctx.today()),
        blocks: blocks.collect(),
    }))
}

fn accepted(ctx: &Ctx<'_>, db: &Db<'_>, sku: &Sku) -> Result<i64, Fault> {
    let decision = db.decision(sku)?.filter(|row| row.day == ctx.today().0);
    let taken = decision.filter(|row| row.decision != "refused");
    Ok(taken.map_or(0, |row| row.qty.0))
}

fn order_table(ctx: &Ctx<'_>, house: &House, rows: &[(Product, i64)]) -> Block {
    let cost = |product: &Product, qty: i64| product.unit_cost.0 * qty / MICROS_PER_MINOR;
    let total: i64 = rows.iter().map(|(product, qty)| cost(product, *qty)).sum();
    let row = |(product, qty): &(Product, i64)| {
        vec![
            product.sku.to_string(),
            product.name(ctx.lang.is_zh()).to_owned(),
            format!("{qty} {}", product.unit),
            money_text(house, cost(product, *qty)),
        ]
    };
    let column = |en: &str, zh: &str, numeric| Column { title: ctx.say(en, zh), numeric };
    Block::Table {
        caption: ctx.lang.pick(
            format!("Total {}", money_text(house, total)),
            format!("合计 {}", money_text(house, total)),
        ),
        columns: vec![
            column("SKU", "商品编码", false),
            column("Name", "名称", false),
            column("Quantity", "数量", true),
            column("Cost", "金额", true),
        ],
        rows: rows.iter().map(row).collect(),
    }
}

pub(super) fn money_text(house: &House, minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let (major, cents) = (minor.abs() / 100, minor.abs() % 100);
    format!("{sign}{major}.{cents:02} {}", house.currency)
}
