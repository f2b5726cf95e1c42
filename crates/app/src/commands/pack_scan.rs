//! Pack: a scanned item goes into the open carton.

use crate::ctx::{Ctx, Work};
use crate::problem::Fault;
use crate::queries::order::order_id;
use crate::view::ScanAnswer;
use domain::{Body, CartonId, Cause, LineId, Move, OrderId, Product, Qty, Refusal, Spot};
use serde::Deserialize;
use store::{CartonRow, HeapQuery};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PackScanArgs {
    pub order_id: String,
    pub carton_id: String,
    pub scan: String,
    /// 0 packs what one scan stands for.
    #[serde(default)]
    pub qty: i64,
}

pub fn run(ctx: &Ctx<'_>, args: PackScanArgs) -> Result<ScanAnswer, Fault> {
    let order = order_id(&args.order_id)?;
    let carton =
        CartonId::parse(&args.carton_id).map_err(|_| Fault::unknown("carton", &args.carton_id))?;
    let scan = crate::queries::pick_scan::item_code(&args.scan);
    let found = ctx.read(|db| Ok(db.product_by_scan(&scan)?))?;
    let Some(product) = found else {
        return Ok(ScanAnswer::wrong(
            ctx.lang.pick(format!("Unknown item: {scan}."), format!("未知商品：{scan}。")),
        ));
    };
    let units = if args.qty > 0 { args.qty } else { product.units_of_scan(&scan).unwrap_or(1) };
    let outcome = ctx.write(|w| {
        let row = w.carton(carton)?.ok_or_else(|| Fault::unknown("carton", &args.carton_id))?;
        pack(w, order, &row, &product, Qty(units))
    });
    let name = ctx.product_name(Some(&product), &product.sku);
    match outcome {
        Ok(()) => Ok(ScanAnswer::right(
            ctx.lang
                .pick(format!("{units} × {name} packed."), format!("已装箱 {name} × {units}。")),
            units,
        )),
        Err(Fault::Refused(Refusal::NotEnough { on_hand, .. })) => {
            Ok(ScanAnswer::wrong(ctx.lang.pick(
                format!("{name}: only {on_hand} left to pack for this order."),
                format!("{name}：本单只剩 {on_hand} 件待装箱。"),
            )))
        }
        Err(other) => Err(other),
    }
}

pub fn pack(
    w: &mut Work<'_, '_>,
    order: OrderId,
    carton: &CartonRow,
    product: &Product,
    qty: Qty,
) -> Result<(), Fault> {
    if carton.closed || carton.order != order {
        return Err(Refusal::WrongState {
            what: "carton",
            is: "closed".to_owned(),
            needs: "open another carton",
        }
        .into());
    }
    let area = crate::commands::pick::pack_area(w)?;
    let lines: Vec<(LineId, Qty)> = w
        .lines_of(order)?
        .into_iter()
        .filter(|line| line.sku == product.sku)
        .map(|line| (line.id, line.counters.picked - line.counters.packed))
        .collect();
    let open: Qty = lines.iter().map(|(_, open)| *open).sum();
    if open < qty {
        return Err(Refusal::NotEnough {
            sku: product.sku.clone(),
            location: area,
            on_hand: open,
            wanted: qty,
        }
        .into());
    }
    let mut left = qty;
    for (line, open) in lines {
        let part = left.min(open);
        if part > Qty::ZERO {
            pack_line(w, line, carton, product, &area, part)?;
            left -= part;
        }
    }
    Ok(())
}

fn pack_line(
    w: &mut Work<'_, '_>,
    line: LineId,
    carton: &CartonRow,
    product: &Product,
    area: &domain::LocationCode,
    qty: Qty,
) -> Result<(), Fault> {
    let query = HeapQuery {
        sku: Some(product.sku.as_str()),
        location: Some(area.as_str()),
        ..HeapQuery::default()
    };
    let mut left = qty;
    for heap in w.heaps(&query)?.into_iter().filter(|heap| heap.key.package.is_empty()) {
        let part = left.min(heap.on_hand);
        if part <= Qty::ZERO {
            continue;
        }
        left -= part;
        let from =
            Spot { location: area.clone(), condition: heap.key.condition, package: String::new() };
        let to = Spot { package: carton.number.clone(), ..from.clone() };
        w.record(Body::Moved(Move {
            sku: heap.key.sku,
            lot: heap.key.lot,
            serial: heap.key.serial,
            owner: heap.key.owner,
            from,
            to,
            qty: part,
            cause: Cause::Pack { line, carton: carton.id },
            reason: String::new(),
            reverses: None,
        }))?;
    }
    if left > Qty::ZERO {
        return Err(Refusal::NotEnough {
            sku: product.sku.clone(),
            location: area.clone(),
            on_hand: qty - left,
            wanted: qty,
        }
        .into());
    }
    Ok(())
}
