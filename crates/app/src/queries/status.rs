//! The strip at the bottom of the window: what only this desktop has, and whether the books balance.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::{Nothing, PersonRef};
use serde::Serialize;
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
    /// `None` while the first check still runs.
    pub checked_at: Option<i64>,
    pub seq: i64,
    pub drop_folder: Option<String>,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<StatusView, Fault> {
    ctx.read(|db| {
        let seq = db.event_count()?;
        let checked = ctx.app.monitor.last(seq, ctx.now);
        let failure = checked.as_ref().and_then(|checked| checked.failure.clone());
        let (_, _, discrepancies) = db.stock_sums()?;
        let recounts =
            db.counts(false)?.iter().filter(|count| !count.rounds.is_empty()).count() as i64;
        Ok(StatusView {
            person: ctx.person.as_ref().map(PersonRef::from),
            // Until this desktop is enrolled with a server, everything is only here.
            only_here: seq,
            synced_at: None,
            decisions: recounts + discrepancies,
            books_ok: failure.is_none(),
            books_text: match (&checked, failure) {
                (_, Some(failure)) => failure,
                (Some(_), None) => ctx.say("Books balance", "账目平衡"),
                (None, None) => ctx.say("The books are being checked", "正在核账"),
            },
            checked_at: checked.as_ref().map(|checked| checked.at.0),
            state_hash: checked.map_or_else(String::new, |checked| checked.state_hash),
            seq,
            drop_folder: db.setting("drop_folder")?,
        })
    })
}
