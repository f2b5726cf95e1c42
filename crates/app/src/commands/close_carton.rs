//! Close a carton: it is weighed and goes to the stage.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use domain::{Body, CartonId, Cause, Grams, Move, Refusal, Spot};
use serde::Deserialize;
use store::HeapQuery;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct CloseCartonArgs {
    pub carton_id: String,
    pub weight_g: i64,
}

pub fn run(ctx: &Ctx<'_>, args: CloseCartonArgs) -> Result<Done, Fault> {
    let unknown = || Fault::unknown("carton", &args.carton_id);
    let id = CartonId::parse(&args.carton_id).map_err(|_| unknown())?;
    if args.weight_g <= 0 {
        return Err(Refusal::QtyNotPositive.into());
    }
    ctx.done(|w| {
        let carton = w.carton(id)?.ok_or_else(unknown)?;
        let query = HeapQuery { package: Some(&carton.number), ..HeapQuery::default() };
        let contents = w.heaps(&query)?;
        if contents.is_empty() || carton.closed {
            let is = if carton.closed { "closed" } else { "empty" };
            return Err(Refusal::WrongState {
                what: "carton",
                is: is.to_owned(),
                needs: "scan the items into it first",
            }
            .into());
        }
        w.record(Body::CartonClosed { carton: id, weight: Grams(args.weight_g) })?;
        let stage = w.first_bin("stage")?.ok_or_else(|| Fault::unknown("bin", "stage"))?;
        for heap in contents.into_iter().filter(|heap| heap.key.location != stage) {
            let from = Spot {
                location: heap.key.location,
                condition: heap.key.condition,
                package: heap.key.package,
            };
            let to = Spot { location: stage.clone(), ..from.clone() };
            w.record(Body::Moved(Move {
                sku: heap.key.sku,
                lot: heap.key.lot,
                serial: heap.key.serial,
                owner: heap.key.owner,
                from,
                to,
                qty: heap.on_hand,
                cause: Cause::Transfer,
                reason: "carton closed".to_owned(),
                reverses: None,
            }))?;
        }
        Ok(ctx.lang.pick(
            format!("Carton {} closed and staged at {stage}.", carton.number),
            format!("箱 {} 已封箱，放至 {stage}。", carton.number),
        ))
    })
}
