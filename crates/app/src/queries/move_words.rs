//! What a move is called, and what the places without a label are called.

use crate::lang::Lang;
use domain::{Body, Cause, Condition, HoldScope, LocationCode};

pub fn title(lang: Lang, body: &Body) -> String {
    match body {
        Body::Moved(moved) if moved.reverses.is_some() => {
            let what = cause(lang, &moved.cause);
            lang.pick(format!("Undone: {what}"), format!("撤销：{what}"))
        }
        Body::Moved(moved) => cause(lang, &moved.cause),
        Body::HoldSet { on: true, .. } => lang.say("Put on hold", "冻结"),
        Body::HoldSet { on: false, .. } => lang.say("Released from hold", "解冻"),
        Body::CountPosted { .. } => lang.say("Counted", "盘点"),
        other => other.kind().replace('_', " "),
    }
}

fn cause(lang: Lang, cause: &Cause) -> String {
    match cause {
        Cause::Receipt { .. } => lang.say("Received", "收货"),
        Cause::Putaway => lang.say("Put away", "上架"),
        Cause::Transfer => lang.say("Moved", "移库"),
        Cause::Refill => lang.say("Refilled", "补货"),
        Cause::Pick { .. } => lang.say("Picked", "拣货"),
        Cause::Pack { .. } => lang.say("Packed", "装箱"),
        Cause::Load { .. } => lang.say("Loaded", "装车"),
        Cause::Deliver { .. } => lang.say("Delivered", "签收"),
        Cause::BringBack { .. } => lang.say("Brought back", "拉回"),
        Cause::Return { .. } => lang.say("Returned", "退货入库"),
        Cause::Grade { .. } => lang.say("Graded", "退货质检"),
        Cause::Scrap => lang.say("Scrapped", "报废"),
    }
}

pub fn place(lang: Lang, location: &LocationCode) -> String {
    match location.as_str() {
        "~supplier" => lang.say("supplier", "供应商"),
        "~customer" => lang.say("customer", "客户"),
        "~scrap" => lang.say("scrap", "报废"),
        "~adjustment" => lang.say("count difference", "盘点差异"),
        other => other.to_owned(),
    }
}

pub fn condition(lang: Lang, condition: Condition) -> String {
    match condition {
        Condition::Good => lang.say("good", "良品"),
        Condition::Damaged => lang.say("damaged", "残次"),
        Condition::Quarantine => lang.say("quarantine", "待检"),
    }
}

pub fn hold(lang: Lang, scope: &HoldScope) -> String {
    match scope {
        HoldScope::Lot { sku, lot } => {
            lang.pick(format!("Lot {lot} of {sku}"), format!("{sku} 批号 {lot}"))
        }
        HoldScope::Bin { location } => {
            lang.pick(format!("Bin {location}"), format!("库位 {location}"))
        }
        HoldScope::Stock { sku, location } => {
            lang.pick(format!("{sku} in {location}"), format!("{location} 的 {sku}"))
        }
        HoldScope::Order { order } => lang.pick(format!("Order {order}"), format!("订单 {order}")),
    }
}
