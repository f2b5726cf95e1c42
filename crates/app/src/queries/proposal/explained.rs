//! What stands behind a proposal, in amounts and words that a screen only has to show.

use crate::ctx::Ctx;
use crate::queries::house::House;
use crate::replenishing::Advice;
use crate::view::MoneyView;
use planning::Limit;
use serde::Serialize;
use ts_rs::TS;

/// How many of the latest deliveries took so many days.
#[derive(Debug, Serialize, TS)]
pub struct LeadBar {
    pub days: i64,
    pub deliveries: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct ProposalExplained {
    /// What an order today must last, in days: the review and the delivery after.
    pub covers_days: i64,
    /// The chance that stock and orders last so long, with this order and without it.
    pub service_permille: i64,
    pub service_without_permille: i64,
    /// Sales expected to be lost until then, without this order and with it.
    pub too_little: MoneyView,
    pub still_short: MoneyView,
    /// Holding what is expected to be left over until then.
    pub too_much: MoneyView,
    /// Why it is not exactly what is missing; empty when it is.
    pub limit: String,
    pub lead: Vec<LeadBar>,
    pub lead_text: String,
}

pub(super) fn explained(ctx: &Ctx<'_>, house: &House, one: &Advice) -> ProposalExplained {
    let reason = &one.proposal.reason;
    let explanation = &reason.explanation;
    ProposalExplained {
        covers_days: reason.need.days.round() as i64,
        service_permille: explanation.service_permille,
        service_without_permille: explanation.service_without_permille,
        too_little: house.money(explanation.too_little_minor),
        still_short: house.money(explanation.still_short_minor),
        too_much: house.money(explanation.too_much_minor),
        limit: limit(ctx, explanation.limit, one),
        lead: lead(&one.deliveries),
        lead_text: lead_text(ctx, one),
    }
}

/// Every number of days between the shortest and the longest, so that gaps are seen as gaps.
fn lead(deliveries: &[i32]) -> Vec<LeadBar> {
    let (Some(&first), Some(&last)) = (deliveries.iter().min(), deliveries.iter().max()) else {
        return Vec::new();
    };
    let took = |days: i32| deliveries.iter().filter(|&&took| took == days).count() as i64;
    (first..=last).map(|days| LeadBar { days: days.into(), deliveries: took(days) }).collect()
}

fn lead_text(ctx: &Ctx<'_>, one: &Advice) -> String {
    let lead = one.proposal.reason.lead_time;
    let (mean, sd, count) = (lead.mean_days, lead.sd_days, one.deliveries.len());
    let supplier = &one.product.supplier;
    if count == 0 {
        return ctx.lang.pick(
            format!("{mean:.0} days, as agreed with {supplier}: too few deliveries to learn from."),
            format!("按与 {supplier} 约定的 {mean:.0} 天：到货次数太少，尚无法学习。"),
        );
    }
    ctx.lang.pick(
        format!(
            "The last {count} deliveries of {supplier} took {mean:.1} days, give or take {sd:.1}."
        ),
        format!("{supplier} 最近 {count} 次到货平均 {mean:.1} 天，波动 {sd:.1} 天。"),
    )
}

pub(crate) fn limit(ctx: &Ctx<'_>, limit: Limit, one: &Advice) -> String {
    let (pack, moq) = (one.product.pack, one.product.moq);
    match limit {
        Limit::None => String::new(),
        Limit::Pack => ctx.lang.pick(
            format!("Rounded up to whole packs of {pack}."),
            format!("按每包 {pack} 件向上取整。"),
        ),
        Limit::Minimum => ctx.lang.pick(
            format!("Raised to the smallest order of {moq}."),
            format!("提高到起订量 {moq} 件。"),
        ),
        Limit::PriceBreak => ctx.say("Raised to a better price.", "提高到更优惠的价格档。"),
        Limit::ShelfLife => {
            ctx.say("Cut: more would expire before it sells.", "已减量：再多会在售出前过期。")
        }
        Limit::Budget => ctx.say("Cut by the budget.", "受预算限制。"),
        Limit::Space => ctx.say("Cut by the room there is.", "受库容限制。"),
    }
}
