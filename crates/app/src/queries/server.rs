//! How this desktop stands with its server: what is only here, and what waits for a decision.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::syncing::LinkState;
use crate::view::Nothing;
use serde::Serialize;
use store::WhyHeld;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct ServerView {
    pub state: LinkState,
    pub enrolled: bool,
    pub url: String,
    pub site: String,
    pub heard_at: Option<i64>,
    pub trouble: String,
    /// Events that the server does not have yet, and the time of the oldest.
    pub only_here: i64,
    pub only_here_since: Option<i64>,
    /// Events of the site that are in this book.
    pub site_events: i64,
    pub held: Vec<HeldView>,
    /// Share of what is available that each desktop may promise offline.
    pub offline_percent: i64,
}

/// An event that is kept and not applied.
#[derive(Debug, Serialize, TS)]
pub struct HeldView {
    pub id: String,
    pub what: String,
    pub why: String,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<ServerView, Fault> {
    ctx.read(|db| {
        let state = db.sync_state()?;
        let (count, since) = db.unacknowledged()?;
        let held = db.held_events()?.into_iter().map(|row| HeldView {
            id: row.id.to_string(),
            what: kind(&row.body),
            why: match row.why {
                WhyHeld::Newer => {
                    ctx.say("Update this program to read it.", "请升级本程序后查看。")
                }
                WhyHeld::Parked => ctx.lang.pick(
                    format!("It cannot be applied: {}.", row.detail),
                    format!("无法应用：{}。", row.detail),
                ),
            },
        });
        let known = ctx.app.link.known().clone();
        Ok(ServerView {
            state: known.state,
            enrolled: ctx.app.is_enrolled(),
            url: known.url,
            site: state.site,
            heard_at: known.heard_at.map(|at| at.0),
            trouble: known.trouble,
            only_here: count,
            only_here_since: since.map(|at| at.0),
            site_events: state.cursor.number,
            held: held.collect(),
            offline_percent: db
                .setting(crate::syncing::OFFLINE_PERCENT)?
                .and_then(|text| text.parse().ok())
                .unwrap_or(0),
        })
    })
}

fn kind(body: &str) -> String {
    let name = body.strip_prefix("{\"kind\":\"").and_then(|rest| rest.split('"').next());
    name.unwrap_or("event").to_owned()
}
