//! Move a stop to another van or place, or off the plan.

use crate::ctx::Ctx;
use crate::dispatching::edit::{edit, edited, refused};
use crate::problem::Fault;
use crate::view::DispatchView;
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct MoveStopArgs {
    pub stop_id: String,
    pub to_van: Option<String>,
    /// From 0; within its own route, counted without the stop.
    pub position: usize,
}

pub fn run(ctx: &Ctx<'_>, args: MoveStopArgs) -> Result<DispatchView, Fault> {
    edit(ctx, |_, now, doc| {
        let matrix = now.travel(ctx);
        let stop = args.stop_id.as_str();
        let moved = match &args.to_van {
            // The dispatcher has seen what breaks and may know better; locks always hold.
            Some(van) => {
                let spot = (stop, van.as_str(), args.position);
                dispatch::apply_move(&doc.input, &matrix, &doc.plan, spot, true)
            }
            None => dispatch::unplan(&doc.input, &matrix, &doc.plan, stop),
        };
        doc.plan = moved.map_err(|refusal| refused(ctx, &refusal))?;
        Ok(edited(now, doc))
    })
}
