//! Take the plan on offer.

use crate::commands::stop_result::brought_back;
use crate::ctx::Ctx;
use crate::dispatching::document::save;
use crate::dispatching::edit;
use crate::problem::Fault;
use crate::view::{DispatchView, Nothing};
use dispatch::Disruption;
use domain::{Body, OrderId};

pub fn run(ctx: &Ctx<'_>, _: Nothing) -> Result<DispatchView, Fault> {
    let offer = ctx.app.planner.offer().clone().ok_or_else(|| {
        Fault::said(
            "nothing_found",
            ctx.say("There is no new plan to take.", "没有可采用的新方案。"),
            ctx.say("Plan first.", "请先规划。"),
        )
    })?;
    ctx.write(|w| {
        if let Disruption::VanOut { van, goods_are_back: true } = &offer.change {
            // Somebody has driven them home: other vans load them from the stage.
            for stop in on_board(&offer.from.doc.input, van) {
                let moves = brought_back(ctx, w, stop)?;
                w.record_all(moves.into_iter().map(Body::Moved).collect())?;
            }
        }
        let doc = offer.document();
        save(w, &offer.from, &doc, edit::edited(&offer.from, &doc))
    })?;
    // Only what was saved is no longer on offer.
    *ctx.app.planner.offer() = None;
    edit::show(ctx)
}

fn on_board(input: &dispatch::PlanInput, van: &str) -> Vec<OrderId> {
    let van = input.vans.iter().find(|known| known.id == van);
    let loaded = van.map_or(&[] as &[String], |van| &van.now.loaded);
    loaded.iter().filter_map(|id| OrderId::parse(id).ok()).collect()
}
