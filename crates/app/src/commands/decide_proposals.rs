//! Decide on proposals: what is accepted becomes one purchase order for each supplier.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use crate::replenishing::advice;
use domain::event::{Decision, ExpectedLine};
use domain::{Body, Product, Qty, ReceiptId, Refusal, Sku};
use serde::Deserialize;
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[ts(rename = "DecideAction")]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Accept,
    Change,
    Refuse,
}

#[derive(Debug, Deserialize, TS)]
pub struct OneDecision {
    pub sku: String,
    pub action: Action,
    pub qty: i64,
    pub reason: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct DecideArgs {
    pub decisions: Vec<OneDecision>,
}

pub fn run(ctx: &Ctx<'_>, args: DecideArgs) -> Result<Done, Fault> {
    let done = ctx.done(|w| {
        let mut orders: BTreeMap<String, Vec<(Product, Qty)>> = BTreeMap::new();
        for one in &args.decisions {
            let product = product(w, &one.sku)?;
            let qty = decide(ctx, w, &product, one)?;
            if qty > Qty::ZERO {
                orders.entry(product.supplier.clone()).or_default().push((product, qty));
            }
        }
        let references = order_all(ctx, w, orders)?;
        let count = args.decisions.len();
        Ok(if references.is_empty() {
            ctx.lang.pick(format!("{count} decided."), format!("已处理 {count} 项建议。"))
        } else {
            let list = references.join(", ");
            ctx.lang.pick(
                format!("{count} decided; ordered as {list}."),
                format!("已处理 {count} 项建议，生成采购单 {list}。"),
            )
        })
    })?;
    // What was ordered is on order now, so the next proposal differs.
    *ctx.app.planner.proposals() = None;
    Ok(done)
}

fn product(w: &Work<'_, '_>, sku: &str) -> Result<Product, Fault> {
    let parsed = Sku::parse(sku).map_err(|e| Fault::invalid("SKU", e))?;
    w.product(&parsed)?.ok_or_else(|| Fault::unknown("SKU", sku))
}

/// Records the decision and answers how much to order.
fn decide(
    ctx: &Ctx<'_>,
    w: &mut Work<'_, '_>,
    product: &Product,
    one: &OneDecision,
) -> Result<Qty, Fault> {
    let day = ctx.today();
    if w.decision(&product.sku)?.is_some_and(|row| row.day == day.0) {
        let is = product.sku.to_string();
        let needs = "It was decided today; change the expected receipt instead.";
        return Err(Refusal::WrongState { what: "proposal", is, needs }.into());
    }
    let (decision, qty) = match one.action {
        Action::Accept => (Decision::Accepted, accepted(ctx, w, product, one.qty)?),
        Action::Change => (Decision::Changed, Qty(one.qty)),
        Action::Refuse => (Decision::Refused, Qty::ZERO),
    };
    if decision != Decision::Refused && qty <= Qty::ZERO {
        return Err(Refusal::QtyNotPositive.into());
    }
    let (sku, reason) = (product.sku.clone(), one.reason.clone());
    w.record(Body::ProposalDecided { sku, day, decision, qty, reason })?;
    Ok(qty)
}

/// Accepting without a number is accepting what was suggested.
fn accepted(ctx: &Ctx<'_>, w: &Work<'_, '_>, product: &Product, qty: i64) -> Result<Qty, Fault> {
    if qty > 0 {
        return Ok(Qty(qty));
    }
    let all = advice(ctx, w)?;
    let one = all.iter().find(|one| one.product.sku == product.sku);
    Ok(Qty(one.map_or(0, |one| one.proposal.suggested_qty)))
}

fn order_all(
    ctx: &Ctx<'_>,
    w: &mut Work<'_, '_>,
    orders: BTreeMap<String, Vec<(Product, Qty)>>,
) -> Result<Vec<String>, Fault> {
    let today = ctx.today();
    let prefix = format!("PO-{}-", today.to_string().replace('-', ""));
    let known = w.receipts(i64::MAX)?;
    let taken = known.iter().filter_map(|row| row.reference.strip_prefix(&prefix)?.parse().ok());
    let mut number: i64 = taken.max().unwrap_or(0);
    let mut references = Vec::new();
    for (supplier, rows) in orders {
        number += 1;
        let reference = format!("{prefix}{number}");
        let lead = rows.iter().map(|(product, _)| product.lead_time_days).max().unwrap_or(0);
        let lines = rows.into_iter().map(|(product, qty)| ExpectedLine {
            sku: product.sku,
            qty,
            unit_cost: product.unit_cost,
        });
        let body = Body::ReceiptExpected {
            receipt: ReceiptId(w.id()),
            reference: reference.clone(),
            supplier,
            expected_on: today.plus(lead),
            lines: lines.collect(),
        };
        w.record(body)?;
        references.push(reference);
    }
    Ok(references)
}
