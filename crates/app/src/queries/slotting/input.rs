//! What slotting works on: faces, what stands in them, and what was asked for together.

use crate::ctx::Ctx;
use crate::floor_plan::FloorPlan;
use crate::problem::Fault;
use domain::Sku;
use planning::{Face, SlottedSku, SlottingInput, Together};
use std::collections::BTreeMap;
use store::Db;

/// Four weeks, so that each weekday counts the same.
const DAYS: i32 = 28;
const WEEKS: i64 = 4;
/// Fewer orders than this together say nothing.
const TOGETHER_MIN: i64 = 3;
/// A face shall hold what sells in so many days.
const COVER_DAYS: i64 = 2;
/// An order of more lines is a list, not a basket; its pairs would drown the others.
const BASKET_MAX: usize = 12;

pub(super) struct Shop {
    pub input: SlottingInput,
    /// Pick lines of the four weeks.
    pub lines: BTreeMap<Sku, i64>,
}

pub(super) fn shop(ctx: &Ctx<'_>, db: &Db<'_>, plan: &FloorPlan) -> Result<Shop, Fault> {
    let mut lines: BTreeMap<Sku, i64> = BTreeMap::new();
    let mut units: BTreeMap<Sku, i64> = BTreeMap::new();
    let mut orders: Vec<(i64, Vec<Sku>)> = Vec::new();
    for (order, sku, qty) in db.lines_since(ctx.zone.start(ctx.today().plus(-DAYS)))? {
        *lines.entry(sku.clone()).or_default() += 1;
        *units.entry(sku.clone()).or_default() += qty;
        match orders.last_mut().filter(|(number, _)| *number == order) {
            Some((_, skus)) => skus.push(sku),
            None => orders.push((order, vec![sku])),
        }
    }
    let volumes: BTreeMap<Sku, i64> =
        db.products()?.into_iter().map(|product| (product.sku, product.volume.0)).collect();
    let standing = standing(db)?;
    let mut taken: BTreeMap<&str, i64> = BTreeMap::new();
    let mut skus = Vec::new();
    for (sku, faces) in &standing {
        let volume = volumes.get(sku).copied().unwrap_or(0);
        // The fullest face is where it is picked; what stands elsewhere takes room there.
        let Some(home) = faces.iter().max_by_key(|(_, qty)| **qty).map(|(bin, _)| bin) else {
            continue;
        };
        for (bin, qty) in faces.iter().filter(|(bin, _)| *bin != home) {
            *taken.entry(bin).or_default() += qty * volume;
        }
        let sold = units.get(sku).copied().unwrap_or(0) * COVER_DAYS / i64::from(DAYS);
        skus.push(SlottedSku {
            sku: sku.to_string(),
            location: home.clone(),
            lines_milli_per_week: lines.get(sku).copied().unwrap_or(0) * 1000 / WEEKS,
            cube_ml: faces[home].max(sold) * volume,
        });
    }
    let capacities = db.face_capacities()?;
    let face = |(code, place): (&String, &crate::floor_plan::Place)| Face {
        location: code.clone(),
        meters: place.meters,
        capacity_ml: capacities.get(code).copied().unwrap_or(0),
        taken_ml: taken.get(code.as_str()).copied().unwrap_or(0),
    };
    let faces = plan.places().filter(|(_, place)| place.pick_face).map(face).collect();
    let together = together(&orders);
    Ok(Shop { input: SlottingInput { faces, skus, together }, lines })
}

/// What stands in pick faces: units by SKU and bin.
fn standing(db: &Db<'_>) -> Result<BTreeMap<Sku, BTreeMap<String, i64>>, Fault> {
    let mut standing: BTreeMap<Sku, BTreeMap<String, i64>> = BTreeMap::new();
    for shelf in db.shelves()?.into_iter().filter(|shelf| shelf.pick_face) {
        let faces = standing.entry(shelf.sku).or_default();
        *faces.entry(shelf.location.to_string()).or_default() += shelf.on_hand;
    }
    Ok(standing)
}

fn together(orders: &[(i64, Vec<Sku>)]) -> Vec<Together> {
    let mut pairs: BTreeMap<(&Sku, &Sku), i64> = BTreeMap::new();
    for (_, skus) in orders.iter().filter(|(_, skus)| skus.len() <= BASKET_MAX) {
        for (at, one) in skus.iter().enumerate() {
            for other in skus[at + 1..].iter().filter(|other| *other != one) {
                *pairs.entry((one.min(other), one.max(other))).or_default() += 1;
            }
        }
    }
    let often = pairs.into_iter().filter(|(_, orders)| *orders >= TOGETHER_MIN);
    often
        .map(|((one, other), orders)| Together {
            one: one.to_string(),
            other: other.to_string(),
            orders_milli_per_week: orders * 1000 / WEEKS,
        })
        .collect()
}
