//! Which bins are worth a count in the time there is.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::view::MoneyView;
use domain::Qty;
use domain::money::MICROS_PER_MINOR;
use domain::time::MILLIS_PER_DAY;
use planning::{BinFacts, CountLessons, CountReason, Exposure, PastCount, rank_learned};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Db;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct CountPlanArgs {
    pub minutes: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct CountProposal {
    pub location: String,
    pub zone: String,
    pub score: i64,
    pub minutes: i64,
    pub value: MoneyView,
    /// That a count finds the book wrong.
    pub chance_permille: i64,
    pub reasons: Vec<String>,
}

pub fn run(ctx: &Ctx<'_>, args: CountPlanArgs) -> Result<Vec<CountProposal>, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let open: BTreeSet<String> = db.counts(false)?.into_iter().map(|c| c.location).collect();
        let mut zones = BTreeMap::new();
        let mut bins = Vec::new();
        for fact in db.count_facts()? {
            if open.contains(&fact.location) {
                continue;
            }
            let counted = fact.last_count_millis;
            let days = counted.map(|at| (ctx.now.0 - at).max(0) / MILLIS_PER_DAY);
            bins.push(BinFacts {
                value_minor: fact.value_micros / MICROS_PER_MINOR,
                days_since_count: days.map(|days| i32::try_from(days).unwrap_or(i32::MAX)),
                picks_since: fact.picks,
                discrepancy_qty: Qty(fact.discrepancy),
                // Empty since before the last count, and so already checked, is no news.
                went_empty: fact.on_hand == 0 && counted.is_none_or(|at| fact.changed_millis > at),
                exceptions: 0,
                location: fact.location.clone(),
            });
            zones.insert(fact.location, (fact.zone, fact.value_micros));
        }
        let proposals =
            rank_learned(&bins, &*lessons(ctx, &db)?, args.minutes).into_iter().map(|task| {
                let (zone, micros) = zones.remove(&task.location).unwrap_or_default();
                CountProposal {
                    zone,
                    value: house.money_from_micros(micros),
                    reasons: task.reasons.iter().map(|one| reason(ctx, &house, one)).collect(),
                    chance_permille: task.chance_permille,
                    location: task.location,
                    score: shown(task.score),
                    minutes: task.minutes,
                }
            });
        Ok(proposals.collect())
    })
}

/// What the posted counts have taught, learned again when there is another.
fn lessons(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Arc<CountLessons>, Fault> {
    let posted = db.posted_counts()?;
    let mut kept = ctx.app.planner.count_lessons();
    if let Some((_, known)) = kept.as_ref().filter(|(counts, _)| *counts == posted) {
        return Ok(known.clone());
    }
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let mut past = Vec::new();
    for count in db.past_counts()? {
        let before = last.insert(count.location.clone(), count.posted_millis);
        let days =
            before.map_or(DAYS_BEFORE_FIRST, |at| (count.posted_millis - at) / MILLIS_PER_DAY);
        past.push(PastCount {
            since: Exposure { lines: count.picks as f64, days: days.max(0) as f64 },
            was_wrong: count.wrong_units > 0,
            location: count.location,
        });
    }
    let learned = Arc::new(CountLessons::learn(&past));
    *kept = Some((posted, learned.clone()));
    Ok(learned)
}

/// The first count of a bin tells of all the time before it: a season, for want of a record.
const DAYS_BEFORE_FIRST: i64 = 90;

/// Only the order of scores means anything; a screen's numbers stay exact up to 2^53.
fn shown(score: i64) -> i64 {
    score.min((1 << 53) - 1)
}

fn reason(ctx: &Ctx<'_>, house: &House, reason: &CountReason) -> String {
    let lang = ctx.lang;
    match reason {
        CountReason::Discrepancy { qty } => {
            lang.pick(format!("{qty} in discrepancy"), format!("差异 {qty}"))
        }
        CountReason::Exceptions { count } => {
            lang.pick(format!("{count} short picks or wrong scans"), format!("异常 {count} 次"))
        }
        CountReason::WentEmpty => lang.say("Should be empty: a glance", "应为空位，看一眼即可"),
        CountReason::NeverCounted => lang.say("Never counted", "从未盘点"),
        CountReason::ManyPicks { picks } => lang.pick(
            format!("{picks} picks since the last count"),
            format!("上次盘点后出库 {picks} 次"),
        ),
        CountReason::LongAgo { days } => {
            lang.pick(format!("Last counted {days} days ago"), format!("已 {days} 天未盘点"))
        }
        CountReason::HighValue { minor } => {
            let (major, currency) = (minor / 100, house.currency);
            lang.pick(format!("{major} {currency} of stock"), format!("货值 {major} {currency}"))
        }
    }
}
