//! One SKU: where it lies, what it cost, how it went, and why the number is what it is.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::{House, house};
use crate::queries::known;
use crate::view::{ById, CostLayer, DayPoint, SkuDetail, SkuRow, StockKeyRow, UnitView};
use domain::{Day, Sku};
use std::collections::BTreeMap;
use store::Db;
use store::read::{HeapQuery, SkuTotal};

const CURVE_DAYS: i32 = 90;

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<SkuDetail, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let product = known::product(&db, &args.id)?;
        let sku = &product.sku;
        let total = db.sku_total(sku)?.ok_or_else(|| Fault::unknown("SKU", sku))?;
        let heaps = db.heaps(&HeapQuery { sku: Some(sku.as_str()), ..HeapQuery::default() })?;
        let units =
            product.units.iter().map(|u| UnitView { name: u.name.clone(), per: u.per }).collect();
        let from = ctx.today().plus(1 - CURVE_DAYS);
        Ok(SkuDetail {
            row: SkuRow::new(ctx, &house, &total),
            barcode: product.barcode.clone(),
            unit: product.unit.clone(),
            units,
            weight_g: product.weight.0,
            volume_ml: product.volume.0,
            removal: product.removal,
            lot_tracked: product.lot_tracked,
            serial_tracked: product.serial_tracked,
            supplier: product.supplier.clone(),
            keys: heaps.iter().map(|heap| StockKeyRow::new(ctx, heap, Some(&product))).collect(),
            layers: layers(&db, &house, sku)?,
            curve: curve(ctx, &db, sku, from, total.on_hand.0)?,
            demand: demand(&db, sku, from, ctx.today())?,
            identity: identity(ctx, &total),
        })
    })
}

fn layers(db: &Db<'_>, house: &House, sku: &Sku) -> Result<Vec<CostLayer>, Fault> {
    let view = |layer: store::read::CostLayerRow| CostLayer {
        received_at: layer.at_millis,
        qty: layer.qty.0,
        remaining: layer.remaining.0,
        unit_cost_micros: layer.unit_cost,
        value: house.money_from_micros(layer.remaining.0.saturating_mul(layer.unit_cost)),
    };
    Ok(db.cost_layers(sku)?.into_iter().map(view).collect())
}

/// On hand at the end of each day, backwards from what is there now.
fn curve(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    sku: &Sku,
    from: Day,
    on_hand: i64,
) -> Result<Vec<DayPoint>, Fault> {
    let net: BTreeMap<i32, i64> =
        db.sku_net_by_day(sku, ctx.days_from(from))?.into_iter().collect();
    let mut level = on_hand;
    let mut points = Vec::new();
    for day in (from.0..=ctx.today().0).rev() {
        points.push(DayPoint::new(day, level.max(0)));
        level -= net.get(&day).copied().unwrap_or(0);
    }
    points.reverse();
    Ok(points)
}

fn demand(db: &Db<'_>, sku: &Sku, from: Day, today: Day) -> Result<Vec<DayPoint>, Fault> {
    let asked: BTreeMap<i32, i64> = db.demand(sku, from)?.into_iter().collect();
    let on = |day| DayPoint::new(day, asked.get(&day).copied().unwrap_or(0));
    Ok((from.0..=today.0).map(on).collect())
}

fn identity(ctx: &Ctx<'_>, total: &SkuTotal) -> String {
    let SkuTotal { on_hand, sellable, held, available, reserved, safety, .. } = total;
    ctx.lang.pick(
        format!(
            "on hand {on_hand} = sellable {sellable} + held {held}; \
             available {available} = sellable {sellable} − reserved {reserved} − safety {safety}"
        ),
        format!(
            "在库 {on_hand} = 可售 {sellable} + 冻结 {held}；\
             可用 {available} = 可售 {sellable} − 已预留 {reserved} − 安全库存 {safety}"
        ),
    )
}
