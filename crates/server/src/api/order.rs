//! An order as the API speaks of it. Times are RFC 3339 in UTC, money is in minor units.

use crate::api::problem::ApiProblem;
use app::{DraftLine, OrderDraft};
use domain::order::{Order, OrderState};
use domain::{LonLat, OrderId, Qty, Sku, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};
use store::{Db, LineRow, OrderHead, StoreError};
use utoipa::ToSchema;

/// A name or a note longer than this is a mistake.
const TEXT_MAX: usize = 500;
const LINES_MAX: usize = 500;
const QTY_MAX: i64 = 1_000_000;

/// An order to place.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The shop's own id: placing the same one again changes nothing.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
    )]
    pub external_id: String,
    /// Where it came from; ids are unique within a channel.
    #[serde(default = "api_channel")]
    #[schema(
        min_length = 1,
        max_length = 40,
        default = "api",
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
    )]
    pub channel: String,
    #[schema(
        min_length = 1,
        max_length = 500,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
    )]
    pub customer: String,
    #[serde(default)]
    #[schema(max_length = 500, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    pub phone: String,
    #[schema(
        min_length = 1,
        max_length = 500,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
    )]
    pub address: String,
    pub place: Option<NewPlace>,
    #[serde(default)]
    #[schema(max_length = 500, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    pub note: String,
    #[schema(min_items = 1, max_items = 500)]
    pub lines: Vec<NewOrderLine>,
}

/// Where it goes, in degrees.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    #[schema(minimum = -180, maximum = 180)]
    pub lon: f64,
    #[schema(minimum = -90, maximum = 90)]
    pub lat: f64,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrderLine {
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
    )]
    pub sku: String,
    /// In the SKU's smallest unit.
    #[serde(deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub qty: i64,
    /// Without it, the product's price.
    #[serde(default, deserialize_with = "whole_or_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub unit_price_minor: Option<i64>,
}

/// JSON has one kind of number: 3.0 is the integer 3.
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let number = serde_json::Number::deserialize(from)?;
    let integer = number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 1e15)?;
        Some(float as i64)
    });
    integer.ok_or_else(|| serde::de::Error::custom(format!("{number} is no integer")))
}

fn whole_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    struct Whole(#[serde(deserialize_with = "whole")] i64);
    Ok(Option::<Whole>::deserialize(from)?.map(|whole| whole.0))
}

fn api_channel() -> String {
    "api".to_owned()
}

impl NewOrder {
    pub fn draft(&self) -> Result<OrderDraft, ApiProblem> {
        let texts = [
            ("external_id", &self.external_id, 100, true),
            ("channel", &self.channel, 40, true),
            ("customer", &self.customer, TEXT_MAX, true),
            ("address", &self.address, TEXT_MAX, true),
            ("phone", &self.phone, TEXT_MAX, false),
            ("note", &self.note, TEXT_MAX, false),
        ];
        for (field, text, longest, needed) in texts {
            if needed && text.trim().is_empty() {
                return Err(ApiProblem::bad_request(&format!("{field} may not be empty.")));
            }
            if text.chars().count() > longest || text.chars().any(char::is_control) {
                let title = format!("{field} is longer than {longest} letters, or not plain text.");
                return Err(ApiProblem::bad_request(&title));
            }
        }
        if self.lines.is_empty() || self.lines.len() > LINES_MAX {
            return Err(ApiProblem::bad_request("An order has 1 to 500 lines."));
        }
        let place = self.place.map(|place| LonLat::from_degrees(place.lon, place.lat));
        let place =
            place.transpose().map_err(|error| ApiProblem::bad_request(&error.to_string()))?;
        let lines = self.lines.iter().enumerate().map(|(at, line)| line.draft(at));
        Ok(OrderDraft {
            line: 1,
            external_id: self.external_id.trim().to_owned(),
            customer: self.customer.trim().to_owned(),
            phone: self.phone.clone(),
            address: self.address.clone(),
            place,
            note: self.note.clone(),
            placed_at: None,
            window_min: None,
            lines: lines.collect::<Result<_, _>>()?,
        })
    }
}

impl NewOrderLine {
    fn draft(&self, at: usize) -> Result<DraftLine, ApiProblem> {
        let sku = Sku::parse(&self.sku)
            .map_err(|error| ApiProblem::bad_request(&format!("lines[{at}].sku: {error}.")))?;
        if !(1..=QTY_MAX).contains(&self.qty) {
            let title = format!("lines[{at}].qty is 1 to {QTY_MAX}.");
            return Err(ApiProblem::bad_request(&title));
        }
        if self.unit_price_minor.is_some_and(|price| !(0..=1_000_000_000).contains(&price)) {
            let title = format!("lines[{at}].unit_price_minor is 0 to 1000000000.");
            return Err(ApiProblem::bad_request(&title));
        }
        let (qty, unit_price_minor) = (Qty(self.qty), self.unit_price_minor);
        Ok(DraftLine { line: at as i64 + 1, sku, qty, unit_price_minor })
    }
}

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateWord {
    Cancelled,
    Short,
    Ready,
    Waved,
    Picking,
    ToPack,
    ToLoad,
    OnTheWay,
    Closed,
}

impl From<OrderState> for StateWord {
    fn from(state: OrderState) -> StateWord {
        match state {
            OrderState::Cancelled => StateWord::Cancelled,
            OrderState::Short => StateWord::Short,
            OrderState::Ready => StateWord::Ready,
            OrderState::Waved => StateWord::Waved,
            OrderState::Picking => StateWord::Picking,
            OrderState::ToPack => StateWord::ToPack,
            OrderState::ToLoad => StateWord::ToLoad,
            OrderState::OnTheWay => StateWord::OnTheWay,
            OrderState::Closed => StateWord::Closed,
        }
    }
}

/// An order as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OrderView {
    pub id: String,
    pub number: String,
    pub channel: String,
    pub external_id: String,
    pub state: StateWord,
    pub held: bool,
    pub customer: String,
    pub address: String,
    pub placed_at: String,
    /// Delivered by then, if everything is promised.
    pub promise_at: String,
    pub value_minor: i64,
    pub lines: Vec<LineView>,
    /// For the customer; nobody can guess it.
    pub tracking: String,
}

/// Units of one line, each counted in what it has come to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LineView {
    pub sku: String,
    pub ordered: i64,
    pub cancelled: i64,
    pub promised: i64,
    pub backordered: i64,
    pub picked: i64,
    pub packed: i64,
    pub shipped: i64,
    pub delivered: i64,
    pub returned: i64,
}

impl OrderView {
    pub fn read(
        db: &Db<'_>,
        id: OrderId,
        tracking: impl FnOnce(OrderId) -> String,
    ) -> Result<Option<OrderView>, StoreError> {
        let (Some(order), Some(head)) = (db.order(id)?, db.order_head(id)?) else {
            return Ok(None);
        };
        let lines = db.lines_of(id)?;
        Ok(Some(view(order, head, &lines, tracking(id))))
    }
}

fn view(order: Order, head: OrderHead, lines: &[LineRow], tracking: String) -> OrderView {
    OrderView {
        id: order.id.to_string(),
        number: order.number,
        channel: order.channel,
        external_id: order.external_id,
        state: head.state.into(),
        held: head.held,
        customer: order.customer,
        address: order.address,
        placed_at: rfc3339(order.placed_at),
        promise_at: rfc3339(order.promise_at),
        value_minor: head.value_minor,
        lines: lines.iter().map(line).collect(),
        tracking,
    }
}

fn line(line: &LineRow) -> LineView {
    let c = &line.counters;
    LineView {
        sku: line.sku.to_string(),
        ordered: c.ordered.0,
        cancelled: c.cancelled.0,
        promised: c.allocated.0,
        backordered: c.backordered().0,
        picked: c.picked.0,
        packed: c.packed.0,
        shipped: c.shipped.0,
        delivered: c.delivered.0,
        returned: c.returned.0,
    }
}

/// Milliseconds in UTC, as everybody reads them.
pub fn rfc3339(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |t| t.to_string())
}
