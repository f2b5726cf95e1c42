//! Pick faces that run low while bulk has more.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::room::used_ml;
use crate::view::Nothing;
use domain::{LocationCode, Product, Sku};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Db;
use store::read::ShelfRow;
use ts_rs::TS;
use warehouse::putaway::{Face, enough, refill_qty, room_units};

/// Demand is averaged over four weeks, so that each weekday counts the same.
const DEMAND_DAYS: i32 = 28;

#[derive(Debug, Serialize, TS)]
pub struct RefillTask {
    pub key: String,
    pub sku: String,
    pub name: String,
    pub from: String,
    pub to: String,
    pub qty: i64,
    pub why: String,
}

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<Vec<RefillTask>, Fault> {
    ctx.read(|db| {
        let since = ctx.today().plus(-DEMAND_DAYS);
        let (mut bulk, mut faces) = (BTreeMap::new(), BTreeMap::new());
        for shelf in db.shelves()? {
            let by_sku: &mut BTreeMap<Sku, Vec<ShelfRow>> =
                if shelf.pick_face { &mut faces } else { &mut bulk };
            by_sku.entry(shelf.sku.clone()).or_default().push(shelf);
        }
        let demand = db.demand_since(since)?;
        let mut tasks = Vec::new();
        for (sku, shelves) in &bulk {
            let Some(source) = shelves.iter().find(|shelf| shelf.on_hand > shelf.allocated) else {
                continue;
            };
            // One walk per SKU: the emptiest of its faces, or the one that was picked empty.
            let face = match faces.get(sku).and_then(|f| f.iter().min_by_key(|f| f.on_hand)) {
                Some(face) => Some((face.location.clone(), face.on_hand)),
                None => db.last_face(sku)?.map(|location| (location, 0)),
            };
            let Some((to, on_hand)) = face else { continue };
            let total = demand.get(sku).copied().unwrap_or(0);
            let two_days = (total * 2 + i64::from(DEMAND_DAYS) - 1) / i64::from(DEMAND_DAYS);
            if enough(on_hand, two_days) {
                continue;
            }
            let Some(product) = db.product(sku)? else { continue };
            tasks.extend(task(ctx, &db, &product, source, &to, on_hand, two_days)?);
        }
        Ok(tasks)
    })
}

fn task(
    ctx: &Ctx<'_>,
    db: &Db<'_>,
    product: &Product,
    source: &ShelfRow,
    to: &LocationCode,
    on_hand: i64,
    two_days: i64,
) -> Result<Option<RefillTask>, Fault> {
    let bulk_free = source.on_hand - source.allocated;
    let capacity_units = capacity(db, to, product, on_hand)?;
    let wanted = refill_qty(Face { on_hand, capacity_units, two_days, bulk_free });
    Ok(wanted.map(|qty| RefillTask {
        key: source.heap.to_string(),
        sku: product.sku.to_string(),
        name: ctx.product_name(Some(product), &product.sku),
        from: source.location.to_string(),
        to: to.to_string(),
        qty: qty.0,
        why: if on_hand < two_days {
            ctx.lang.pick(
                format!("{on_hand} left, about {two_days} go in two days"),
                format!("只剩 {on_hand}，两天约需 {two_days}"),
            )
        } else {
            ctx.lang.pick(
                format!("{on_hand} left, the face holds {capacity_units}"),
                format!("只剩 {on_hand}，拣货位可放 {capacity_units}"),
            )
        },
    }))
}

/// What the face could hold of this SKU beside everything else in the bin.
fn capacity(
    db: &Db<'_>,
    location: &LocationCode,
    product: &Product,
    on_hand: i64,
) -> Result<i64, Fault> {
    let capacity_ml = db.bin(location)?.map_or(0, |bin| bin.capacity.0);
    let room = room_units(capacity_ml, used_ml(db, location)?, product.volume.0);
    Ok(room.saturating_add(on_hand))
}
