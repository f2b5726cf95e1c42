//! Count sheets, and amounts as paper shows them.

use crate::ctx::Ctx;
use crate::printing::name_of;
use crate::problem::Fault;
use crate::queries::house::House;
use crate::reasons;
use domain::CountId;
use paper::{CountLine, CountSheet, Document};
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
    let joined = |of: fn(&Ctx<'_>, &CountTaskRow) -> String| {
        let mut all: Vec<String> =
            counts.iter().map(|count| of(ctx, count)).filter(|text| !text.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all.join(", ")
    };
    let counter = ctx.person.as_ref().map_or_else(String::new, |person| person.name.clone());
    Ok(Document::CountSheet(CountSheet {
        number: format!("{} · {}", ctx.today(), counts.len()),
        zone: joined(|_, count| count.zone.clone()),
        reason: joined(|ctx, count| reasons::say(ctx.lang, &count.why)),
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

pub(super) fn money_text(house: &House, minor: i64) -> String {
    let (sign, cents) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs() % 100);
    format!("{sign}{}.{cents:02} {}", grouped(minor.abs() / 100), house.currency)
}

/// "12,345", so that a long number is read in one look.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_stand_in_threes() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "−1,234,567")]
        {
            assert_eq!(grouped(number), text);
        }
    }
}
