//! What if there were only so much money: which proposals to buy, and how much of each.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::queries::proposal::explained;
use crate::queries::proposals::open;
use crate::replenishing::{Advice, advice};
use crate::view::MoneyView;
use planning::{Limit, Purse, Ration, ration};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const MINOR_PER_MAJOR: i64 = 100;

#[derive(Debug, Deserialize, TS)]
pub struct BudgetPlanArgs {
    /// In whole units of the currency.
    pub budget: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct BudgetRow {
    pub sku: String,
    pub name: String,
    pub supplier: String,
    pub wanted: i64,
    pub qty: i64,
    pub cost: MoneyView,
    /// Empty where all of it is bought.
    pub why: String,
}

#[derive(Debug, Serialize, TS)]
pub struct BudgetPlan {
    pub rows: Vec<BudgetRow>,
    /// All open proposals together.
    pub wanted: MoneyView,
    pub spent: MoneyView,
    pub left: MoneyView,
    pub bought: usize,
    /// What the next unit of money would bring, in words; empty when the budget does not bind.
    pub price: String,
}

pub fn run(ctx: &Ctx<'_>, args: BudgetPlanArgs) -> Result<BudgetPlan, Fault> {
    let budget = args.budget.saturating_mul(MINOR_PER_MAJOR);
    if budget < 0 {
        return Err(Fault::invalid("budget", ctx.say("is 0 or more", "不能为负")));
    }
    ctx.read(|db| {
        let house = house(&db)?;
        let all = advice(ctx, &db)?;
        let wanted: Vec<&Advice> = open(ctx, &db, &all)?;
        let rations: Vec<Ration> = wanted.iter().map(|one| of(one)).collect();
        let purse = Purse { budget_minor: Some(budget), space_ml: None };
        let done = ration(&rations, &purse);
        let rows = wanted.iter().zip(done.quantities.iter().zip(&done.limits));
        let mut rows: Vec<BudgetRow> = rows
            .map(|(one, (&qty, &limit))| BudgetRow {
                sku: one.product.sku.to_string(),
                name: one.product.name(ctx.lang.is_zh()).to_owned(),
                supplier: one.product.supplier.clone(),
                wanted: one.proposal.suggested_qty,
                qty,
                cost: house.money_from_micros(qty * one.product.unit_cost.0),
                why: why(ctx, one, qty, limit),
            })
            .collect();
        // What is bought first; within it the order of urgency stays.
        rows.sort_by_key(|row| row.qty == 0);
        let wanted = wanted.iter().map(|one| one.cost_micros()).sum();
        Ok(BudgetPlan {
            bought: rows.iter().filter(|row| row.qty > 0).count(),
            rows,
            wanted: house.money_from_micros(wanted),
            spent: house.money(done.spent_minor),
            left: house.money(budget - done.spent_minor),
            price: price(ctx, &house, done.budget_price_milli),
        })
    })
}

fn of(one: &Advice) -> Ration {
    Ration {
        sku: one.product.sku.to_string(),
        position: one.proposal.reason.position,
        qty: one.proposal.suggested_qty,
        moq: one.product.moq.0,
        pack: one.product.pack.0,
        unit_ml: one.product.volume.0,
        need: one.proposal.reason.need,
        stakes: one.stakes,
    }
}

fn why(ctx: &Ctx<'_>, one: &Advice, qty: i64, limit: Limit) -> String {
    match limit {
        Limit::None if qty < one.proposal.suggested_qty => {
            ctx.say("More is not worth its money yet.", "再多买暂不划算。")
        }
        Limit::None => String::new(),
        other => explained::limit(ctx, other, one),
    }
}

fn price(ctx: &Ctx<'_>, house: &House, milli: i64) -> String {
    if milli <= 0 {
        return String::new();
    }
    let currency = house.currency;
    let (whole, hundredths) = (milli / 1000, milli % 1000 / 10);
    ctx.lang.pick(
        format!("Each {currency} more would bring {whole}.{hundredths:02} {currency}."),
        format!("预算每增加 1 {currency}，可多得 {whole}.{hundredths:02} {currency}。"),
    )
}
