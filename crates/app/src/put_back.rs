//! Picked goods that no order wants any more: the packs, then the picks, are reversed, and the goods
//! wait on the dock to be put back.

use crate::ctx::Work;
use crate::problem::Fault;
use domain::id::reversal_of;
use domain::{Body, Cause, EventId, LineId, LocationCode, Move, OrderId, Qty, Spot};
use store::{HeapQuery, Overpicked};

const ALL: Qty = Qty(i64::MAX);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Picked,
    Packed,
}

/// Everything that was picked for an order.
pub(crate) fn whole(w: &mut Work<'_, '_>, order: OrderId) -> Result<(), Fault> {
    reverse(w, order, None, Stage::Packed, ALL, "cancelled")?;
    reverse(w, order, None, Stage::Picked, ALL, "cancelled")
}

/// What two picked who could not hear each other, beyond what was ordered.
pub(crate) fn excess(w: &mut Work<'_, '_>, over: &Overpicked) -> Result<(), Fault> {
    let (order, line) = (over.order, Some(over.line));
    reverse(w, order, line, Stage::Packed, over.packed, "picked twice")?;
    reverse(w, order, line, Stage::Picked, over.picked, "picked twice")
}

fn reverse(
    w: &mut Work<'_, '_>,
    order: OrderId,
    line: Option<LineId>,
    stage: Stage,
    most: Qty,
    reason: &str,
) -> Result<(), Fault> {
    let dock = w.first_bin("dock")?.ok_or_else(|| Fault::unknown("bin", "dock"))?;
    let mut left = most;
    for (id, m) in live(w, order, line, stage)? {
        let qty = m.qty.min(left);
        if qty <= Qty::ZERO {
            break;
        }
        left -= qty;
        let (from, to) = match stage {
            Stage::Packed => (where_packed(w, &m)?, m.from.clone()),
            Stage::Picked => (m.to.clone(), Spot::at(dock.clone())),
        };
        let cause = m.cause.clone();
        let back = Move { from, to, qty, reverses: Some(id), ..m };
        w.record_as(reversal_of(id), Body::Moved(back))?;
        if let Cause::Pick { allocation, .. } = cause {
            // The pick is undone but nobody is sent to the bin again.
            let reason = reason.to_owned();
            w.record(Body::AllocationReleased { allocation, qty, reason })?;
        }
    }
    Ok(())
}

/// The youngest first, by the clocks of those who did it: whoever decides decides the same.
fn live(
    w: &Work<'_, '_>,
    order: OrderId,
    line: Option<LineId>,
    stage: Stage,
) -> Result<Vec<(EventId, Move)>, Fault> {
    let mut found: Vec<_> = w
        .order_trail(&order.to_string())?
        .into_iter()
        .filter(|entry| !entry.undone)
        .filter_map(|entry| match entry.event.body {
            Body::Moved(m) if m.reverses.is_none() => Some((entry.event.at, entry.event.id, m)),
            _ => None,
        })
        .filter(|(_, _, m)| match m.cause {
            Cause::Pack { line: of, .. } => {
                stage == Stage::Packed && line.is_none_or(|one| one == of)
            }
            Cause::Pick { line: of, .. } => {
                stage == Stage::Picked && line.is_none_or(|one| one == of)
            }
            _ => false,
        })
        .collect();
    found.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
    Ok(found.into_iter().map(|(_, id, m)| (id, m)).collect())
}

/// A closed carton may have gone on to the stage.
fn where_packed(w: &Work<'_, '_>, m: &Move) -> Result<Spot, Fault> {
    let query = HeapQuery {
        sku: Some(m.sku.as_str()),
        package: Some(&m.to.package),
        ..HeapQuery::default()
    };
    let found = w.heaps(&query)?.into_iter().find(|heap| heap.key.lot == m.lot);
    let location: LocationCode =
        found.map_or_else(|| m.to.location.clone(), |heap| heap.key.location);
    Ok(Spot { location, ..m.to.clone() })
}
