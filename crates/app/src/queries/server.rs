//! How this desktop stands with its server: what is only here, and since when.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::syncing::LinkState;
use crate::view::Nothing;
use serde::Serialize;
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
    /// Share of what is available that each desktop may promise offline.
    pub offline_percent: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<ServerView, Fault> {
    ctx.read(|db| {
        let state = db.sync_state()?;
        let (count, since) = db.unacknowledged()?;
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
            offline_percent: db
                .setting(crate::syncing::OFFLINE_PERCENT)?
                .and_then(|text| text.parse().ok())
                .unwrap_or(0),
        })
    })
}

pub(super) fn kind(body: &str) -> String {
    let name = body.strip_prefix("{\"kind\":\"").and_then(|rest| rest.split('"').next());
    name.unwrap_or("event").to_owned()
}
