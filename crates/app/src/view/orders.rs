//! Order rows and lines as the screens show them.

use super::{Chip, MoneyView, Tone};
use crate::ctx::Ctx;
use crate::queries::house::House;
use domain::Qty;
use domain::order::OrderState;
use serde::Serialize;
use store::{LineRow, OrderHead};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, TS)]
pub struct OrderRow {
    pub id: String,
    pub number: String,
    pub customer: String,
    pub channel: String,
    pub chips: Vec<Chip>,
    pub placed_at: i64,
    pub promise_at: i64,
    pub lines: i64,
    pub units: i64,
    pub short_units: i64,
    pub value: MoneyView,
    pub weight_g: i64,
    pub wave: Option<String>,
    pub place: String,
}

impl OrderRow {
    pub fn new(
        ctx: &Ctx<'_>,
        house: &House,
        head: OrderHead,
        wave_name: Option<String>,
    ) -> OrderRow {
        let mut chips = vec![state_chip(ctx, head.state)];
        let open = !matches!(
            head.state,
            OrderState::Closed | OrderState::Cancelled | OrderState::OnTheWay
        );
        if head.held {
            chips.push(Chip::new(ctx.say("On hold", "已暂停"), Tone::Warn));
        }
        if open && head.promise_at < ctx.now.0 {
            chips.push(Chip::new(ctx.say("Late", "逾期"), Tone::Stop));
        }
        if open && head.short_units > 0 && head.state != OrderState::Short {
            chips.push(Chip::new(ctx.say("Short", "缺货"), Tone::Warn));
        }
        OrderRow {
            id: head.id.to_string(),
            number: head.number,
            customer: head.customer,
            channel: head.channel,
            chips,
            placed_at: head.placed_at,
            promise_at: head.promise_at,
            lines: head.lines,
            units: head.units,
            short_units: head.short_units,
            value: house.money(head.value_minor),
            weight_g: head.weight_g,
            wave: wave_name,
            place: head.address,
        }
    }
}

pub fn state_text(ctx: &Ctx<'_>, state: OrderState) -> String {
    match state {
        OrderState::Cancelled => ctx.say("Cancelled", "已取消"),
        OrderState::Short => ctx.say("Short", "缺货"),
        OrderState::Ready => ctx.say("Ready", "待拣"),
        OrderState::Waved => ctx.say("In a wave", "已入波次"),
        OrderState::Picking => ctx.say("Picking", "拣货中"),
        OrderState::ToPack => ctx.say("To pack", "待打包"),
        OrderState::ToLoad => ctx.say("To load", "待装车"),
        OrderState::OnTheWay => ctx.say("On the way", "配送中"),
        OrderState::Closed => ctx.say("Delivered", "已签收"),
    }
}

fn state_chip(ctx: &Ctx<'_>, state: OrderState) -> Chip {
    let tone = match state {
        OrderState::Short => Tone::Warn,
        OrderState::Closed => Tone::Good,
        OrderState::Cancelled
        | OrderState::Ready
        | OrderState::Waved
        | OrderState::Picking
        | OrderState::ToPack
        | OrderState::ToLoad
        | OrderState::OnTheWay => Tone::Plain,
    };
    Chip::new(state_text(ctx, state), tone)
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OrderLineView {
    pub id: String,
    pub line_no: i64,
    pub sku: String,
    pub name: String,
    pub ordered: i64,
    pub cancelled: i64,
    pub allocated: i64,
    pub picked: i64,
    pub packed: i64,
    pub shipped: i64,
    pub delivered: i64,
    pub returned: i64,
    pub backordered: i64,
    pub unit_price: MoneyView,
    pub chip: Chip,
    pub why: String,
}

impl OrderLineView {
    pub fn new(ctx: &Ctx<'_>, house: &House, line: &LineRow, name: String) -> OrderLineView {
        let c = &line.counters;
        let short = c.backordered();
        let (chip, why) = if c.open().is_zero() {
            (Chip::new(ctx.say("Cancelled", "已取消"), Tone::Plain), String::new())
        } else if short > Qty::ZERO {
            let why = ctx.lang.pick(
                format!("Waits for {short} more; promised as soon as stock comes in."),
                format!("还缺 {short}，到货后自动预留。"),
            );
            (Chip::new(ctx.say("Short", "缺货"), Tone::Warn), why)
        } else if c.delivered == c.open() {
            (Chip::new(ctx.say("Delivered", "已签收"), Tone::Good), String::new())
        } else if c.shipped == c.open() {
            (Chip::new(ctx.say("On the way", "配送中"), Tone::Plain), String::new())
        } else if c.packed == c.open() {
            (Chip::new(ctx.say("Packed", "已打包"), Tone::Good), String::new())
        } else if c.picked == c.open() {
            (Chip::new(ctx.say("Picked", "已拣"), Tone::Good), String::new())
        } else {
            (Chip::new(ctx.say("Reserved", "已预留"), Tone::Plain), String::new())
        };
        OrderLineView {
            id: line.id.to_string(),
            line_no: line.line_no,
            sku: line.sku.to_string(),
            name,
            ordered: c.ordered.0,
            cancelled: c.cancelled.0,
            allocated: c.allocated.0,
            picked: c.picked.0,
            packed: c.packed.0,
            shipped: c.shipped.0,
            delivered: c.delivered.0,
            returned: c.returned.0,
            backordered: short.0,
            unit_price: house.money(line.unit_price_minor),
            chip,
            why,
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ScanAnswer {
    pub ok: bool,
    pub message: String,
    pub qty: i64,
    pub serial: String,
}

impl ScanAnswer {
    pub fn right(message: String, qty: i64) -> ScanAnswer {
        ScanAnswer { ok: true, message, qty, serial: String::new() }
    }

    pub fn wrong(message: String) -> ScanAnswer {
        ScanAnswer { ok: false, message, qty: 0, serial: String::new() }
    }
}
