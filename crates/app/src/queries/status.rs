//! The strip at the bottom of the window: what only this desktop has, and whether the books balance.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::syncing::{Known, LinkState};
use crate::view::{Nothing, PersonRef};
use serde::Serialize;
use store::Db;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct StatusView {
    pub person: Option<PersonRef>,
    pub only_here: i64,
    /// When the server last answered.
    pub synced_at: Option<i64>,
    pub link: LinkState,
    /// What a person should know of the server, or empty.
    pub trouble: String,
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
    // Taken once: two looks in one expression would wait for one another.
    let link = ctx.app.link.known().clone();
    ctx.read(|db| {
        let seq = db.event_count()?;
        let checked = ctx.app.monitor.last(seq, ctx.now);
        let failure = checked.as_ref().and_then(|checked| checked.failure.clone());
        let (_, _, discrepancies) = db.stock_sums()?;
        let recounts =
            db.counts(false)?.iter().filter(|count| !count.rounds.is_empty()).count() as i64;
        Ok(StatusView {
            person: ctx.person.as_ref().map(PersonRef::from),
            only_here: only_here(ctx, &db, seq)?,
            synced_at: link.heard_at.map(|at| at.0),
            link: link.state,
            trouble: trouble(ctx, &link),
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

/// Until this desktop is enrolled with a server, everything is only here.
fn only_here(ctx: &Ctx<'_>, db: &Db<'_>, seq: i64) -> Result<i64, Fault> {
    Ok(if ctx.app.is_enrolled() { db.unacknowledged()?.0 } else { seq })
}

/// A clock this far off is worth a word; it decides nothing.
const CLOCK_OFF_MS: i64 = 5 * 60 * 1000;

fn trouble(ctx: &Ctx<'_>, known: &Known) -> String {
    let minutes = known.clock_ahead_ms / 60_000;
    if known.clock_ahead_ms.abs() > CLOCK_OFF_MS {
        return ctx.lang.pick(
            format!(
                "This clock is {minutes} min ahead of the server's; order of work is not affected."
            ),
            format!("本机时钟比服务器快 {minutes} 分钟；不影响作业顺序。"),
        );
    }
    if known.forks > 0 {
        return ctx.say(
            "This desktop's data had been copied or restored; it goes on under a new name, and nothing was lost.",
            "本机数据曾被复制或恢复，现以新编号继续，未丢失数据。",
        );
    }
    if known.restored > 0 && known.trouble.is_empty() {
        return ctx.say(
            "The server was restored from a backup; this desktop offered again what it had lost.",
            "服务器已从备份恢复，本机已重新提交其丢失的数据。",
        );
    }
    known.trouble.clone()
}
