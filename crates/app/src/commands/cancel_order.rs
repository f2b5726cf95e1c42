//! Cancel an order or a part of a line, at any stage before it leaves the house. What was already
//! picked goes to the dock as a put-back task: stock is never put back silently.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use crate::put_back;
use crate::queries::order::{order_id, positive};
use crate::settle::release_line;
use crate::view::ReasonArgs;
use domain::order::PaymentKind;
use domain::{Body, LineId, OrderId, Qty, Refusal};
use serde::Deserialize;
use store::LineRow;
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
        put_back::whole(w, order)?;
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
