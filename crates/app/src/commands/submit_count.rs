//! Submit what was counted. What matches is posted at once; what does not is counted again by
//! somebody else, and what still does not waits for a supervisor.

use super::start_count::{reading, still_open};
use crate::ctx::{Ctx, Work};
use crate::problem::Fault;
use crate::queries::known;
use crate::view::{CountState, Tone};
use domain::{Body, Hlc, HoldScope, Key, LocationCode, Observed, Qty, Refusal, Serial};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::read::{CountTaskRow, HeapQuery, HeapRow};
use ts_rs::TS;
use warehouse::count::{Entry, Verdict, Watched, judge, observe, variance, watermark_that_fits};

#[derive(Debug, Deserialize, TS)]
pub struct CountEntry {
    pub sku: String,
    pub lot: String,
    pub serial: String,
    pub qty: i64,
}

#[derive(Debug, Deserialize, TS)]
pub struct SubmitCountArgs {
    pub id: String,
    pub entries: Vec<CountEntry>,
}

#[derive(Debug, Serialize, TS)]
pub struct CountOutcome {
    pub state: CountState,
    pub message: String,
    pub tone: Tone,
}

pub fn run(ctx: &Ctx<'_>, args: SubmitCountArgs) -> Result<CountOutcome, Fault> {
    let me = ctx.actor().0;
    let outcome = ctx.write(|w| {
        let row = known::count(w, &args.id)?;
        still_open(ctx, &row)?;
        if row.rounds.last().is_some_and(|last| last.actor == me) {
            return Err(Refusal::SamePerson.into());
        }
        let entries = entries(w, &args.entries)?;
        let location = known::bin(w, &row.location)?.code;
        judge_round(ctx, w, &row, &location, &entries, &me)
    })?;
    // Only a submitted count forgets its beginning: a refused one is still being counted.
    ctx.app.begun.end(&args.id, &me);
    Ok(outcome)
}

fn entries(w: &Work<'_, '_>, entries: &[CountEntry]) -> Result<Vec<Entry>, Fault> {
    entries
        .iter()
        .map(|entry| {
            if entry.qty < 0 {
                return Err(Refusal::QtyNotPositive.into());
            }
            let serial = Serial::parse_optional(&entry.serial)
                .map_err(|error| Fault::invalid("serial", error))?;
            Ok(Entry {
                sku: known::product(w, &entry.sku)?.sku,
                lot: known::lot(&entry.lot)?,
                serial,
                qty: Qty(entry.qty),
            })
        })
        .collect()
}

fn judge_round(
    ctx: &Ctx<'_>,
    w: &mut Work<'_, '_>,
    row: &CountTaskRow,
    location: &LocationCode,
    entries: &[Entry],
    me: &str,
) -> Result<CountOutcome, Fault> {
    let now = reading(ctx, w)?;
    let start = ctx.app.begun.at(&row.id.to_string(), me).unwrap_or(now);
    let here = HeapQuery { location: Some(location.as_str()), ..HeapQuery::default() };
    let heaps = w.heaps(&here)?;
    let book: Vec<(Key, Qty)> = heaps.iter().map(|h| (h.key.clone(), h.on_hand)).collect();
    let seen = observe(location, entries, &book);
    let fitting = watermark_that_fits(&watched(w, &seen, &heaps, start)?, start.0, now.0);
    let watermark = fitting.map_or(now, Hlc);
    let units = if fitting.is_some() { Qty::ZERO } else { variance(&seen, &book) };
    let round = row.rounds.last().map_or(1, |last| last.round + 1);
    let verdict = judge(units, tolerance(w)?, round);
    let count = row.id;
    w.record(Body::CountObserved { count, round, watermark, seen: seen.clone() })?;
    if matches!(verdict, Verdict::Matches | Verdict::WithinTolerance) {
        post(w, row, watermark, seen)?;
    }
    Ok(outcome(ctx, verdict))
}

fn watched(
    w: &Work<'_, '_>,
    seen: &[Observed],
    heaps: &[HeapRow],
    start: Hlc,
) -> Result<Vec<Watched>, Fault> {
    seen.iter()
        .map(|observed| {
            let heap = heaps.iter().find(|heap| heap.key == observed.key);
            let changes = w.moved_since(&observed.key, start.0)?;
            Ok(Watched {
                counted: observed.qty.0,
                sum_now: heap.map_or(0, |heap| heap.on_hand.0 + heap.discrepancy.0),
                changes: changes.into_iter().map(|(at, qty)| (at, qty.0)).collect(),
            })
        })
        .collect()
}

fn tolerance(w: &Work<'_, '_>) -> Result<Qty, Fault> {
    let units = w.setting("tolerance_units")?.and_then(|text| text.trim().parse().ok());
    Ok(Qty(units.unwrap_or(0)))
}

/// Posts an observation, and lifts the doubt that a short pick put on what was counted.
pub(super) fn post(
    w: &mut Work<'_, '_>,
    row: &CountTaskRow,
    watermark: Hlc,
    seen: Vec<Observed>,
) -> Result<(), Fault> {
    let scopes: BTreeSet<HoldScope> = seen
        .iter()
        .map(|observed| HoldScope::Stock {
            sku: observed.key.sku.clone(),
            location: observed.key.location.clone(),
        })
        .collect();
    w.record(Body::CountPosted { count: row.id, watermark, seen })?;
    for hold in scopes {
        if w.hold(&hold)?.is_some_and(|held| held.on) {
            w.record(Body::HoldSet { hold, on: false, reason: "counted".to_owned() })?;
        }
    }
    Ok(())
}

fn outcome(ctx: &Ctx<'_>, verdict: Verdict) -> CountOutcome {
    let (state, message, tone) = match verdict {
        Verdict::Matches => {
            (CountState::Posted, ctx.say("It matches. Posted.", "账实相符，已过账。"), Tone::Good)
        }
        Verdict::WithinTolerance => (
            CountState::Posted,
            ctx.say("Close enough. Posted.", "差异在允许范围内，已过账。"),
            Tone::Good,
        ),
        Verdict::Recount => (
            CountState::Recount,
            ctx.say(
                "It differs from the book. Another person counts it again.",
                "与账面不符，请由另一位同事复盘。",
            ),
            Tone::Warn,
        ),
        Verdict::Investigate => (
            CountState::Investigating,
            ctx.say("It still differs. A supervisor decides.", "复盘仍不符，等待主管审批。"),
            Tone::Stop,
        ),
    };
    CountOutcome { state, message, tone }
}
