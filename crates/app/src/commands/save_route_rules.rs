//! Change what routes cost and allow in this house.

use crate::ctx::{Ctx, Done};
use crate::dispatching::rules::{RouteRules, SETTING};
use crate::problem::Fault;
use domain::Body;

const DAY_MIN: i64 = 24 * 60;
/// Standing still is a closure, and nobody drives at more than double speed.
const PERCENT: std::ops::RangeInclusive<i64> = 5..=200;

pub fn run(ctx: &Ctx<'_>, mut args: RouteRules) -> Result<Done, Fault> {
    let costs = [
        args.service_s,
        args.van_day_minor,
        args.km_minor,
        args.hour_minor,
        args.late_max_min,
        args.late_minute_minor,
        args.uneven_hour_minor,
        args.fair_day_min,
        args.unfamiliar_minor,
    ];
    if costs.iter().any(|number| *number < 0) {
        return Err(Fault::invalid("rules", ctx.say("may not be negative", "不能为负")));
    }
    args.speeds.sort_by_key(|speed| speed.from_min);
    let wrong = |speed: &crate::dispatching::rules::SpeedFrom| {
        !(0..DAY_MIN).contains(&speed.from_min) || !PERCENT.contains(&speed.percent)
    };
    if args.speeds.iter().any(wrong) {
        let problem =
            ctx.say("are 5 to 200 percent, by hours of the day", "须为 5% 到 200%，按时刻填写");
        return Err(Fault::invalid("speeds", problem));
    }
    ctx.done(|w| {
        let value = serde_json::to_string(&args).map_err(|e| Fault::invalid("rules", e))?;
        w.record(Body::SettingSet { name: SETTING.to_owned(), value })?;
        Ok(ctx.say("Rules for routes saved.", "已保存线路规则。"))
    })
}
