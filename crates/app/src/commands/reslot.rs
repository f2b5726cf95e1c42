//! Bring SKUs to other pick faces: what was carried is recorded, both ways where two swapped.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use crate::queries::known;
use domain::{Body, Cause, Move, Spot};
use serde::Deserialize;
use store::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct ReslotArgs {
    /// Ids of moves that `slotting` named.
    pub ids: Vec<String>,
}

/// A move as its id tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Swap {
    pub sku: String,
    pub from: String,
    pub to: String,
    /// Empty where there was room.
    pub swapped_out: String,
}

impl Swap {
    pub fn parse(id: &str) -> Result<Swap, Fault> {
        let parts: Vec<&str> = id.split('>').collect();
        let [sku, from, to, swapped_out] = parts[..] else {
            return Err(Fault::unknown("move", id));
        };
        let [sku, from, to, swapped_out] = [sku, from, to, swapped_out].map(str::to_owned);
        Ok(Swap { sku, from, to, swapped_out })
    }
}

pub fn run(ctx: &Ctx<'_>, args: ReslotArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        for id in &args.ids {
            let swap = Swap::parse(id)?;
            let there = heaps(w, &swap.sku, &swap.from)?;
            let back = match swap.swapped_out.as_str() {
                "" => Vec::new(),
                other => heaps(w, other, &swap.to)?,
            };
            if there.is_empty() {
                return Err(Fault::unknown("stock", format!("{} {}", swap.sku, swap.from)));
            }
            carry(w, there, &swap.to)?;
            carry(w, back, &swap.from)?;
        }
        let count = args.ids.len();
        Ok(ctx.lang.pick(
            format!("{count} SKUs stand in their new faces."),
            format!("{count} 个商品已换到新货位。"),
        ))
    })
}

fn heaps(w: &Work<'_, '_>, sku: &str, bin: &str) -> Result<Vec<store::read::HeapRow>, Fault> {
    let query = HeapQuery { sku: Some(sku), location: Some(bin), ..HeapQuery::default() };
    let heaps = w.heaps(&query)?;
    Ok(heaps.into_iter().filter(|heap| heap.on_hand.0 > 0).collect())
}

fn carry(w: &mut Work<'_, '_>, heaps: Vec<store::read::HeapRow>, to: &str) -> Result<(), Fault> {
    let to = known::bin(w, to)?.code;
    for heap in heaps {
        let key = heap.key;
        let spot =
            |location| Spot { location, condition: key.condition, package: key.package.clone() };
        let (from, to) = (spot(key.location.clone()), spot(to.clone()));
        w.record(Body::Moved(Move {
            sku: key.sku,
            lot: key.lot,
            serial: key.serial,
            owner: key.owner,
            from,
            to,
            qty: heap.on_hand,
            cause: Cause::Transfer,
            reason: "slotting".to_owned(),
            reverses: None,
        }))?;
    }
    Ok(())
}
