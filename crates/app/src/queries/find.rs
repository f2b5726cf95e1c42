//! From what somebody scanned or typed to the thing itself.

use crate::ctx::Ctx;
use crate::printing::{carton_by, order_by, wave_by};
use crate::problem::Fault;
use domain::{LocationCode, Product};
use serde::{Deserialize, Serialize};
use store::Db;
use store::read::OrderHead;
use ts_rs::TS;

const MATCHES_MAX: usize = 12;
const EACH_MAX: i64 = 6;

#[derive(Debug, Deserialize, TS)]
pub struct FindArgs {
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MatchKind")]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Order,
    Sku,
    Bin,
    Lot,
    Carton,
    Receipt,
    Wave,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Match {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub detail: String,
}

#[derive(Debug, Serialize, TS)]
pub struct FindView {
    pub exact: Option<Match>,
    pub matches: Vec<Match>,
}

pub fn run(ctx: &Ctx<'_>, args: FindArgs) -> Result<FindView, Fault> {
    let text = args.text.trim();
    if text.is_empty() {
        return Ok(FindView { exact: None, matches: Vec::new() });
    }
    ctx.read(|db| Ok(FindView { exact: exact(ctx, &db, text)?, matches: similar(ctx, &db, text)? }))
}

/// The one thing that bears exactly this code.
fn exact(ctx: &Ctx<'_>, db: &Db<'_>, text: &str) -> Result<Option<Match>, Fault> {
    if let Some(head) = order_by(db, text)? {
        return Ok(Some(order(&head)));
    }
    if let Some(found) = db.product_by_scan(text)? {
        return Ok(Some(product(ctx, &found)));
    }
    if let Some(found) = bin(db, text)? {
        return Ok(Some(found));
    }
    if let Some(found) = carton(ctx, db, text)? {
        return Ok(Some(found));
    }
    if let Some(wave) = wave_by(db, text)? {
        let detail = ctx
            .lang
            .pick(format!("Wave, {} orders", wave.orders), format!("波次，{} 单", wave.orders));
        return Ok(Some(Match {
            kind: Kind::Wave,
            id: wave.id.to_string(),
            title: wave.name,
            detail,
        }));
    }
    let same = |title: &str| title.eq_ignore_ascii_case(text);
    let receipt = receipts(ctx, db, text)?.into_iter().find(|found| same(&found.title));
    Ok(match receipt {
        Some(found) => Some(found),
        None => lots(ctx, db, text)?.into_iter().find(|found| same(&found.title)),
    })
}

fn similar(ctx: &Ctx<'_>, db: &Db<'_>, text: &str) -> Result<Vec<Match>, Fault> {
    let orders = db.find_orders(text, EACH_MAX)?;
    let mut matches: Vec<Match> = orders.iter().map(order).collect();
    matches.extend(db.find_products(text, EACH_MAX)?.iter().map(|found| product(ctx, found)));
    for row in db.bin_page(text, "all", 0, EACH_MAX)?.0 {
        let (id, title) = (row.code.clone(), row.code);
        matches.push(Match { kind: Kind::Bin, id, title, detail: row.zone });
    }
    matches.extend(receipts(ctx, db, text)?);
    matches.extend(lots(ctx, db, text)?);
    matches.truncate(MATCHES_MAX);
    Ok(matches)
}

fn order(head: &OrderHead) -> Match {
    Match {
        kind: Kind::Order,
        id: head.id.to_string(),
        title: head.number.clone(),
        detail: head.customer.clone(),
    }
}

fn product(ctx: &Ctx<'_>, product: &Product) -> Match {
    Match {
        kind: Kind::Sku,
        id: product.sku.to_string(),
        title: product.sku.to_string(),
        detail: product.name(ctx.lang.is_zh()).to_owned(),
    }
}

fn bin(db: &Db<'_>, text: &str) -> Result<Option<Match>, Fault> {
    // What cannot be a bin's code is simply not a bin.
    let Ok(code) = LocationCode::parse(&text.to_uppercase()) else { return Ok(None) };
    let found = db.bin(&code)?;
    Ok(found.map(|bin| Match {
        kind: Kind::Bin,
        id: bin.code.to_string(),
        title: bin.code.to_string(),
        detail: bin.zone,
    }))
}

/// A carton is shown in its order, so that is what its match leads to.
fn carton(ctx: &Ctx<'_>, db: &Db<'_>, text: &str) -> Result<Option<Match>, Fault> {
    let Some(carton) = carton_by(db, text)? else { return Ok(None) };
    let number = db.order_head(carton.order)?.map_or_else(String::new, |head| head.number);
    Ok(Some(Match {
        kind: Kind::Carton,
        id: carton.order.to_string(),
        title: carton.number,
        detail: ctx.lang.pick(format!("Carton of {number}"), format!("订单 {number} 的箱")),
    }))
}

fn receipts(ctx: &Ctx<'_>, db: &Db<'_>, text: &str) -> Result<Vec<Match>, Fault> {
    let found = db.find_receipts(text)?;
    let receipt = |(id, title)| Match {
        kind: Kind::Receipt,
        id,
        title,
        detail: ctx.say("Receipt", "到货单"),
    };
    Ok(found.into_iter().map(receipt).collect())
}

fn lots(ctx: &Ctx<'_>, db: &Db<'_>, text: &str) -> Result<Vec<Match>, Fault> {
    let found = db.find_lots(text, EACH_MAX)?;
    let lot = |(sku, lot, on_hand): (domain::Sku, domain::LotCode, domain::Qty)| Match {
        kind: Kind::Lot,
        id: sku.to_string(),
        title: lot.to_string(),
        detail: ctx.lang.pick(
            format!("Lot of {sku}, {on_hand} on hand"),
            format!("{sku} 的批号，在库 {on_hand}"),
        ),
    };
    Ok(found.into_iter().map(lot).collect())
}
