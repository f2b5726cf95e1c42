//! Pick: goods leave their bin for the packing area.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use crate::queries::order::positive;
use domain::{AllocationId, Body, Cause, LocationCode, Move, Qty, Refusal, Serial, Spot};
use serde::Deserialize;
use store::AllocationView;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PickArgs {
    pub task_id: String,
    pub qty: i64,
    #[serde(default)]
    pub serials: Vec<String>,
}

pub fn run(ctx: &Ctx<'_>, args: PickArgs) -> Result<Done, Fault> {
    let qty = positive(args.qty)?;
    ctx.done(|w| {
        let task = open_task(w, &args.task_id)?;
        if qty > task.remaining {
            return Err(Fault::invalid(
                "quantity",
                ctx.lang.pick(
                    format!("only {} were asked for here", task.remaining),
                    format!("此处只需 {}", task.remaining),
                ),
            ));
        }
        wrong_serial(&task, &args.serials)?;
        pick(w, &task, qty)?;
        Ok(ctx.lang.pick(
            format!("Picked {qty} × {} from {}.", task.key.sku, task.key.location),
            format!("已从 {} 拣 {} × {qty}。", task.key.location, task.key.sku),
        ))
    })
}

pub fn open_task(w: &Work<'_, '_>, id: &str) -> Result<AllocationView, Fault> {
    let unknown = || Fault::unknown("pick", id);
    let allocation = AllocationId::parse(id).map_err(|_| unknown())?;
    let task = w.allocation(allocation)?.ok_or_else(unknown)?;
    if task.remaining <= Qty::ZERO {
        return Err(Refusal::WrongState {
            what: "pick",
            is: "done".to_owned(),
            needs: "go on with the next one",
        }
        .into());
    }
    Ok(task)
}

/// A serial is a heap of its own, so the scanned one must be the one that was allocated.
fn wrong_serial(task: &AllocationView, serials: &[String]) -> Result<(), Fault> {
    let got = serials.iter().find_map(|text| Serial::parse(text).ok());
    match got {
        Some(got) if !task.key.serial.is_none() && got != task.key.serial => {
            Err(Refusal::WrongScan { expected: task.key.serial.to_string(), got: got.to_string() }
                .into())
        }
        _ => Ok(()),
    }
}

pub fn pack_area(w: &Work<'_, '_>) -> Result<LocationCode, Fault> {
    w.first_bin("pack")?.ok_or_else(|| {
        Fault::said(
            "no_pack_area",
            "There is no packing area yet.".to_owned(),
            "Add a bin of kind pack.".to_owned(),
        )
    })
}

pub fn pick(w: &mut Work<'_, '_>, task: &AllocationView, qty: Qty) -> Result<(), Fault> {
    let to = Spot::at(pack_area(w)?);
    let key = &task.key;
    w.record(Body::Moved(Move {
        sku: key.sku.clone(),
        lot: key.lot.clone(),
        serial: key.serial.clone(),
        owner: key.owner.clone(),
        from: Spot {
            location: key.location.clone(),
            condition: key.condition,
            package: key.package.clone(),
        },
        to,
        qty,
        cause: Cause::Pick { line: task.line, allocation: task.id },
        reason: String::new(),
        reverses: None,
    }))?;
    Ok(())
}
