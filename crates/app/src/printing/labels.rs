//! Labels of bins, products and cartons.

use crate::ctx::Ctx;
use crate::dispatching::document::saved;
use crate::printing::sscc::sscc;
use crate::printing::{address_lines, ship_from};
use crate::problem::Fault;
use domain::{CartonId, LocationCode};
use paper::{Arrow, BinLabel, CartonLabel, Document, ProductLabel};
use store::Db;
use store::read::CartonRow;

pub(super) fn bins(db: &Db<'_>, codes: &[String]) -> Result<Document, Fault> {
    let label = |code: &String| {
        let location = LocationCode::parse(code).map_err(|e| Fault::invalid("bin", e))?;
        let bin = db.bin(&location)?.ok_or_else(|| Fault::unknown("bin", code))?;
        Ok(BinLabel { code: code.clone(), zone: bin.zone, arrow: Arrow::None })
    };
    Ok(Document::BinLabels(codes.iter().map(label).collect::<Result<_, Fault>>()?))
}

pub(super) fn products(ctx: &Ctx<'_>, db: &Db<'_>, skus: &[String]) -> Result<Document, Fault> {
    let label = |code: &String| {
        let product = db.product_by_scan(code)?.ok_or_else(|| Fault::unknown("SKU", code))?;
        let sku = product.sku.to_string();
        let barcode =
            if product.barcode.is_empty() { sku.clone() } else { product.barcode.clone() };
        Ok(ProductLabel {
            name: product.name(ctx.lang.is_zh()).to_owned(),
            sku,
            barcode,
            lot: String::new(),
            expiry: String::new(),
            contents: String::new(),
        })
    };
    Ok(Document::ProductLabels(skus.iter().map(label).collect::<Result<_, Fault>>()?))
}

pub(super) fn cartons(ctx: &Ctx<'_>, db: &Db<'_>, ids: &[String]) -> Result<Document, Fault> {
    let mut labels = Vec::new();
    for id in ids {
        let carton = carton_by(db, id)?.ok_or_else(|| Fault::unknown("carton", id))?;
        labels.push(carton_label(ctx, db, &carton)?);
    }
    Ok(Document::CartonLabels(labels))
}

/// A carton by its id or its number.
pub(crate) fn carton_by(db: &Db<'_>, text: &str) -> Result<Option<CartonRow>, Fault> {
    Ok(match CartonId::parse(text) {
        Ok(id) => db.carton(id)?,
        Err(_) => db.carton_by_number(text)?,
    })
}

fn carton_label(ctx: &Ctx<'_>, db: &Db<'_>, carton: &CartonRow) -> Result<CartonLabel, Fault> {
    let order = db.order(carton.order)?.ok_or_else(|| Fault::unknown("order", carton.order))?;
    let siblings = db.cartons_of(carton.order)?;
    let at = siblings.iter().position(|sibling| sibling.id == carton.id).unwrap_or(0);
    Ok(CartonLabel {
        ship_to: address_lines(&order.customer, &order.address),
        ship_from: ship_from(db)?,
        phone: order.phone,
        order_number: order.number,
        route: route_text(ctx, db, &carton.order.to_string())?,
        carton_no: at as u32 + 1,
        carton_count: siblings.len() as u32,
        weight_g: carton.weight_g,
        sscc: sscc(&carton.number),
        note: order.note,
    })
}

/// Van and stop, once the order is on today's plan.
fn route_text(ctx: &Ctx<'_>, db: &Db<'_>, order: &str) -> Result<String, Fault> {
    let Some(doc) = saved(db, ctx.today())? else { return Ok(String::new()) };
    let Some((route, at)) = doc.plan.find(order) else { return Ok(String::new()) };
    let van = doc.input.vans.iter().find(|van| van.id == route.van);
    let name = van.map_or(route.van.as_str(), |van| van.name.as_str());
    Ok(format!("{name} · stop {} 站", at + 1))
}
