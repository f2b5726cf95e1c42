//! What Today warns of, and from where on: rules that a supervisor sets, kept as one setting.

use crate::lang::Lang;
use crate::problem::Fault;
use serde::{Deserialize, Serialize};
use store::Db;
use ts_rs::TS;

pub(crate) const SETTING: &str = "alert_rules";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    LateOrders,
    Discrepancies,
    ExpiringLots,
    ShortOrders,
    WaitingOrders,
    OverdueReceipts,
    OpenCounts,
    FillRate,
    PromiseKept,
}

impl AlertKind {
    pub const ALL: [AlertKind; 9] = [
        AlertKind::LateOrders,
        AlertKind::Discrepancies,
        AlertKind::ExpiringLots,
        AlertKind::ShortOrders,
        AlertKind::WaitingOrders,
        AlertKind::OverdueReceipts,
        AlertKind::OpenCounts,
        AlertKind::FillRate,
        AlertKind::PromiseKept,
    ];

    /// Limit and range in the rule's own unit, and whether it is on until somebody says otherwise.
    pub(crate) fn standard(self) -> Standard {
        let of = |limit, max, on| Standard { limit, min: 0, max, on };
        match self {
            AlertKind::LateOrders => of(0, 240, true),
            AlertKind::Discrepancies => of(0, 720, true),
            AlertKind::ExpiringLots => of(14, 365, true),
            AlertKind::ShortOrders => of(20, 100_000, false),
            AlertKind::WaitingOrders => of(200, 100_000, false),
            AlertKind::OverdueReceipts => of(2, 365, false),
            AlertKind::OpenCounts => of(50, 100_000, false),
            AlertKind::FillRate | AlertKind::PromiseKept => of(95, 100, false),
        }
    }

    /// What the rule says, with its limit in the middle, and the unit of the limit.
    pub(crate) fn words(self, lang: Lang) -> (String, String) {
        let (en, zh) = match self {
            AlertKind::LateOrders => (("An order is late by", "hours"), ("订单逾期超过", "小时")),
            AlertKind::Discrepancies => {
                (("A discrepancy is unexplained for", "hours"), ("库存差异未查明超过", "小时"))
            }
            AlertKind::ExpiringLots => (("A lot expires within", "days"), ("批次到期不足", "天")),
            AlertKind::ShortOrders => {
                (("Orders short of stock, more than", "orders"), ("缺货订单多于", "单"))
            }
            AlertKind::WaitingOrders => {
                (("Orders waiting for a wave, more than", "orders"), ("待排波次订单多于", "单"))
            }
            AlertKind::OverdueReceipts => {
                (("A receipt is overdue by more than", "days"), ("到货延误超过", "天"))
            }
            AlertKind::OpenCounts => {
                (("Open counts, more than", "counts"), ("未完成盘点多于", "个"))
            }
            AlertKind::FillRate => (("Fill rate below", "%"), ("一次满足率低于", "%")),
            AlertKind::PromiseKept => {
                (("Promises kept in the last week, below", "%"), ("近一周准时交付率低于", "%"))
            }
        };
        (lang.say(en.0, zh.0), lang.say(en.1, zh.1))
    }
}

pub(crate) struct Standard {
    pub limit: i64,
    pub min: i64,
    pub max: i64,
    pub on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertRule {
    pub kind: AlertKind,
    pub on: bool,
    pub limit: i64,
}

pub(crate) struct AlertRules(Vec<AlertRule>);

impl AlertRules {
    pub fn load(db: &Db<'_>) -> Result<AlertRules, Fault> {
        let text = db.setting(SETTING)?.unwrap_or_default();
        // One by one: a rule of a newer program must not hide the others.
        let kept: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap_or_default();
        let kept = kept.into_iter().filter_map(|one| serde_json::from_value(one).ok());
        Ok(AlertRules(kept.collect()))
    }

    pub fn of(&self, kind: AlertKind) -> AlertRule {
        let standard = kind.standard();
        let or = AlertRule { kind, on: standard.on, limit: standard.limit };
        self.0.iter().find(|rule| rule.kind == kind).copied().unwrap_or(or)
    }

    /// Its limit, if it is on.
    pub fn limit(&self, kind: AlertKind) -> Option<i64> {
        Some(self.of(kind)).filter(|rule| rule.on).map(|rule| rule.limit)
    }
}
