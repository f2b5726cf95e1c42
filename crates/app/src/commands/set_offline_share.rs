//! How much of what is available each desktop may promise while it does not reach the server.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::syncing::OFFLINE_PERCENT;
use domain::Body;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct OfflineShareArgs {
    /// 0 to 50: two desktops must be able to have theirs.
    pub percent: i64,
}

pub fn run(ctx: &Ctx<'_>, args: OfflineShareArgs) -> Result<Done, Fault> {
    if !(0..=50).contains(&args.percent) {
        return Err(Fault::invalid("share", ctx.say("is 0 to 50 percent", "须为 0% 到 50%")));
    }
    ctx.done(|w| {
        let (name, value) = (OFFLINE_PERCENT.to_owned(), args.percent.to_string());
        w.record(Body::SettingSet { name, value })?;
        Ok(ctx.lang.pick(
            format!("Each desktop may promise {} % offline.", args.percent),
            format!("每台电脑离线时可承诺 {}%。", args.percent),
        ))
    })
}
