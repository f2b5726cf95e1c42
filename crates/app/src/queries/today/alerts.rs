//! What needs somebody, the most pressing first.

use super::levels;
use crate::alerting::{AlertKind, AlertRules};
use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::Tone;
use serde::Serialize;
use store::Db;
use store::read::{HeapQuery, OrderQuery, OrderSort};
use ts_rs::TS;

/// So many of a kind; the screens have the rest.
const EACH_MAX: i64 = 5;
const HOUR_MS: i64 = 3_600_000;

#[derive(Debug, Serialize, TS)]
pub struct Alert {
    pub id: String,
    pub tone: Tone,
    pub text: String,
    pub what_to_do: String,
    pub since: i64,
    pub screen: &'static str,
    pub view: &'static str,
    pub target: String,
}

pub(super) fn alerts(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<Alert>, Fault> {
    let rules = AlertRules::load(db)?;
    let mut alerts = broken_books(ctx, db)?;
    if let Some(hours) = rules.limit(AlertKind::LateOrders) {
        alerts.extend(late_orders(ctx, db, hours)?);
    }
    alerts.extend(levels::alerts(ctx, db, &rules)?);
    if let Some(hours) = rules.limit(AlertKind::Discrepancies) {
        alerts.extend(discrepancies(ctx, db, hours)?);
    }
    if let Some(days) = rules.limit(AlertKind::ExpiringLots) {
        alerts.extend(expiring_lots(ctx, db, days)?);
    }
    Ok(alerts)
}

fn broken_books(ctx: &Ctx<'_>, db: &Db<'_>) -> Result<Vec<Alert>, Fault> {
    let Some(checked) = ctx.app.monitor.last(db.event_count()?, ctx.now) else {
        return Ok(Vec::new());
    };
    let Some(failure) = checked.failure else { return Ok(Vec::new()) };
    Ok(vec![Alert {
        id: "books".to_owned(),
        tone: Tone::Stop,
        text: failure,
        what_to_do: ctx.say("Run Verify in Settings.", "请在“设置”中运行核账。"),
        since: checked.at.0,
        screen: "settings",
        view: "books",
        target: String::new(),
    }])
}

fn late_orders(ctx: &Ctx<'_>, db: &Db<'_>, hours: i64) -> Result<Vec<Alert>, Fault> {
    let query = OrderQuery {
        view: "late",
        search: "",
        now: ctx.now.0 - hours * HOUR_MS,
        sort: OrderSort::Promise,
        descending: false,
        offset: 0,
        limit: EACH_MAX,
    };
    let late = |head: store::read::OrderHead| {
        let hours = (ctx.now.0 - head.promise_at) / HOUR_MS;
        let (number, customer) = (&head.number, &head.customer);
        Alert {
            id: format!("late/{}", head.id),
            tone: Tone::Stop,
            text: ctx.lang.pick(
                format!("{number} for {customer} is {hours} h late."),
                format!("{customer} 的订单 {number} 已逾期 {hours} 小时。"),
            ),
            what_to_do: ctx.say("Pick it next, or call the customer.", "请优先拣货，或联系客户。"),
            since: head.promise_at,
            screen: "orders",
            view: "all",
            target: head.id.to_string(),
        }
    };
    Ok(db.orders(&query)?.0.into_iter().map(late).collect())
}

fn discrepancies(ctx: &Ctx<'_>, db: &Db<'_>, hours: i64) -> Result<Vec<Alert>, Fault> {
    let query = HeapQuery { only_discrepancies: true, ..HeapQuery::default() };
    let alert = |heap: store::read::HeapRow| {
        let (qty, sku, bin) = (heap.discrepancy.0, &heap.key.sku, &heap.key.location);
        Alert {
            id: format!("discrepancy/{}", heap.id),
            tone: Tone::Warn,
            text: ctx.lang.pick(
                format!("{bin}: {qty:+} of {sku} unexplained."),
                format!("{bin}：{sku} 差异 {qty:+}。"),
            ),
            what_to_do: ctx.say("Count the bin.", "请盘点该库位。"),
            since: heap.changed_at_millis,
            screen: "count",
            view: "open",
            target: String::new(),
        }
    };
    let before = ctx.now.0 - hours * HOUR_MS;
    let old = |heap: &store::read::HeapRow| heap.changed_at_millis <= before;
    Ok(db.heaps(&query)?.into_iter().filter(old).take(EACH_MAX as usize).map(alert).collect())
}

fn expiring_lots(ctx: &Ctx<'_>, db: &Db<'_>, days: i64) -> Result<Vec<Alert>, Fault> {
    let today = ctx.today();
    let mut alerts = Vec::new();
    for lot in db.lot_page("", 0, EACH_MAX)?.0 {
        let Some(left) = lot.expires.map(|day| day - today.0) else { continue };
        if i64::from(left) > days || !lot.hold.is_empty() {
            continue;
        }
        let (sku, code, qty) = (&lot.sku, &lot.lot, lot.on_hand);
        let text = if left < 0 {
            ctx.lang.pick(
                format!("Lot {code} of {sku} expired {} days ago: {qty} on hand.", -left),
                format!("{sku} 批号 {code} 已过期 {} 天，在库 {qty} 件。", -left),
            )
        } else {
            ctx.lang.pick(
                format!("Lot {code} of {sku} expires in {left} days: {qty} on hand."),
                format!("{sku} 批号 {code} 还有 {left} 天到期，在库 {qty} 件。"),
            )
        };
        alerts.push(Alert {
            id: format!("lot/{sku}/{code}"),
            tone: if left < 0 { Tone::Stop } else { Tone::Warn },
            text,
            what_to_do: ctx.say("Hold the lot, or sell it first.", "请冻结该批次，或优先出库。"),
            since: ctx.zone.start(today).0,
            screen: "stock",
            view: "sku",
            target: sku.to_string(),
        });
    }
    Ok(alerts)
}
