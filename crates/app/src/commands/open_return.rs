//! Open a return: what the customer wants to send back, line by line.

use crate::ctx::{Ctx, Done, Work};
use crate::problem::Fault;
use domain::event::ReturnLine;
use domain::{Body, LineId, OrderId, Qty, Refusal, ReturnId, ReturnLineId};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct OpenReturnArgs {
    pub order_id: String,
    pub lines: Vec<OpenReturnLine>,
}

#[derive(Debug, Deserialize, TS)]
pub struct OpenReturnLine {
    pub line_id: String,
    pub qty: i64,
    pub reason: String,
}

pub fn run(ctx: &Ctx<'_>, args: OpenReturnArgs) -> Result<Done, Fault> {
    let unknown = || Fault::unknown("order", &args.order_id);
    let order = OrderId::parse(&args.order_id).map_err(|_| unknown())?;
    ctx.done(|w| {
        let head = w.order_head(order)?.ok_or_else(unknown)?;
        if args.lines.is_empty() {
            return Err(Refusal::QtyNotPositive.into());
        }
        let lines = args
            .lines
            .iter()
            .map(|line| checked(ctx, w, order, line))
            .collect::<Result<Vec<_>, Fault>>()?;
        let units: Qty = lines.iter().map(|line| line.qty).sum();
        let id = ReturnId(w.id());
        w.record(Body::ReturnOpened { id, order, lines })?;
        Ok(ctx.lang.pick(
            format!("Return of {units} units of {} opened.", head.number),
            format!("已为 {} 登记退货 {units} 件。", head.number),
        ))
    })
}

/// Only what was delivered can come back, and only once.
fn checked(
    ctx: &Ctx<'_>,
    w: &Work<'_, '_>,
    order: OrderId,
    asked: &OpenReturnLine,
) -> Result<ReturnLine, Fault> {
    let unknown = || Fault::unknown("order line", &asked.line_id);
    let line = LineId::parse(&asked.line_id).map_err(|_| unknown())?;
    let row = w.line(line)?.filter(|row| row.order == order).ok_or_else(unknown)?;
    if asked.qty <= 0 {
        return Err(Refusal::QtyNotPositive.into());
    }
    let open: Qty = w
        .returns()?
        .iter()
        .filter(|known| known.line == asked.line_id)
        .map(|known| Qty((known.qty.0 - known.received.0).max(0)))
        .sum();
    let left = row.counters.delivered - row.counters.returned - open;
    if asked.qty > left.0 {
        let why = ctx.lang.pick(
            format!("only {left} delivered and not yet on a return"),
            format!("可退数量只有 {left}"),
        );
        return Err(Fault::invalid("quantity", why));
    }
    let id = ReturnLineId(w.id());
    Ok(ReturnLine { id, line, qty: Qty(asked.qty), reason: asked.reason.clone() })
}
