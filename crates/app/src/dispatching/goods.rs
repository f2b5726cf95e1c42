//! The goods behind a stop: packed cartons, and the order lines they belong to.

use crate::problem::Fault;
use domain::order::LineCounters;
use domain::{CartonId, Cause, Condition, LineId, LocationCode, Move, OrderId, Qty, Sku, Spot};
use store::Db;
use store::read::{HeapQuery, HeapRow, LineRow};

/// What may still be taken from each line of an order, handed out heap by heap.
pub(crate) struct Shares {
    lines: Vec<(LineId, Sku, Qty)>,
}

impl Shares {
    /// `rest` says how many units of a line wait for the step: packed and not shipped, for instance.
    pub fn of(lines: &[LineRow], rest: fn(&LineCounters) -> Qty) -> Shares {
        let share = |line: &LineRow| (line.id, line.sku.clone(), rest(&line.counters));
        Shares { lines: lines.iter().map(share).collect() }
    }

    /// Splits `qty` of a SKU over the lines that ask for it, in their order.
    pub fn take(&mut self, sku: &Sku, qty: Qty) -> Vec<(LineId, Qty)> {
        let mut left = qty;
        let mut parts = Vec::new();
        for (line, _, rest) in self.lines.iter_mut().filter(|(_, known, _)| known == sku) {
            let part = left.min(*rest);
            if part > Qty::ZERO {
                *rest -= part;
                left -= part;
                parts.push((*line, part));
            }
        }
        parts
    }
}

/// A heap of an order, with the carton it stands in.
pub(crate) struct Packed {
    pub carton: CartonId,
    pub heap: HeapRow,
}

/// The packed heaps of an order, wherever they stand.
pub(crate) fn packed(db: &Db<'_>, order: OrderId) -> Result<Vec<Packed>, Fault> {
    let mut found = Vec::new();
    for carton in db.cartons_of(order)? {
        let heaps =
            db.heaps(&HeapQuery { package: Some(&carton.number), ..HeapQuery::default() })?;
        let in_carton = heaps.into_iter().filter(|heap| heap.on_hand > Qty::ZERO);
        found.extend(in_carton.map(|heap| Packed { carton: carton.id, heap }));
    }
    Ok(found)
}

/// Moves every packed heap of an order to `to`, split over its lines.
pub(crate) fn moves(
    packed: &[Packed],
    shares: &mut Shares,
    to: &LocationCode,
    cause: impl Fn(LineId, CartonId) -> Cause,
) -> Vec<Move> {
    let mut moves = Vec::new();
    for Packed { carton, heap } in packed.iter().filter(|packed| packed.heap.key.location != *to) {
        for (line, qty) in shares.take(&heap.key.sku, heap.on_hand) {
            moves.push(whole_carton(heap, to, qty, cause(line, *carton)));
        }
    }
    moves
}

fn whole_carton(heap: &HeapRow, to: &LocationCode, qty: Qty, cause: Cause) -> Move {
    let key = &heap.key;
    let spot = |location: &LocationCode, condition: Condition| Spot {
        location: location.clone(),
        condition,
        package: key.package.clone(),
    };
    Move {
        sku: key.sku.clone(),
        lot: key.lot.clone(),
        serial: key.serial.clone(),
        owner: key.owner.clone(),
        from: spot(&key.location, key.condition),
        to: spot(to, key.condition),
        qty,
        cause,
        reason: String::new(),
        reverses: None,
    }
}
