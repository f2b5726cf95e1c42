//! From ids to documents: what each paper says, read from the book.

mod chart;
mod labels;
mod order_papers;
mod manifest;
mod sheets;
pub(crate) mod purchase;
mod report;
mod slotting;
mod week;
pub(crate) mod sscc;

pub(crate) use labels::carton_by;
pub(crate) use order_papers::wave_by;

use crate::ctx::Ctx;
use crate::problem::Fault;
use domain::{Day, OrderId, Sku, Timestamp};
use paper::Document;
use serde::Deserialize;
use store::Db;
use store::read::OrderHead;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    BinLabels,
    ProductLabels,
    CartonLabels,
    PickList,
    PackingSlip,
    Manifest,
    CountSheet,
    PurchaseOrder,
    DayReport,
    WeekReport,
    SlottingList,
}

impl Paper {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Paper::BinLabels => "bin-labels",
            Paper::ProductLabels => "product-labels",
            Paper::CartonLabels => "carton-labels",
            Paper::PickList => "pick-list",
            Paper::PackingSlip => "packing-slip",
            Paper::Manifest => "manifest",
            Paper::CountSheet => "count-sheet",
            Paper::PurchaseOrder => "purchase-order",
            Paper::DayReport => "day-report",
            Paper::WeekReport => "week-report",
            Paper::SlottingList => "slotting-list",
        }
    }
}

/// One document for all ids where the layout allows it, else one for each.
pub(crate) fn documents(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    what: Paper,
    ids: &[String],
) -> Result<Vec<Document>, Fault> {
    let each = |one: fn(&Ctx<'_>, &Db<'_>, &str) -> Result<Document, Fault>| {
        ids.iter().map(|id| one(ctx, db, id)).collect::<Result<Vec<_>, _>>()
    };
    match what {
        Paper::BinLabels => Ok(vec![labels::bins(db, ids)?]),
        Paper::ProductLabels => Ok(vec![labels::products(ctx, db, ids)?]),
        Paper::CartonLabels => Ok(vec![labels::cartons(ctx, db, ids)?]),
        Paper::PickList => each(order_papers::pick_list),
        Paper::PackingSlip => each(order_papers::packing_slip),
        Paper::Manifest => each(manifest::manifest),
        Paper::CountSheet => Ok(vec![sheets::count_sheet(ctx, db, ids)?]),
        Paper::PurchaseOrder => purchase::purchase_orders(ctx, db, ids),
        Paper::DayReport => Ok(vec![report::day_report(ctx, db, ids)?]),
        Paper::WeekReport => Ok(vec![week::week_report(ctx, db, ids)?]),
        Paper::SlottingList => Ok(vec![slotting::slotting_list(ctx, db, ids)?]),
    }
}

/// An order by its id or its number.
pub(crate) fn order_by(db: &Db<'_>, text: &str) -> Result<Option<OrderHead>, Fault> {
    if let Ok(id) = OrderId::parse(text) {
        return Ok(db.order_head(id)?);
    }
    Ok(db.order_numbered(text)?)
}

pub(crate) fn name_of(ctx: &Ctx<'_>, db: &Db<'_>, sku: &Sku) -> Result<String, Fault> {
    Ok(ctx.product_name(db.product(sku)?.as_ref(), sku))
}

/// Name first, then the address from the street down.
pub(crate) fn address_lines(name: &str, address: &str) -> Vec<String> {
    let rows = address.split(['\n', ',', '，']).map(str::trim).filter(|row| !row.is_empty());
    std::iter::once(name).chain(rows).map(str::to_owned).collect()
}

pub(crate) fn ship_from(db: &Db<'_>) -> Result<Vec<String>, Fault> {
    let house = crate::queries::house::house(db)?;
    Ok(address_lines(&house.name, &db.setting("address")?.unwrap_or_default()))
}

pub(crate) fn day_of(ctx: &Ctx<'_>, millis: i64) -> String {
    ctx.zone.day(Timestamp(millis)).to_string()
}

pub(crate) fn expiry(day: Option<i32>) -> String {
    day.map_or_else(String::new, |day| Day(day).to_string())
}
