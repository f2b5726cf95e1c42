//! Open a carton for an order.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::order::order_id;
use domain::{Body, CartonId};
use serde::Deserialize;
use ts_rs::TS;
use warehouse::carton;

#[derive(Debug, Deserialize, TS)]
pub struct OpenCartonArgs {
    pub order_id: String,
    pub box_type: String,
}

pub fn run(ctx: &Ctx<'_>, args: OpenCartonArgs) -> Result<Done, Fault> {
    let order = order_id(&args.order_id)?;
    let box_type =
        carton::find(&args.box_type).ok_or_else(|| Fault::unknown("carton", &args.box_type))?;
    ctx.done(|w| {
        let head = w.order_head(order)?.ok_or_else(|| Fault::unknown("order", &args.order_id))?;
        let id = w.id();
        // Ten digits of the id's random part: short enough for a label, unique between desktops.
        let number = format!("C{:010}", id.as_u128() % 10_000_000_000);
        w.record(Body::CartonOpened {
            carton: CartonId(id),
            number: number.clone(),
            order,
            box_type: box_type.code.to_owned(),
        })?;
        Ok(ctx.lang.pick(
            format!("Carton {number} opened for {}.", head.number),
            format!("已为 {} 开箱 {number}。", head.number),
        ))
    })
}
