//! What Today warns of, to look at and to change.

use crate::alerting::{AlertKind, AlertRules};
use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::Nothing;
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct AlertRuleRow {
    pub kind: AlertKind,
    /// Before the limit.
    pub text: String,
    /// After it.
    pub unit: String,
    pub on: bool,
    pub limit: i64,
    pub min: i64,
    pub max: i64,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<AlertRuleRow>, Fault> {
    let rules = ctx.read(|db| AlertRules::load(&db))?;
    let row = |kind: AlertKind| {
        let (rule, standard) = (rules.of(kind), kind.standard());
        let (text, unit) = kind.words(ctx.lang);
        let (min, max) = (standard.min, standard.max);
        AlertRuleRow { kind, text, unit, on: rule.on, limit: rule.limit, min, max }
    };
    Ok(AlertKind::ALL.into_iter().map(row).collect())
}
