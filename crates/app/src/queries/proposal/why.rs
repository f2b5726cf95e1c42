//! The steps of the reasoning, one sentence each.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::proposals::REFUSED_DAYS;
use crate::replenishing::{Advice, HISTORY_DAYS};
use domain::Day;
use planning::Trend;
use store::Db;

pub(super) fn why(ctx: &Ctx<'_>, db: &Db<'_>, one: &Advice) -> Result<Vec<String>, Fault> {
    let lang = ctx.lang;
    let proposal = &one.proposal;
    let reason = &proposal.reason;
    let (per_day, lead) = (reason.demand.mean_per_day, reason.lead_time);
    let trend = match reason.demand.trend {
        Trend::Falling => lang.say("falling", "下降"),
        Trend::Steady => lang.say("steady", "平稳"),
        Trend::Rising => lang.say("rising", "上升"),
    };
    let (mean, sd) = (lead.mean_days, lead.sd_days);
    let (point, safety) = (proposal.reorder_point, proposal.safety_stock);
    let (reserved, on_order) = (one.total.reserved, one.total.on_order);
    let (on_hand, position) = (one.total.on_hand, reason.position);
    let mut why = vec![
        lang.pick(
            format!("Demand {per_day:.1} a day over {HISTORY_DAYS} days, {trend}."),
            format!("近 {HISTORY_DAYS} 天日均需求 {per_day:.1} 件，趋势{trend}。"),
        ),
        lang.pick(
            format!("Delivery takes {mean:.0} days, give or take {sd:.1}."),
            format!("到货提前期 {mean:.0} 天，波动 {sd:.1} 天。"),
        ),
        lang.pick(
            format!("Reorder point {point}, of which {safety} are safety stock."),
            format!("补货点 {point} 件，其中安全库存 {safety} 件。"),
        ),
        lang.pick(
            format!("{on_hand} on hand − {reserved} reserved + {on_order} on order = {position}."),
            format!("现有 {on_hand} − 预留 {reserved} + 在途 {on_order} = {position} 件。"),
        ),
    ];
    if proposal.suggested_qty > 0 {
        let (qty, pack, moq) = (proposal.suggested_qty, one.product.pack, one.product.moq);
        why.push(lang.pick(
            format!("Order {qty}: packs of {pack}, at least {moq}."),
            format!("建议采购 {qty} 件：每包 {pack} 件，起订 {moq} 件。"),
        ));
    }
    why.extend(last_decision(ctx, db, one)?);
    Ok(why)
}

fn last_decision(ctx: &Ctx<'_>, db: &Db<'_>, one: &Advice) -> Result<Option<String>, Fault> {
    let Some(last) = db.decision(&one.product.sku)? else { return Ok(None) };
    let (day, qty) = (Day(last.day), last.qty);
    let because = if last.reason.is_empty() {
        String::new()
    } else {
        ctx.lang.pick(format!(", because: {}", last.reason), format!("，原因：{}", last.reason))
    };
    Ok(Some(match last.decision.as_str() {
        "refused" => {
            let until = day.plus(REFUSED_DAYS);
            ctx.lang.pick(
                format!("Refused on {day}{because}. Asked again on {until}, or when it is urgent."),
                format!("{day} 已拒绝{because}。{until} 或紧急时再次提示。"),
            )
        }
        "changed" => ctx.lang.pick(
            format!("Changed to {qty} on {day}{because}."),
            format!("{day} 改为 {qty} 件{because}。"),
        ),
        _ => ctx.lang.pick(
            format!("{qty} ordered on {day}{because}."),
            format!("{day} 已采购 {qty} 件{because}。"),
        ),
    }))
}
