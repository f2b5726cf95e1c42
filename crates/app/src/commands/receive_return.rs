//! Take returned goods in. They stand on the dock, apart and unsold, until somebody grades them.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use domain::order::LineCounters;
use domain::{
    Body, Cause, Condition, LineId, LocationCode, LotCode, Move, Qty, Refusal, ReturnLineId,
    Serial, Sku, Spot,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::read::ReturnLineRow;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct ReturnReceiveArgs {
    pub return_line_id: String,
    pub qty: i64,
}

pub fn run(ctx: &Ctx<'_>, args: ReturnReceiveArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let (row, return_line) = known(w, &args.return_line_id)?;
        if args.qty <= 0 {
            return Err(Refusal::QtyNotPositive.into());
        }
        if !row.approved {
            return Err(Refusal::WrongState {
                what: "return",
                is: ctx.say("requested", "待批准"),
                needs: "Ask a supervisor to approve it first.",
            }
            .into());
        }
        let unknown = || Fault::unknown("order line", &row.line);
        let line = LineId::parse(&row.line).map_err(|_| unknown())?;
        let LineCounters { delivered, returned, .. } = w.line(line)?.ok_or_else(unknown)?.counters;
        if delivered - returned < Qty(args.qty) {
            let left = delivered - returned;
            let why =
                ctx.lang.pick(format!("only {left} were delivered"), format!("只签收了 {left}"));
            return Err(Fault::invalid("quantity", why));
        }
        let dock = w.first_bin("dock")?.ok_or_else(|| Fault::unknown("bin", "dock"))?;
        let to = Spot {
            location: dock.clone(),
            condition: Condition::Quarantine,
            package: package(return_line),
        };
        let sku = Sku::parse(&row.sku).map_err(|_| Fault::unknown("SKU", &row.sku))?;
        for (batch, qty) in batches(w, &row.order_id, line, Qty(args.qty))? {
            w.record(Body::Moved(Move {
                sku: sku.clone(),
                lot: batch.lot,
                serial: batch.serial,
                owner: String::new(),
                from: batch.from,
                to: to.clone(),
                qty,
                cause: Cause::Return { line, return_line },
                reason: String::new(),
                reverses: None,
            }))?;
        }
        let qty = args.qty;
        Ok(ctx.lang.pick(
            format!("{qty} × {sku} back on {dock}. Grade it next."),
            format!("{sku} 退回 {qty} 件，放在 {dock}，请质检。"),
        ))
    })
}

pub(super) fn known(w: &Work<'_, '_>, id: &str) -> Result<(ReturnLineRow, ReturnLineId), Fault> {
    let unknown = || Fault::unknown("return", id);
    let parsed = ReturnLineId::parse(id).map_err(|_| unknown())?;
    let row = w.returns()?.into_iter().find(|row| row.id == id).ok_or_else(unknown)?;
    Ok((row, parsed))
}

/// Ungraded goods keep the number of their return line, so that grading finds exactly them and
/// nobody puts them away by accident.
pub(super) fn package(line: ReturnLineId) -> String {
    let id = line.0.simple().to_string();
    format!("RET-{}", &id[id.len() - 10..])
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Batch {
    lot: LotCode,
    serial: Serial,
    from: Spot,
}

/// The lots and serials that went out on this line and are still with the customer. Whatever the
/// book cannot name comes back without a lot: the goods are here all the same.
fn batches(
    w: &Work<'_, '_>,
    order: &str,
    line: LineId,
    qty: Qty,
) -> Result<Vec<(Batch, Qty)>, Fault> {
    let mut out: BTreeMap<Batch, i64> = BTreeMap::new();
    for entry in w.order_trail(order)? {
        let Body::Moved(m) = entry.event.body else { continue };
        let (spot, change) = match &m.cause {
            Cause::Deliver { line: of } if *of == line => (&m.to, m.qty.0),
            Cause::Return { line: of, .. } if *of == line => (&m.from, -m.qty.0),
            _ => continue,
        };
        // A reversal runs the other way: its ends are swapped.
        let (spot, change) = match (m.reverses.is_some(), &m.cause) {
            (false, _) => (spot, change),
            (true, Cause::Deliver { .. }) => (&m.from, -m.qty.0),
            (true, _) => (&m.to, m.qty.0),
        };
        let batch = Batch { lot: m.lot.clone(), serial: m.serial.clone(), from: spot.clone() };
        *out.entry(batch).or_default() += change;
    }
    let mut left = qty.0;
    let mut taken = Vec::new();
    for (batch, there) in out {
        let take = there.clamp(0, left);
        if take > 0 {
            taken.push((batch, Qty(take)));
            left -= take;
        }
    }
    if left > 0 {
        let from = Spot::at(LocationCode::customer());
        taken.push((Batch { lot: LotCode::none(), serial: Serial::none(), from }, Qty(left)));
    }
    Ok(taken)
}
