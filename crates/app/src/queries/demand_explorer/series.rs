//! A history in days, weeks or months. Days without stock and without a sale are unknown: nobody
//! can tell what would have been asked for.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::demand_choices::CATEGORY;
use domain::{Day, Sku};
use std::collections::BTreeMap;
use store::Db;

/// Two years: one to learn the season from and one to see it again.
pub(super) const DAYS: i32 = 730;

pub(super) struct History {
    pub name: String,
    pub first: Day,
    /// Daily, yesterday last.
    pub values: Vec<Option<i64>>,
}

pub(super) fn history(ctx: &Ctx<'_>, db: &Db<'_>, id: &str) -> Result<History, Fault> {
    let from = ctx.today().plus(-DAYS);
    if let Some(category) = id.strip_prefix(CATEGORY) {
        let mut sums = BTreeMap::new();
        let products = db.products()?;
        let members = products.iter().filter(|product| product.category == category);
        for product in members {
            for (day, qty) in db.demand(&product.sku, from)? {
                *sums.entry(day).or_insert(0) += qty;
            }
        }
        return Ok(since_first(ctx, category.to_owned(), &sums, &BTreeMap::new()));
    }
    let sku = Sku::parse(id).map_err(|e| Fault::invalid("SKU", e))?;
    let product = db.product(&sku)?.ok_or_else(|| Fault::unknown("SKU", id))?;
    let sold: BTreeMap<i32, i64> = db.demand(&sku, from)?.into_iter().collect();
    let name = format!("{sku} · {}", product.name(ctx.lang.is_zh()));
    Ok(since_first(ctx, name, &sold, &empty_days(ctx, db, &sku, from)?))
}

/// From the first day that anything was asked for.
fn since_first(
    ctx: &Ctx<'_>,
    name: String,
    sold: &BTreeMap<i32, i64>,
    empty: &BTreeMap<i32, ()>,
) -> History {
    let today = ctx.today();
    let first = sold.keys().next().copied().unwrap_or(today.0);
    let value = |day: i32| match sold.get(&day) {
        Some(qty) if *qty > 0 => Some(*qty),
        _ if empty.contains_key(&day) => None,
        _ => Some(0),
    };
    History { name, first: Day(first), values: (first..today.0).map(value).collect() }
}

/// Days that began and ended with nothing on hand.
fn empty_days(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    sku: &Sku,
    from: Day,
) -> Result<BTreeMap<i32, ()>, Fault> {
    let net: BTreeMap<i32, i64> =
        db.sku_net_by_day(sku, ctx.days_from(from))?.into_iter().collect();
    let mut level = db.sku_total(sku)?.map_or(0, |total| total.on_hand.0);
    let mut empty = BTreeMap::new();
    for day in (from.0..=ctx.today().0).rev() {
        let change = net.get(&day).copied();
        if level <= 0 && change.is_none() {
            empty.insert(day, ());
        }
        level -= change.unwrap_or(0);
    }
    Ok(empty)
}

/// Sums of `days` each, the last one whole; unknown where most of it is.
pub(super) fn in_blocks(history: &History, days: usize) -> (Day, Vec<Option<i64>>) {
    let skip = history.values.len() % days;
    let sum = |block: &[Option<i64>]| {
        let known: Vec<i64> = block.iter().copied().flatten().collect();
        (known.len() * 2 > block.len()).then(|| known.iter().sum())
    };
    (history.first.plus(skip as i32), history.values[skip..].chunks(days).map(sum).collect())
}
