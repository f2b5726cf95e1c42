//! Plan a wave: the orders that are picked in one walk.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::queries::order::order_id;
use domain::order::OrderState;
use domain::{Body, OrderId, Qty, Refusal, WaveId};
use serde::Deserialize;
use store::{OrderQuery, OrderSort};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct CreateWaveArgs {
    #[serde(default)]
    pub order_ids: Vec<String>,
    #[serde(default)]
    pub max_orders: i64,
}

pub fn run(ctx: &Ctx<'_>, args: CreateWaveArgs) -> Result<Done, Fault> {
    ctx.done(|w| {
        let chosen: Vec<OrderId> = if args.order_ids.is_empty() {
            let query = OrderQuery {
                view: "ready",
                search: "",
                now: w.now.0,
                sort: OrderSort::Promise,
                descending: false,
                offset: 0,
                limit: 10_000,
            };
            w.orders(&query)?
                .0
                .into_iter()
                .filter(|head| head.state == OrderState::Ready)
                .take(usize::try_from(args.max_orders.max(1)).unwrap_or(usize::MAX))
                .map(|head| head.id)
                .collect()
        } else {
            args.order_ids.iter().map(|id| order_id(id)).collect::<Result<_, _>>()?
        };
        let mut orders = Vec::new();
        for id in chosen {
            let head = w.order_head(id)?.ok_or_else(|| Fault::unknown("order", id))?;
            let promised: Qty = w.lines_of(id)?.iter().map(|line| line.counters.allocated).sum();
            let fit = matches!(head.state, OrderState::Ready | OrderState::Short)
                && head.wave.is_none()
                && !head.held;
            if fit && promised > Qty::ZERO {
                orders.push(id);
            }
        }
        if orders.is_empty() {
            return Err(Refusal::WrongState {
                what: "wave",
                is: ctx.say("empty", "空"),
                needs: "choose orders that are ready and not on hold",
            }
            .into());
        }
        let number = w.wave_count()? + 1;
        let name = format!("W{number:04}");
        let wave = WaveId(w.id());
        let count = orders.len();
        w.record(Body::WavePlanned { wave, name: name.clone(), orders })?;
        Ok(ctx.lang.pick(
            format!("Wave {name} planned with {count} orders."),
            format!("波次 {name} 已建立，共 {count} 单。"),
        ))
    })
}
