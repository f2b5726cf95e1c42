//! Open a closed street again before its time.

use crate::ctx::{Ctx, Done};
use crate::dispatching::closures::{lines, retimed, streets};
use crate::dispatching::document::{PlanDocument, current, save};
use crate::dispatching::edit;
use crate::problem::Fault;
use crate::view::ById;
use domain::Body;

pub fn run(ctx: &Ctx<'_>, args: ById) -> Result<Done, Fault> {
    let message = ctx.write(|w| {
        let now = current(ctx, w)?;
        let (gone, left): (Vec<_>, Vec<_>) =
            now.closures.iter().cloned().partition(|closure| closure.id.to_string() == args.id);
        let closure = gone.first().ok_or_else(|| Fault::unknown("closure", &args.id))?;
        w.record(Body::StreetOpened { closure: closure.id })?;
        let after = retimed(ctx, &now, streets(&now.town, &left))?;
        let changes = lines(ctx, &now, &after);
        if !changes.is_empty() {
            let doc = PlanDocument { plan: after.plan, ..now.doc.clone() };
            save(w, &now, &doc, edit::edited(&now, &doc))?;
        }
        let (name, count) = (&closure.name, changes.len());
        Ok(ctx.lang.pick(
            format!("{name} is open again; {count} routes change."),
            format!("{name} 已恢复通行，{count} 条线路受影响。"),
        ))
    })?;
    // Taken back by closing it again.
    Ok(Done { message, event_ids: Vec::new() })
}
