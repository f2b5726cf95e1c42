//! What a supervisor sees before approving a count: the book, both rounds, and the difference.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::queries::known::{self, Products};
use crate::view::{ById, CountRow, CountState, MoneyView};
use domain::person::Role;
use domain::{Key, Observed};
use serde::Serialize;
use std::collections::BTreeSet;
use store::Db;
use store::read::{CountRound, CountTaskRow, HeapQuery};
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct CountReviewLine {
    pub sku: String,
    pub name: String,
    pub lot: String,
    pub expected: i64,
    pub counted: i64,
    pub recounted: Option<i64>,
    pub adjustment: i64,
    pub value: MoneyView,
    pub moved_since: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct CountReview {
    pub row: CountRow,
    pub lines: Vec<CountReviewLine>,
    pub may_approve: bool,
    pub why_not: String,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<CountReview, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let row = known::count(&db, &args.id)?;
        let mut products = Products::default();
        let mut lines = Vec::new();
        if let Some(last) = row.rounds.last() {
            for key in keys(&row) {
                let product = products.get(&db, &key.sku)?;
                let first = row.rounds.first().map_or(0, |round| seen(&round.seen, &key));
                let counted = seen(&last.seen, &key);
                let (expected, moved_since) = expected(&db, &row, last, &key)?;
                let adjustment = counted - expected;
                let unit_cost = product.map_or(0, |p| p.unit_cost.0);
                lines.push(CountReviewLine {
                    name: ctx.product_name(product, &key.sku),
                    sku: key.sku.to_string(),
                    lot: key.lot.to_string(),
                    expected,
                    counted: first,
                    recounted: (row.rounds.len() > 1).then_some(counted),
                    adjustment,
                    value: house.money_from_micros(adjustment.saturating_mul(unit_cost)),
                    moved_since,
                });
            }
        }
        let why_not = why_not(ctx, CountState::of(&row));
        Ok(CountReview {
            row: CountRow::new(ctx, &db, &row)?,
            lines,
            may_approve: why_not.is_empty(),
            why_not,
        })
    })
}

fn keys(row: &CountTaskRow) -> BTreeSet<Key> {
    row.rounds.iter().flat_map(|round| &round.seen).map(|observed| observed.key.clone()).collect()
}

fn seen(observed: &[Observed], key: &Key) -> i64 {
    observed.iter().find(|one| one.key == *key).map_or(0, |one| one.qty.0)
}

/// What the book had at the watermark, and what has moved since. Once posted the book agrees with
/// the count by definition, so the difference is read back from the adjustment.
fn expected(
    db: &Db<'_>,
    row: &CountTaskRow,
    last: &CountRound,
    key: &Key,
) -> Result<(i64, i64), Fault> {
    let moved: i64 = db.moved_since(key, last.watermark)?.iter().map(|(_, qty)| qty.0).sum();
    let (sku, location, lot) = (key.sku.as_str(), key.location.as_str(), key.lot.as_str());
    if row.posted {
        let (legs, _) = db.legs_where(Some(sku), Some(location), Some(lot), 0, i64::MAX)?;
        let posted = legs
            .iter()
            .find(|leg| leg.count && leg.key == *key && leg.at_millis == last.watermark >> 16);
        return Ok((seen(&last.seen, key) - posted.map_or(0, |leg| leg.qty.0), moved));
    }
    let here = HeapQuery { sku: Some(sku), location: Some(location), ..HeapQuery::default() };
    let heap = db.heaps(&here)?.into_iter().find(|heap| heap.key == *key);
    let sum = heap.map_or(0, |heap| heap.on_hand.0 + heap.discrepancy.0);
    Ok((sum - moved, moved))
}

fn why_not(ctx: &Ctx<'_>, state: CountState) -> String {
    if ctx.allow(&[Role::Supervisor]).is_err() {
        return ctx.say("A supervisor approves counts.", "需由主管审批。");
    }
    match state {
        CountState::Investigating => String::new(),
        CountState::Planned => ctx.say("Nobody has counted it yet.", "尚未盘点。"),
        CountState::Recount => ctx.say("Another person recounts it first.", "需先由他人复盘。"),
        CountState::Posted => ctx.say("It is posted already.", "已过账。"),
        CountState::Dropped => ctx.say("It was dropped.", "已取消。"),
    }
}
