//! One order: its lines, money, cartons, timeline, and what may be done with it now.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::queries::orders::WaveNames;
use crate::queries::timeline::{TimelineEntry, timeline};
use crate::view::{ById, MoneyView, OrderLineView, OrderRow, state_text};
use domain::order::OrderState;
use domain::{OrderId, Qty};
use serde::Serialize;
use store::{Db, HeapQuery, OrderHead};
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct OrderDetail {
    pub row: OrderRow,
    pub address: Vec<String>,
    pub phone: String,
    pub note: String,
    pub lines: Vec<OrderLineView>,
    pub timeline: Vec<TimelineEntry>,
    pub payment: PaymentView,
    pub cartons: Vec<CartonView>,
    pub fulfilment_state: String,
    pub stop_state: String,
    pub actions: Vec<ActionState>,
}

#[derive(Debug, Serialize, TS)]
pub struct PaymentView {
    pub state: String,
    pub authorized: MoneyView,
    pub captured: MoneyView,
    pub refunded: MoneyView,
}

#[derive(Debug, Serialize, TS)]
pub struct CartonView {
    pub id: String,
    pub number: String,
    pub box_type: String,
    pub units: i64,
    pub weight_g: i64,
    pub volume_ml: i64,
    pub closed: bool,
    pub contents: Vec<Content>,
}

#[derive(Debug, Serialize, TS)]
#[ts(rename = "CartonContent")]
pub struct Content {
    pub sku: String,
    pub name: String,
    pub lot: String,
    pub qty: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct ActionState {
    pub command: &'static str,
    pub allowed: bool,
    pub why_not: String,
}

pub fn order_id(text: &str) -> Result<OrderId, Fault> {
    OrderId::parse(text).map_err(|_| Fault::unknown("order", text))
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<OrderDetail, Fault> {
    let id = order_id(&args.id)?;
    ctx.read(|db| {
        let house = house(&db)?;
        let unknown = || Fault::unknown("order", &args.id);
        let order = db.order(id)?.ok_or_else(unknown)?;
        let head = db.order_head(id)?.ok_or_else(unknown)?;
        let lines = lines(ctx, &db, id)?;
        let sums = db.payments(id)?;
        let wave = WaveNames::default().of(&db, head.wave.as_deref())?;
        let stop = db.stop_done(&args.id)?;
        Ok(OrderDetail {
            address: order.address.split(", ").map(str::to_owned).collect(),
            phone: order.phone,
            note: order.note,
            lines,
            timeline: timeline(ctx, &db, &args.id)?,
            payment: PaymentView {
                state: payment_text(ctx, sums.state()),
                authorized: house.money(sums.authorized),
                captured: house.money(sums.captured),
                refunded: house.money(sums.refunded),
            },
            cartons: cartons(ctx, &db, id)?,
            fulfilment_state: state_text(ctx, head.state),
            stop_state: match stop {
                None => String::new(),
                Some(stop) if stop.delivered => ctx.say("Delivered", "已签收"),
                Some(stop) => format!("{} {}", ctx.say("Failed:", "未送达："), stop.reason),
            },
            actions: actions(ctx, &head),
            row: OrderRow::new(ctx, &house, head, wave),
        })
    })
}

pub fn lines(ctx: &Ctx<'_>, db: &Db<'_>, id: OrderId) -> Result<Vec<OrderLineView>, Fault> {
    let house = house(db)?;
    db.lines_of(id)?
        .iter()
        .map(|line| {
            let product = db.product(&line.sku)?;
            let name = ctx.product_name(product.as_ref(), &line.sku);
            Ok(OrderLineView::new(ctx, &house, line, name))
        })
        .collect()
}

pub fn cartons(ctx: &Ctx<'_>, db: &Db<'_>, id: OrderId) -> Result<Vec<CartonView>, Fault> {
    db.cartons_of(id)?
        .into_iter()
        .map(|carton| {
            let query = HeapQuery { package: Some(&carton.number), ..HeapQuery::default() };
            let (mut contents, mut volume, mut weight, mut units) = (Vec::new(), 0, 0, 0);
            for heap in db.heaps(&query)? {
                let product = db.product(&heap.key.sku)?;
                volume += product.as_ref().map_or(0, |p| p.volume.0) * heap.on_hand.0;
                weight += product.as_ref().map_or(0, |p| p.weight.0) * heap.on_hand.0;
                units += heap.on_hand.0;
                contents.push(Content {
                    name: ctx.product_name(product.as_ref(), &heap.key.sku),
                    sku: heap.key.sku.to_string(),
                    lot: heap.key.lot.to_string(),
                    qty: heap.on_hand.0,
                });
            }
            Ok(CartonView {
                id: carton.id.to_string(),
                number: carton.number,
                box_type: carton.box_type,
                units,
                // Until it stands on the scale, what its contents should weigh.
                weight_g: if carton.closed { carton.weight_g } else { weight },
                volume_ml: volume,
                closed: carton.closed,
                contents,
            })
        })
        .collect()
}

fn payment_text(ctx: &Ctx<'_>, state: &str) -> String {
    match state {
        "authorized" => ctx.say("Authorized", "已授权"),
        "captured" => ctx.say("Captured", "已收款"),
        "refunded" => ctx.say("Refunded", "已退款"),
        "unknown" => ctx.say("Unknown, being asked", "状态未知，查询中"),
        _ => ctx.say("Pending", "待支付"),
    }
}

fn actions(ctx: &Ctx<'_>, head: &OrderHead) -> Vec<ActionState> {
    let done = matches!(head.state, OrderState::Closed | OrderState::Cancelled);
    let shipped = matches!(head.state, OrderState::Closed | OrderState::OnTheWay);
    let over = ctx.say("The order is over.", "订单已结束。");
    let left = ctx.say("It has left the house; open a return instead.", "已出库，请改用退货。");
    let state = |command, refusal: Option<String>| ActionState {
        command,
        allowed: refusal.is_none(),
        why_not: refusal.unwrap_or_default(),
    };
    let held = ctx.say("It is on hold already.", "订单已暂停。");
    let not_held = ctx.say("It is not on hold.", "订单未暂停。");
    vec![
        state("hold_order", (done || shipped).then(|| over.clone()).or(head.held.then_some(held))),
        state("unhold_order", (!head.held).then_some(not_held)),
        state("cancel_order", if shipped { Some(left) } else { done.then(|| over.clone()) }),
        state(
            "create_wave",
            (!matches!(head.state, OrderState::Ready | OrderState::Short) || head.held)
                .then(|| ctx.say("Only ready orders can join a wave.", "仅待拣订单可入波次。")),
        ),
        state(
            "open_return",
            (!matches!(head.state, OrderState::Closed))
                .then(|| ctx.say("Nothing was delivered yet.", "尚未签收。")),
        ),
    ]
}

/// The most of a line that a person may still act on, for refusals with numbers.
pub fn positive(qty: i64) -> Result<Qty, Fault> {
    if qty > 0 { Ok(Qty(qty)) } else { Err(domain::Refusal::QtyNotPositive.into()) }
}
