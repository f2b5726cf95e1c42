//! After every command, in the same transaction: promises and allocations are made to fit the
//! stock again. Lost stock takes back the youngest; stock that came in serves the oldest.

use crate::ctx::{Allowance, Work};
use crate::problem::Fault;
use crate::put_back;
use domain::{AllocationId, Body, LineId, Qty, Removal, Sku, WaveId};
use store::{BackorderLine, QuotaRow};
use warehouse::allocate::{Candidate, take};
use warehouse::promise::{self, Change, Claim};

pub(crate) fn settle(w: &mut Work<'_, '_>) -> Result<(), Fault> {
    let skus: Vec<Sku> = w.tx.touched_skus().iter().cloned().collect();
    for sku in &skus {
        release_overdrawn(w, sku)?;
        if w.authority.decides() {
            for over in w.overpicked(sku)? {
                put_back::excess(w, &over)?;
            }
        }
        release_doubled(w, sku)?;
        fit_promises(w, sku)?;
        release_unpromised(w, sku)?;
    }
    allocate(w, &skus)
}

/// I3: no heap has more people sent to it than it holds.
fn release_overdrawn(w: &mut Work<'_, '_>, sku: &Sku) -> Result<(), Fault> {
    let overdrawn = w.overdrawn(sku)?;
    let mut bodies = Vec::new();
    let mut heap_left: Option<(domain::Key, Qty)> = None;
    for (allocation, excess) in overdrawn {
        let left = match &heap_left {
            Some((key, left)) if *key == allocation.key => *left,
            Some(_) | None => excess,
        };
        let qty = left.min(allocation.remaining);
        heap_left = Some((allocation.key.clone(), left - qty));
        if qty > Qty::ZERO {
            let reason = "stock is no longer there".to_owned();
            bodies.push(Body::AllocationReleased { allocation: allocation.id, qty, reason });
        }
    }
    Ok(w.record_all(bodies)?)
}

/// A line that was promised by two that could not hear each other keeps what was ordered.
fn release_doubled(w: &mut Work<'_, '_>, sku: &Sku) -> Result<(), Fault> {
    let doubled = w.overpromised(sku)?.into_iter().map(|(line, qty)| Body::PromiseReleased {
        line,
        qty,
        reason: "promised twice".to_owned(),
    });
    Ok(w.record_all(doubled.collect())?)
}

/// I4: promises fit what can be sold; what came in goes to whoever waits longest.
fn fit_promises(w: &mut Work<'_, '_>, sku: &Sku) -> Result<(), Fault> {
    let Some(total) = w.sku_total(sku)? else { return Ok(()) };
    let allowance = w.authority.allowance(w, sku)?;
    let claim = |open: fn(&BackorderLine) -> Qty| {
        move |line: &BackorderLine| Claim { line: line.line, qty: open(line) }
    };
    let (mut promised, mut waiting) = (Vec::new(), Vec::new());
    if total.reserved > total.sellable {
        promised = w.promises(sku)?.iter().map(claim(|line| line.promised_open)).collect();
    } else if total.available > Qty::ZERO && allowance != Allowance::Quota(Qty::ZERO) {
        waiting = w.backorders(sku)?.iter().map(claim(|line| line.missing)).collect();
    }
    let kept = match allowance {
        // What others may promise is as good as gone.
        Allowance::AllBut(lent) => total.safety + lent,
        Allowance::Quota(quota) => (total.sellable - total.reserved - quota).max(total.safety),
    };
    let changes = promise::settle(total.sellable, total.reserved, kept, &promised, &waiting);
    let quota = matches!(allowance, Allowance::Quota(_)).then(|| sku.clone());
    let mut spent = Qty::ZERO;
    let mut bodies = Vec::with_capacity(changes.len());
    for change in changes {
        bodies.push(match change {
            Change::Promise { line, qty } => {
                spent += qty;
                Body::Promised { line, qty, quota: quota.clone() }
            }
            Change::Release { line, qty } => {
                Body::PromiseReleased { line, qty, reason: "stock was lost".to_owned() }
            }
        });
    }
    if quota.is_some() && spent > Qty::ZERO {
        let known = w.quota(sku)?;
        w.tx.raise_quota(sku, QuotaRow { spent: known.spent + spent, ..known })?;
    }
    Ok(w.record_all(bodies)?)
}

/// A line never has more bins than promises.
fn release_unpromised(w: &mut Work<'_, '_>, sku: &Sku) -> Result<(), Fault> {
    let mut bodies = Vec::new();
    for (line, excess) in w.overallocated(sku)? {
        bodies.extend(release_line(w, line, excess, "no longer promised")?);
    }
    Ok(w.record_all(bodies)?)
}

/// The events that take `qty` of a line's allocations back, youngest first.
pub(crate) fn release_line(
    w: &Work<'_, '_>,
    line: LineId,
    qty: Qty,
    reason: &str,
) -> Result<Vec<Body>, Fault> {
    let mut left = qty;
    let mut bodies = Vec::new();
    for allocation in w.allocations_of_line(line)?.into_iter().rev() {
        let part = left.min(allocation.remaining);
        if part > Qty::ZERO {
            left -= part;
            bodies.push(Body::AllocationReleased {
                allocation: allocation.id,
                qty: part,
                reason: reason.to_owned(),
            });
        }
    }
    Ok(bodies)
}

/// Sends every promised line of a released wave to a bin. What one SKU takes leaves the others what
/// they had, so all of it is recorded at once.
pub(crate) fn allocate<'s>(
    w: &mut Work<'_, '_>,
    skus: impl IntoIterator<Item = &'s Sku>,
) -> Result<(), Fault> {
    let mut bodies = Vec::new();
    for sku in skus {
        bodies.extend(allocations(w, sku)?);
    }
    Ok(w.record_all(bodies)?)
}

fn allocations(w: &Work<'_, '_>, sku: &Sku) -> Result<Vec<Body>, Fault> {
    let open = w.unallocated(sku)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let removal = w.product(sku)?.map_or(Removal::default(), |product| product.removal);
    let mut candidates: Vec<Candidate> = candidates(w, sku)?;
    let today = w.zone.day(w.now).0;
    let mut bodies = Vec::new();
    for (line, wave, qty) in open {
        for (key, part) in take(qty, &mut candidates, removal, today) {
            bodies.push(allocated(w, wave, line, key, part));
        }
    }
    Ok(bodies)
}

pub(crate) fn allocated(
    w: &Work<'_, '_>,
    wave: WaveId,
    line: LineId,
    key: domain::Key,
    qty: Qty,
) -> Body {
    Body::Allocated { allocation: AllocationId(w.id()), wave, line, key, qty }
}

pub(crate) fn candidates(w: &Work<'_, '_>, sku: &Sku) -> Result<Vec<Candidate>, Fault> {
    Ok(w.candidates(sku)?
        .into_iter()
        .map(|stock| Candidate {
            key: stock.key,
            free: stock.free,
            walk: stock.walk,
            pick_face: stock.pick_face,
            expires: stock.expires,
            arrived_millis: stock.arrived_millis,
        })
        .collect())
}
