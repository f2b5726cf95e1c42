//! The clock that the site's days follow. Instants in the book stay what they are.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::zones::{SETTING, named};
use domain::Body;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct TimeZoneArgs {
    /// A name of the tz database, such as `Asia/Shanghai`.
    pub name: String,
}

pub fn run(ctx: &Ctx<'_>, args: TimeZoneArgs) -> Result<Done, Fault> {
    let zone = named(&args.name).ok_or_else(|| Fault::unknown("time zone", &args.name))?;
    ctx.done(|w| {
        let value = args.name.clone();
        w.record(Body::SettingSet { name: SETTING.to_owned(), value })?;
        let (name, clock) = (&args.name, zone.clock(w.now));
        Ok(ctx.lang.pick(
            format!("The site's clock follows {name}: it is {clock} now."),
            format!("站点时钟按 {name}：现在是 {clock}。"),
        ))
    })
}
