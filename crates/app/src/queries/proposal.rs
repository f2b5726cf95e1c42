//! One proposal: the history behind it, the days ahead, and each step of the reasoning.

pub(crate) mod explained;
mod why;

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::queries::proposals::{ProposalRow, holds, row};
use crate::queries::service_levels::{ServiceLevel, of_one};
use crate::replenishing::{Advice, HISTORY_DAYS, advice, history, service_permille};
use crate::view::{ById, DayPoint};
use explained::{ProposalExplained, explained};
use planning::forecast;
use serde::Serialize;
use ts_rs::TS;
use why::why;

/// Four weeks ahead: beyond that the fan is wider than it is useful.
const HORIZON_DAYS: usize = 28;

#[derive(Debug, Serialize, TS)]
pub struct FanPoint {
    pub day: String,
    pub median: i64,
    pub lo50: i64,
    pub hi50: i64,
    pub lo80: i64,
    pub hi80: i64,
    pub lo95: i64,
    pub hi95: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct ProposalDetail {
    pub row: ProposalRow,
    pub history: Vec<DayPoint>,
    pub fan: Vec<FanPoint>,
    /// Expected stock at the end of each day ahead.
    pub stock: Vec<DayPoint>,
    pub receipts: Vec<DayPoint>,
    pub why: Vec<String>,
    pub lead_time_days: i64,
    pub service_permille: i64,
    pub explained: ProposalExplained,
    /// What another service level would change.
    pub levels: Vec<ServiceLevel>,
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<ProposalDetail, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let all = advice(ctx, &db)?;
        let one = all.iter().find(|one| one.product.sku.as_str() == args.id);
        let one = one.ok_or_else(|| Fault::unknown("SKU", &args.id))?;
        let decision = db.decision(&one.product.sku)?.filter(|row| holds(ctx, one, row));
        let service = service_permille(&db)?;
        let today = ctx.today();
        let series = history(&db, &one.product.sku, today, HISTORY_DAYS)?;
        let ahead = forecast(&series, HORIZON_DAYS);
        let inbound = db.inbound(&one.product.sku)?;
        let past = series.iter().zip(today.0 - HISTORY_DAYS..);
        let fan = ahead.days.iter().zip(today.0..).map(|(day, at)| FanPoint {
            day: domain::Day(at).to_string(),
            median: day.median,
            lo50: day.lo50,
            hi50: day.hi50,
            lo80: day.lo80,
            hi80: day.hi80,
            lo95: day.lo95,
            hi95: day.hi95,
        });
        Ok(ProposalDetail {
            row: row(ctx, &house, one, decision.as_ref()),
            history: past.map(|(qty, day)| DayPoint::new(day, *qty)).collect(),
            fan: fan.collect(),
            stock: stock_ahead(one, today.0, &ahead.mean, &inbound),
            receipts: inbound.iter().map(|(day, qty)| DayPoint::new(*day, *qty)).collect(),
            why: why(ctx, &db, one)?,
            lead_time_days: one.proposal.reason.lead_time.mean_days.round() as i64,
            service_permille: service,
            explained: explained(ctx, &house, one),
            levels: of_one(&house, one, service),
        })
    })
}

/// On hand less expected demand plus what is to arrive; overdue deliveries count for today.
fn stock_ahead(one: &Advice, today: i32, mean: &[f64], inbound: &[(i32, i64)]) -> Vec<DayPoint> {
    let mut level = one.total.on_hand.0 as f64;
    let mut points = Vec::with_capacity(mean.len());
    for (demand, day) in mean.iter().zip(today..) {
        let arrives = inbound.iter().filter(|(due, _)| (*due).max(today) == day);
        level += arrives.map(|(_, qty)| *qty as f64).sum::<f64>();
        level = (level - demand).max(0.0);
        points.push(DayPoint::new(day, level.round() as i64));
    }
    points
}
