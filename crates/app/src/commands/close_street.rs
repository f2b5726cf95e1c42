//! Close a street: nobody is routed through it until then, and today's routes are timed anew.

use crate::ctx::{Ctx, Done};
use crate::dispatching::closures::{lines, retimed, streets};
use crate::dispatching::document::{PlanDocument, current, save};
use crate::dispatching::edit;
use crate::problem::Fault;
use crate::queries::street_at::street_there;
use domain::{Body, ClosureId, LonLat, Refusal, Timestamp};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct CloseStreetArgs {
    pub lon: f64,
    pub lat: f64,
    pub until: i64,
    pub reason: String,
}

pub fn run(ctx: &Ctx<'_>, args: CloseStreetArgs) -> Result<Done, Fault> {
    let until = Timestamp(args.until);
    if until <= ctx.now {
        return Err(Refusal::Invalid { field: "until", problem: "lies in the past".into() }.into());
    }
    let place = LonLat::from_degrees(args.lon, args.lat).map_err(|e| Fault::invalid("place", e))?;
    let message = ctx.write(|w| {
        let now = current(ctx, w)?;
        let street = street_there(ctx, &now.town, place)?;
        let mut closed = streets(&now.town, &now.closures);
        closed.push(street.id);
        closed.extend(&street.opposite);
        closed.sort_unstable();
        closed.dedup();
        let ids = [vec![street.id], street.opposite].concat();
        w.record(Body::StreetClosed {
            closure: ClosureId(w.id()),
            streets: ids.iter().map(ToString::to_string).collect(),
            name: street.name.clone(),
            line: street.points,
            until,
            reason: args.reason.trim().to_owned(),
        })?;
        let after = retimed(ctx, &now, closed)?;
        let changes = lines(ctx, &now, &after);
        if !changes.is_empty() {
            let doc = PlanDocument { plan: after.plan, ..now.doc.clone() };
            save(w, &now, &doc, edit::edited(&now, &doc))?;
        }
        let (name, clock) = (street.name, ctx.zone.clock(until));
        Ok(ctx.lang.pick(
            format!("{name} is closed until {clock}; {} routes change.", changes.len()),
            format!("{name} 封闭至 {clock}，{} 条线路受影响。", changes.len()),
        ))
    })?;
    // Taken back by opening it again, which is not an undo of stock.
    Ok(Done { message, event_ids: Vec::new() })
}
