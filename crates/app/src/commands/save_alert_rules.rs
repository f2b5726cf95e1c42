//! Say what Today warns of.

use crate::alerting::{AlertRule, AlertRules, SETTING};
use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use domain::Body;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct AlertRulesArgs {
    /// Those that are not named stay as they are.
    pub rules: Vec<AlertRule>,
}

pub fn run(ctx: &Ctx<'_>, args: AlertRulesArgs) -> Result<Done, Fault> {
    for rule in &args.rules {
        let standard = rule.kind.standard();
        let (min, max) = (standard.min, standard.max);
        if !(min..=max).contains(&rule.limit) {
            let (text, unit) = rule.kind.words(ctx.lang);
            let why = ctx.lang.pick(
                format!("“{text}” takes {min} to {max} {unit}"),
                format!("“{text}”须为 {min} 到 {max} {unit}"),
            );
            return Err(Fault::invalid("rules", why));
        }
    }
    ctx.done(|w| {
        let known = AlertRules::load(w)?;
        let said = |rule: &AlertRule| args.rules.iter().rfind(|new| new.kind == rule.kind);
        let all: Vec<AlertRule> = crate::alerting::AlertKind::ALL
            .into_iter()
            .map(|kind| known.of(kind))
            .map(|rule| said(&rule).copied().unwrap_or(rule))
            .collect();
        let value = serde_json::to_string(&all).map_err(|e| Fault::invalid("rules", e))?;
        w.record(Body::SettingSet { name: SETTING.to_owned(), value })?;
        Ok(ctx.say("Alert rules saved.", "已保存提醒规则。"))
    })
}
