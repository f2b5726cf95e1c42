//! The packing station: what waits, and one order on the table.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::queries::order::{CartonView, cartons, lines, order_id};
use crate::view::{ById, Chip, Nothing, OrderLineView, OrderRow};
use domain::{Grams, Milliliters, OrderId, Qty};
use serde::Serialize;
use store::{Db, OrderQuery, OrderSort};
use ts_rs::TS;
use warehouse::carton::{BOXES, propose};

#[derive(Debug, Serialize, TS)]
pub struct PackRow {
    pub order_id: String,
    pub number: String,
    pub customer: String,
    pub lines: i64,
    pub units: i64,
    pub packed_units: i64,
    pub promise_at: i64,
    pub chips: Vec<Chip>,
}

#[derive(Debug, Serialize, TS)]
#[ts(rename = "BoxType")]
pub struct BoxTypeView {
    pub code: &'static str,
    pub name: &'static str,
    pub length_mm: i64,
    pub width_mm: i64,
    pub height_mm: i64,
    pub max_weight_g: i64,
}

#[derive(Debug, Serialize, TS)]
pub struct PackView {
    pub order: OrderRow,
    pub lines: Vec<OrderLineView>,
    pub cartons: Vec<CartonView>,
    pub box_types: Vec<BoxTypeView>,
    pub suggested_box: &'static str,
    /// Everything that was picked is in cartons, closed or not.
    pub complete: bool,
}

/// More than a bench can hold; the rest follows as these are packed.
const QUEUE_MAX: i64 = 500;

pub fn queue(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<PackRow>, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let mut rows = Vec::new();
        for view in ["to_pack", "picking"] {
            let query = OrderQuery {
                view,
                search: "",
                now: ctx.now.0,
                sort: OrderSort::Promise,
                descending: false,
                offset: 0,
                limit: QUEUE_MAX,
            };
            for head in db.orders(&query)?.0 {
                let lines = db.lines_of(head.id)?;
                let picked: Qty = lines.iter().map(|line| line.counters.picked).sum();
                let packed: Qty = lines.iter().map(|line| line.counters.packed).sum();
                if picked <= packed {
                    continue;
                }
                let row = OrderRow::new(ctx, &house, head, None);
                rows.push(PackRow {
                    order_id: row.id,
                    number: row.number,
                    customer: row.customer,
                    lines: row.lines,
                    units: picked.0,
                    packed_units: packed.0,
                    promise_at: row.promise_at,
                    chips: row.chips,
                });
            }
        }
        Ok(rows)
    })
}

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<PackView, Fault> {
    let id = order_id(&args.id)?;
    ctx.read(|db| {
        let house = house(&db)?;
        let head = db.order_head(id)?.ok_or_else(|| Fault::unknown("order", &args.id))?;
        let lines = lines(ctx, &db, id)?;
        let cartons = cartons(ctx, &db, id)?;
        let packed = lines.iter().any(|line| line.packed > 0);
        let complete = packed && lines.iter().all(|line| line.packed >= line.picked);
        Ok(PackView {
            order: OrderRow::new(ctx, &house, head, None),
            suggested_box: suggestion(&db, id)?,
            lines,
            cartons,
            box_types: boxes(ctx),
            complete,
        })
    })
}

fn boxes(ctx: &Ctx<'_>) -> Vec<BoxTypeView> {
    BOXES
        .iter()
        .map(|b| BoxTypeView {
            code: b.code,
            name: if ctx.lang.is_zh() { b.name_zh } else { b.name_en },
            length_mm: b.inner_mm[0],
            width_mm: b.inner_mm[1],
            height_mm: b.inner_mm[2],
            max_weight_g: b.max_weight.0,
        })
        .collect()
}

/// The smallest box for what is picked and not packed yet.
fn suggestion(db: &Db<'_>, order: OrderId) -> Result<&'static str, Fault> {
    let (mut weight, mut volume) = (Grams::ZERO, Milliliters::ZERO);
    for line in db.lines_of(order)? {
        let open = line.counters.picked - line.counters.packed;
        if let Some(product) = db.product(&line.sku)? {
            weight += Grams(product.weight.0 * open.0);
            volume += Milliliters(product.volume.0 * open.0);
        }
    }
    Ok(propose(weight, volume).code)
}
