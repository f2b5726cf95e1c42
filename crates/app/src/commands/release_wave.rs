//! Release a wave: each promised line is sent to a bin and lot, by the SKU's removal strategy.

use crate::ctx::{Ctx, Done};
use crate::problem::Fault;
use crate::settle::allocate;
use crate::view::ById;
use domain::{Body, Refusal, Sku, WaveId};
use std::collections::BTreeSet;

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Done, Fault> {
    let wave = WaveId::parse(&args.id).map_err(|_| Fault::unknown("wave", &args.id))?;
    ctx.done(|w| {
        let row = w.wave(wave)?.ok_or_else(|| Fault::unknown("wave", &args.id))?;
        if row.released {
            return Err(Refusal::WrongState {
                what: "wave",
                is: ctx.say("released", "已下发"),
                needs: "pick it",
            }
            .into());
        }
        w.record(Body::WaveReleased { wave })?;
        let mut skus: BTreeSet<Sku> = BTreeSet::new();
        for order in w.orders_of_wave(wave)? {
            skus.extend(w.lines_of(order)?.into_iter().map(|line| line.sku));
        }
        allocate(w, &skus)?;
        let picks = w.open_picks(wave)?;
        Ok(ctx.lang.pick(
            format!("Wave {} released: {picks} picks.", row.name),
            format!("波次 {} 已下发，共 {picks} 个拣货任务。", row.name),
        ))
    })
}
