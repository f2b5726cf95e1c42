//! Place an order: from the window, a file or the command line. Idempotent by channel and external
//! id; the same id with another body is a conflict.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use domain::order::{Order, OrderLine, PaymentKind};
use domain::{Body, EventId, ImportId, LineId, LonLat, OrderId, Refusal, Sku, Timestamp, Zone};
use serde::Deserialize;
use ts_rs::TS;
use uuid::Uuid;
use warehouse::intake::{DraftLine, OrderDraft};

#[derive(Debug, Deserialize, TS)]
pub struct NewOrderArgs {
    pub external_id: String,
    pub customer: String,
    #[serde(default)]
    pub phone: String,
    pub address: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub lines: Vec<NewLine>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize, TS)]
#[ts(rename = "NewOrderLine")]
pub struct NewLine {
    pub sku: String,
    pub qty: i64,
}

/// What placing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    New(OrderId),
    AlreadyKnown(OrderId),
}

pub fn run(ctx: &Ctx<'_>, args: NewOrderArgs) -> Result<Done, Fault> {
    let place = match (args.lon, args.lat) {
        (Some(lon), Some(lat)) => {
            Some(LonLat::from_degrees(lon, lat).map_err(|e| Fault::invalid("place", e))?)
        }
        _ => None,
    };
    if args.lines.is_empty() || args.customer.trim().is_empty() {
        return Err(Fault::invalid(
            "order",
            ctx.say("needs a customer and a line", "需要客户和至少一行"),
        ));
    }
    let lines = args
        .lines
        .iter()
        .map(|line| {
            Ok(DraftLine {
                line: 1,
                sku: Sku::parse(&line.sku).map_err(|e| Fault::invalid("sku", e))?,
                qty: crate::queries::order::positive(line.qty)?,
                unit_price_minor: None,
            })
        })
        .collect::<Result<_, Fault>>()?;
    ctx.done(|w| {
        let external_id = match args.external_id.trim() {
            "" => w.id().to_string(),
            id => id.to_owned(),
        };
        let draft = OrderDraft {
            line: 1,
            external_id,
            customer: args.customer.trim().to_owned(),
            phone: args.phone,
            address: args.address,
            place,
            note: args.note,
            placed_at: None,
            window_min: None,
            lines,
        };
        Ok(match place_draft(w, "desk", draft, None)? {
            Placed::New(id) => {
                let number = w.order(id)?.map_or_else(String::new, |order| order.number);
                ctx.lang.pick(format!("Order {number} placed."), format!("订单 {number} 已建立。"))
            }
            Placed::AlreadyKnown(_) => ctx.say("This order was already placed.", "该订单已存在。"),
        })
    })
}

/// Delivery window when the file names none: the whole working day.
const WINDOW_MIN: (i64, i64) = (9 * 60, 18 * 60);
/// Orders placed before noon are promised for the same day.
pub(crate) const CUT_OFF_MIN: i64 = 12 * 60;

pub fn place_draft(
    w: &mut Work<'_, '_>,
    channel: &str,
    draft: OrderDraft,
    import: Option<ImportId>,
) -> Result<Placed, Fault> {
    let body_hash = body_hash(&draft);
    let id = OrderId(named(&["order", channel, &draft.external_id]));
    if let Some((known, hash)) = w.order_by_external(channel, &draft.external_id)? {
        if hash == body_hash {
            return Ok(Placed::AlreadyKnown(known));
        }
        return Err(Refusal::Conflict { key: draft.external_id }.into());
    }
    let placed_at = draft.placed_at.unwrap_or(w.now);
    let mut lines = Vec::new();
    for (index, line) in draft.lines.iter().enumerate() {
        let product = w.product(&line.sku)?.ok_or_else(|| Fault::unknown("SKU", &line.sku))?;
        lines.push(OrderLine {
            id: LineId(named(&["line", &id.to_string(), &index.to_string()])),
            line_no: index as i64 + 1,
            sku: line.sku.clone(),
            qty: line.qty,
            unit_price_minor: line.unit_price_minor.unwrap_or(product.price_minor),
        });
    }
    let window = window(w.zone, placed_at, draft.window_min);
    let amount: i64 = lines.iter().map(|line| line.qty.0 * line.unit_price_minor).sum();
    let order = Order {
        id,
        number: number(channel, &draft.external_id),
        channel: channel.to_owned(),
        external_id: draft.external_id,
        body_hash,
        customer: draft.customer,
        phone: draft.phone,
        address: draft.address,
        place: draft.place,
        note: draft.note,
        placed_at,
        promise_at: window.1,
        window,
        lines,
        paid_minor: 0,
        import,
    };
    w.record_as(EventId(named(&["placed", &id.to_string()])), Body::OrderPlaced { order })?;
    let paid = Body::Paid {
        order: id,
        what: PaymentKind::Authorized,
        amount_minor: amount,
        reference: String::new(),
    };
    // An order that two desks take in is paid once.
    w.record_as(EventId(named(&["authorized", &id.to_string()])), paid)?;
    Ok(Placed::New(id))
}

fn window(
    zone: &Zone,
    placed_at: Timestamp,
    window_min: Option<(i64, i64)>,
) -> (Timestamp, Timestamp) {
    let late = zone.minute(placed_at) >= CUT_OFF_MIN;
    let day = zone.day(placed_at).plus(i32::from(late));
    let (from, to) = window_min.unwrap_or(WINDOW_MIN);
    (zone.at(day, from), zone.at(day, to))
}

/// A short number that people can say over the phone: the external id where it is short already.
fn number(channel: &str, external_id: &str) -> String {
    if external_id.len() <= 14 {
        return external_id.to_owned();
    }
    let id = named(&["number", channel, external_id]).as_u128();
    format!("Q{:09}", id % 1_000_000_000)
}

/// An id that follows from names: whoever places the same order gets the same id.
pub fn named(parts: &[&str]) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn body_hash(draft: &OrderDraft) -> String {
    let lines: Vec<String> =
        draft.lines.iter().map(|line| format!("{}\u{1f}{}", line.sku, line.qty)).collect();
    let text = [
        draft.customer.as_str(),
        &draft.phone,
        &draft.address,
        &draft.note,
        &format!("{:?}", draft.window_min),
        &lines.join("\u{1e}"),
    ]
    .join("\u{1d}");
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}
