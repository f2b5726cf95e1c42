//! The next thing to pick in a wave, in the order of the shortest walk; skipped ones come again at the end.

use crate::ctx::Ctx;
use crate::picking_order;
use crate::problem::Fault;
use crate::view::day_text;
use domain::WaveId;
use serde::{Deserialize, Serialize};
use store::PickRow;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PickNextArgs {
    pub wave_id: String,
    #[serde(default)]
    pub skipped: Vec<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct PickNextView {
    pub task: Option<PickTask>,
    pub done: i64,
    pub total: i64,
    pub message: String,
}

#[derive(Debug, Serialize, TS)]
pub struct PickTask {
    pub id: String,
    pub wave_id: String,
    pub index: i64,
    pub total: i64,
    pub location: String,
    pub zone: String,
    pub sku: String,
    pub name: String,
    pub barcode: String,
    pub lot: String,
    pub expires: String,
    pub serial_tracked: bool,
    pub qty: i64,
    pub unit: String,
    pub order_number: String,
    pub tote: String,
    pub next_location: String,
}

pub fn run(ctx: &Ctx<'_>, args: PickNextArgs) -> Result<PickNextView, Fault> {
    let wave = WaveId::parse(&args.wave_id).map_err(|_| Fault::unknown("wave", &args.wave_id))?;
    ctx.read(|db| {
        let row = db.wave(wave)?.ok_or_else(|| Fault::unknown("wave", &args.wave_id))?;
        let picks = picking_order::picks(&db, wave)?;
        let done = row.picked;
        let total = row.picked + row.remaining;
        let skipped = |pick: &&PickRow| args.skipped.contains(&pick.allocation.id.to_string());
        let (later, mut queue): (Vec<&PickRow>, Vec<&PickRow>) =
            picks.iter().partition(|pick| skipped(pick));
        queue.extend(later);
        let Some(pick) = queue.first() else {
            let message = if row.released {
                ctx.lang.pick(
                    format!("Wave {} is picked. Bring the totes to packing.", row.name),
                    format!("波次 {} 已拣完，请送往打包台。", row.name),
                )
            } else {
                ctx.say("Release the wave first.", "请先下发波次。")
            };
            return Ok(PickNextView { task: None, done, total, message });
        };
        let key = &pick.allocation.key;
        let product = db.product(&key.sku)?;
        let task = PickTask {
            id: pick.allocation.id.to_string(),
            wave_id: args.wave_id.clone(),
            index: done + 1,
            total,
            location: key.location.to_string(),
            zone: pick.zone.clone(),
            sku: key.sku.to_string(),
            name: ctx.product_name(product.as_ref(), &key.sku),
            barcode: product.as_ref().map_or_else(String::new, |p| p.barcode.clone()),
            lot: key.lot.to_string(),
            expires: day_text(pick.expires),
            serial_tracked: product.as_ref().is_some_and(|p| p.serial_tracked),
            qty: pick.allocation.remaining.0,
            unit: product.map_or_else(String::new, |p| p.unit),
            order_number: pick.order_number.clone(),
            tote: pick.order_number.clone(),
            next_location: queue
                .get(1)
                .map_or_else(String::new, |next| next.allocation.key.location.to_string()),
        };
        Ok(PickNextView { task: Some(task), done, total, message: String::new() })
    })
}
