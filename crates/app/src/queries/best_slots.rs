//! Where a stop fits best: van, place and time, the cheapest first.

use crate::ctx::Ctx;
use crate::dispatching::document::current;
use crate::dispatching::{edit, words};
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::{ById, SlotView};

/// Nobody reads a longer list while a customer waits on the phone.
const SLOTS_MAX: usize = 9;

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Vec<SlotView>, Fault> {
    let (now, house) = ctx.read(|db| Ok((current(ctx, &db)?, house(&db)?)))?;
    let input = &now.doc.input;
    let slots = dispatch::best_slots(input, &now.travel(ctx), &now.doc.plan, &args.id)
        .map_err(|refusal| edit::refused(ctx, &refusal))?;
    let slot = |slot: dispatch::Slot| SlotView {
        van: words::van_name(input, &slot.van),
        van_id: slot.van,
        position: slot.position,
        arrive: slot.arrive.0,
        added: house.money(slot.added_cost_minor),
    };
    Ok(slots.into_iter().take(SLOTS_MAX).map(slot).collect())
}
