//! Receive goods at the dock. What has arrived has arrived: too many is said, never refused.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use crate::queries::known;
use crate::view::mirror;
use domain::{
    Condition, Day, LocationCode, Product, Qty, ReceiptId, Refusal, Serial, Spot, UnitCost,
};
use serde::Deserialize;
use store::read::ReceiptLineRow;
use ts_rs::TS;
use warehouse::receive::{Arrival, arrive};

#[derive(Debug, Deserialize, TS)]
pub struct ReceiveArgs {
    /// Empty for goods that nobody announced.
    pub receipt_id: String,
    pub sku: String,
    pub qty: i64,
    pub lot: String,
    pub expires: String,
    pub serials: Vec<String>,
    #[ts(as = "mirror::Condition")]
    pub condition: Condition,
}

pub fn run(ctx: &Ctx<'_>, args: ReceiveArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let product = known::product(w, &args.sku)?;
        let receipt = receipt_id(w, &args.receipt_id)?;
        let line = line(w, &args.receipt_id, &product)?;
        let to = landing(w, args.condition)?;
        let serials = serials(w, &product, &args.serials)?;
        let lot = known::lot(&args.lot)?;
        let expires = match args.expires.trim() {
            "" => None,
            text => {
                Some(Day::parse(text).ok_or_else(|| Fault::invalid("expiry", "use YYYY-MM-DD"))?)
            }
        };
        let expiry_known = matches!(w.lot_expiry(&product.sku, &lot)?, Some(Some(_)));
        let unit_cost = line.as_ref().map(|l| l.unit_cost).filter(|cost| *cost > 0);
        let location = to.location.clone();
        let bodies = arrive(Arrival {
            product: &product,
            receipt,
            unit_cost: UnitCost(unit_cost.unwrap_or(product.unit_cost.0)),
            qty: Qty(args.qty),
            lot,
            expires,
            expiry_known,
            serials,
            to,
        })?;
        w.record_all(bodies)?;
        Ok(message(ctx, &product, &args, &location, line.as_ref()))
    })
}

fn receipt_id(w: &Work<'_, '_>, text: &str) -> Result<Option<ReceiptId>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let unknown = || Fault::unknown("receipt", text);
    let id = ReceiptId::parse(text).map_err(|_| unknown())?;
    w.receipt(text)?.ok_or_else(unknown)?;
    Ok(Some(id))
}

fn line(
    w: &Work<'_, '_>,
    receipt: &str,
    product: &Product,
) -> Result<Option<ReceiptLineRow>, Fault> {
    Ok(w.receipt_lines(receipt)?.into_iter().find(|line| line.sku == product.sku))
}

/// Good stock lands on the dock; the rest goes straight to where it cannot be picked, if there is
/// such a place.
fn landing(w: &Work<'_, '_>, condition: Condition) -> Result<Spot, Fault> {
    let apart = match condition {
        Condition::Good => None,
        Condition::Damaged | Condition::Quarantine => w.first_bin("quarantine")?,
    };
    let location = match apart {
        Some(bin) => Some(bin),
        None => w.first_bin("dock")?,
    };
    let location = location.ok_or_else(|| Fault::unknown("bin", "dock"))?;
    Ok(Spot { condition, ..Spot::at(location) })
}

fn serials(w: &Work<'_, '_>, product: &Product, texts: &[String]) -> Result<Vec<Serial>, Fault> {
    if !product.serial_tracked {
        return Ok(Vec::new());
    }
    let mut serials = Vec::with_capacity(texts.len());
    for text in texts {
        let serial = Serial::parse(text).map_err(|error| Fault::invalid("serial", error))?;
        if let Some(key) = w.serial_at(&product.sku, serial.as_str())? {
            let (serial, location) = (serial.to_string(), key.location);
            return Err(Refusal::SerialElsewhere { serial, location }.into());
        }
        serials.push(serial);
    }
    Ok(serials)
}

fn message(
    ctx: &Ctx<'_>,
    product: &Product,
    args: &ReceiveArgs,
    location: &LocationCode,
    before: Option<&ReceiptLineRow>,
) -> String {
    let (name, qty) = (product.name(ctx.lang.is_zh()), args.qty);
    let mut text = ctx.lang.pick(
        format!("Received {qty} × {name} in {location}."),
        format!("已收货 {qty} × {name}，放在 {location}。"),
    );
    if args.receipt_id.is_empty() {
        return text;
    }
    let expected = before.map_or(0, |line| line.expected.0);
    let over = before.map_or(0, |line| line.received.0) + qty - expected;
    if over > 0 {
        text += &ctx
            .lang
            .pick(format!(" That is {over} more than expected."), format!("比预期多 {over}。"));
    }
    text
}
