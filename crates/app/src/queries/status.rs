//! The strip at the bottom of the window: what only this desktop has, and whether the books balance.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{Nothing, PersonRef};
use serde::Serialize;
use std::sync::Mutex;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct StatusView {
    pub person: Option<PersonRef>,
    pub only_here: i64,
    pub synced_at: Option<i64>,
    pub decisions: i64,
    pub books_ok: bool,
    pub books_text: String,
    pub state_hash: String,
    pub checked_at: i64,
    pub seq: i64,
    pub drop_folder: Option<String>,
}

/// The invariants take longer than a frame on a large book, so one check serves every screen until
/// the book has moved on by this many events.
const RECHECK_EVENTS: i64 = 200;

#[derive(Default)]
pub(crate) struct Monitor {
    last: Mutex<Option<Checked>>,
}

#[derive(Clone)]
pub(crate) struct Checked {
    seq: i64,
    pub at: i64,
    pub failure: Option<String>,
    state_hash: String,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<StatusView, Fault> {
    ctx.read(|db| {
        let seq = db.event_count()?;
        let checked = checked(ctx, &db, seq)?;
        let (_, _, discrepancies) = db.stock_sums()?;
        let recounts =
            db.counts(false)?.iter().filter(|count| !count.rounds.is_empty()).count() as i64;
        Ok(StatusView {
            person: ctx.person.as_ref().map(PersonRef::from),
            // Until this desktop is enrolled with a server, everything is only here.
            only_here: seq,
            synced_at: None,
            decisions: recounts + discrepancies,
            books_ok: checked.failure.is_none(),
            books_text: checked.failure.unwrap_or_else(|| ctx.say("Books balance", "账目平衡")),
            state_hash: checked.state_hash,
            checked_at: checked.at,
            seq,
            drop_folder: db.setting("drop_folder")?,
        })
    })
}

pub(crate) fn checked(ctx: &Ctx<'_>, db: &store::Db<'_>, seq: i64) -> Result<Checked, Fault> {
    let mut last = ctx.app.monitor.last.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(known) = last.as_ref().filter(|known| seq - known.seq < RECHECK_EVENTS) {
        return Ok(known.clone());
    }
    let failure = db
        .check_invariants()?
        .into_iter()
        .find_map(|check| check.failure.map(|failure| format!("{}: {failure}", check.name)));
    let fresh = Checked { seq, at: ctx.now.0, failure, state_hash: db.state_hash()? };
    *last = Some(fresh.clone());
    Ok(fresh)
}
