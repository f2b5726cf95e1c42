//! The service level that proposals promise.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::replenishing::{SERVICE_LEVELS, SERVICE_SETTING};
use domain::Body;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct ServiceLevelArgs {
    /// One of those that `service_levels` names.
    pub permille: i64,
}

pub fn run(ctx: &Ctx<'_>, args: ServiceLevelArgs) -> Result<Done, Fault> {
    if !SERVICE_LEVELS.contains(&args.permille) {
        let wanted = ctx.say("choose one of the levels shown", "请从列出的水平中选择");
        return Err(Fault::invalid("service level", wanted));
    }
    ctx.done(|w| {
        let (name, value) = (SERVICE_SETTING.to_owned(), args.permille.to_string());
        w.record(Body::SettingSet { name, value })?;
        let (whole, tenth) = (args.permille / 10, args.permille % 10);
        Ok(ctx.lang.pick(
            format!("Proposals now promise {whole}.{tenth} % service."),
            format!("补货建议现按 {whole}.{tenth}% 服务水平计算。"),
        ))
    })
}
