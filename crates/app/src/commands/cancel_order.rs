//! Cancel an order or a part of a line, at any stage before it leaves the house. What was already
//! picked goes to the dock as a put-back task: stock is never put back silently.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use crate::queries::order::{order_id, positive};
use crate::settle::release_line;
use crate::view::ReasonArgs;
use domain::id::reversal_of;
use domain::order::PaymentKind;
use domain::{Body, Cause, LineId, LocationCode, Move, OrderId, Qty, Refusal, Spot};
use serde::Deserialize;
use store::{HeapQuery, LineRow};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct CancelLineArgs {
    pub line_id: String,
    pub qty: i64,
    pub reason: String,
}

pub fn order(ctx: &Ctx<'_>, args: ReasonArgs) -> Result<Done, Fault> {
    let id = order_id(&args.id)?;
    ctx.done(|w| {
        let head = w.order_head(id)?.ok_or_else(|| Fault::unknown("order", &args.id))?;
        let put_back = cancel_whole(w, id, &args.reason)?;
        Ok(if put_back > Qty::ZERO {
            ctx.lang.pick(
                format!("Order {} cancelled. {put_back} units wait to be put back.", head.number),
                format!("订单 {} 已取消，{put_back} 件待重新上架。", head.number),
            )
        } else {
            ctx.lang.pick(
                format!("Order {} cancelled.", head.number),
                format!("订单 {} 已取消。", head.number),
            )
        })
    })
}

pub fn line(ctx: &Ctx<'_>, args: CancelLineArgs) -> Result<Done, Fault> {
    let qty = positive(args.qty)?;
    let id =
        LineId::parse(&args.line_id).map_err(|_| Fault::unknown("order line", &args.line_id))?;
    ctx.done(|w| {
        let line = w.line(id)?.ok_or_else(|| Fault::unknown("order line", &args.line_id))?;
        let most = line.counters.cancellable();
        if qty > most {
            return Err(Fault::invalid(
                "quantity",
                ctx.lang.pick(
                    format!("only {most} are not picked yet"),
                    format!("尚未拣货的只有 {most}"),
                ),
            ));
        }
        cancel_unpicked(w, &line, qty, &args.reason)?;
        Ok(ctx.lang.pick(
            format!("{qty} × {} cancelled.", line.sku),
            format!("{} 已取消 {qty}。", line.sku),
        ))
    })
}

/// Cancels everything and answers how many units must be put back.
pub fn cancel_whole(w: &mut Work<'_, '_>, order: OrderId, reason: &str) -> Result<Qty, Fault> {
    let lines = w.lines_of(order)?;
    if lines.iter().any(|line| line.counters.shipped > Qty::ZERO) {
        return Err(Refusal::WrongState {
            what: "order",
            is: "on the way".to_owned(),
            needs: "open a return when it comes back",
        }
        .into());
    }
    let put_back = lines.iter().map(|line| line.counters.picked).sum();
    if put_back > Qty::ZERO {
        unpick(w, order)?;
    }
    for line in w.lines_of(order)? {
        let open = line.counters.cancellable();
        if open > Qty::ZERO {
            cancel_unpicked(w, &line, open, reason)?;
        }
    }
    let money = w.payments(order)?;
    if money.authorized > money.captured {
        let amount_minor = money.authorized - money.captured;
        let what = PaymentKind::Voided;
        w.record(Body::Paid { order, what, amount_minor, reference: String::new() })?;
    }
    Ok(put_back)
}

fn cancel_unpicked(
    w: &mut Work<'_, '_>,
    line: &LineRow,
    qty: Qty,
    reason: &str,
) -> Result<(), Fault> {
    let c = &line.counters;
    // What nobody promised is cancelled first; only the rest takes promises back.
    let promised = (qty - c.backordered()).max(Qty::ZERO);
    let mut bodies = Vec::new();
    if promised > Qty::ZERO {
        let allocated: Qty = w.allocations_of_line(line.id)?.iter().map(|a| a.remaining).sum();
        let unallocated = c.allocated - c.picked - allocated;
        let excess = promised - unallocated;
        bodies.extend(release_line(w, line.id, excess.max(Qty::ZERO), "cancelled")?);
        bodies.push(Body::PromiseReleased {
            line: line.id,
            qty: promised,
            reason: "cancelled".to_owned(),
        });
    }
    bodies.push(Body::LineCancelled { line: line.id, qty, reason: reason.to_owned() });
    Ok(w.record_all(bodies)?)
}

/// Reverses the packs, then the picks, of an order; the goods end on the dock.
fn unpick(w: &mut Work<'_, '_>, order: OrderId) -> Result<(), Fault> {
    let dock = w.first_bin("dock")?.ok_or_else(|| Fault::unknown("bin", "dock"))?;
    let trail = w.order_trail(&order.to_string())?;
    let live = |packs: bool| {
        let mut found: Vec<_> = trail
            .iter()
            .filter(|entry| !entry.undone)
            .filter_map(|entry| match &entry.event.body {
                Body::Moved(m) if m.reverses.is_none() => Some((entry.event.id, m.clone())),
                _ => None,
            })
            .filter(|(_, m)| match m.cause {
                Cause::Pack { .. } => packs,
                Cause::Pick { .. } => !packs,
                _ => false,
            })
            .collect();
        found.reverse();
        found
    };
    for (id, m) in live(true) {
        let from = where_packed(w, &m)?;
        let back = Move { from, to: m.from.clone(), reverses: Some(id), ..m };
        w.record_as(reversal_of(id), Body::Moved(back))?;
    }
    for (id, m) in live(false) {
        let Cause::Pick { allocation, .. } = m.cause.clone() else { continue };
        let to = Spot::at(dock.clone());
        let qty = m.qty;
        let back = Move { from: m.to.clone(), to, reverses: Some(id), ..m };
        w.record_as(reversal_of(id), Body::Moved(back))?;
        // The pick is undone but nobody is sent to the bin again.
        let reason = "cancelled".to_owned();
        w.record(Body::AllocationReleased { allocation, qty, reason })?;
    }
    Ok(())
}

/// A closed carton may have gone on to the stage.
fn where_packed(w: &Work<'_, '_>, m: &Move) -> Result<Spot, Fault> {
    let query = HeapQuery {
        sku: Some(m.sku.as_str()),
        package: Some(&m.to.package),
        ..HeapQuery::default()
    };
    let found = w.heaps(&query)?.into_iter().find(|heap| heap.key.lot == m.lot);
    let location: LocationCode =
        found.map_or_else(|| m.to.location.clone(), |heap| heap.key.location);
    Ok(Spot { location, ..m.to.clone() })
}
