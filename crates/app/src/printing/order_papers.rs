//! Pick lists and packing slips.

use crate::ctx::Ctx;
use crate::dispatching::goods::{Packed, packed};
use crate::picking_order;
use crate::printing::{address_lines, day_of, expiry, name_of, order_by, ship_from};
use crate::problem::Fault;
use domain::{Sku, WaveId};
use paper::{Document, PackingSlip, PickList, PickStop, SlipLine};
use store::Db;
use store::read::{LineRow, WaveRow};

/// A wave by its id or its name.
pub(crate) fn wave_by(db: &Db<'_>, text: &str) -> Result<Option<WaveRow>, Fault> {
    if let Ok(id) = WaveId::parse(text) {
        return Ok(db.wave(id)?);
    }
    Ok(db.wave_named(text)?)
}

pub(super) fn pick_list(ctx: &Ctx<'_>, db: &Db<'_>, id: &str) -> Result<Document, Fault> {
    let wave = wave_by(db, id)?.ok_or_else(|| Fault::unknown("wave", id))?;
    let mut stops = Vec::new();
    for pick in picking_order::picks(db, wave.id)? {
        let key = pick.allocation.key;
        let product = db.product(&key.sku)?;
        stops.push(PickStop {
            bin: key.location.to_string(),
            sku: key.sku.to_string(),
            name: ctx.product_name(product.as_ref(), &key.sku),
            lot: key.lot.to_string(),
            expiry: expiry(pick.expires),
            qty: pick.allocation.remaining.0,
            unit: product.map_or_else(String::new, |product| product.unit),
            order_number: pick.order_number,
        });
    }
    let picker = ctx.person.as_ref().map_or_else(String::new, |person| person.name.clone());
    Ok(Document::PickList(PickList { wave: wave.name, picker, orders: wave.orders as u32, stops }))
}

pub(super) fn packing_slip(ctx: &Ctx<'_>, db: &Db<'_>, id: &str) -> Result<Document, Fault> {
    let head = order_by(db, id)?.ok_or_else(|| Fault::unknown("order", id))?;
    let order = db.order(head.id)?.ok_or_else(|| Fault::unknown("order", id))?;
    let heaps = packed(db, head.id)?;
    let cartons = db.cartons_of(head.id)?;
    let mut lines = Vec::new();
    for line in db.lines_of(head.id)? {
        lines.push(slip_line(ctx, db, &line, &heaps)?);
    }
    Ok(Document::PackingSlip(PackingSlip {
        order_number: head.number,
        placed_on: day_of(ctx, head.placed_at),
        shipped_on: ctx.today().to_string(),
        ship_to: address_lines(&order.customer, &order.address),
        ship_from: ship_from(db)?,
        cartons: cartons.len() as u32,
        weight_g: cartons.iter().map(|carton| carton.weight_g).sum(),
        lines,
        note: order.note,
    }))
}

fn slip_line(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    line: &LineRow,
    heaps: &[Packed],
) -> Result<SlipLine, Fault> {
    let counters = &line.counters;
    Ok(SlipLine {
        line_no: u32::try_from(line.line_no).unwrap_or(0),
        sku: line.sku.to_string(),
        name: name_of(ctx, db, &line.sku)?,
        lot: lots(heaps, &line.sku),
        ordered: counters.open().0,
        shipped: counters.packed.0,
        backordered: counters.backordered().0,
        unit: db.product(&line.sku)?.map_or_else(String::new, |product| product.unit),
    })
}

fn lots(heaps: &[Packed], sku: &Sku) -> String {
    let keys = heaps.iter().map(|packed| &packed.heap.key);
    let lots = keys.filter(|key| key.sku == *sku && !key.lot.is_none());
    let mut lots: Vec<&str> = lots.map(|key| key.lot.as_str()).collect();
    lots.dedup();
    lots.join(", ")
}
