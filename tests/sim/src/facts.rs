//! The plain fold: what a set of events means, whatever their order.

use crate::deed::Deed;
use domain::{EventId, Hlc};
use std::collections::{BTreeMap, BTreeSet};
use sync::Envelope;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Both legs of each move, by (SKU, place).
    pub stock: BTreeMap<(u64, u64), i64>,
    pub promised: BTreeMap<u64, i64>,
    fields: BTreeMap<u64, (Hlc, EventId, u64)>,
    done: BTreeMap<u64, BTreeSet<EventId>>,
    pub parked: BTreeSet<EventId>,
    /// How often each action took effect: once, or somebody did it twice.
    pub actions: BTreeMap<u64, u32>,
}

impl Facts {
    pub fn of<'a>(events: impl Iterator<Item = &'a Envelope>) -> Facts {
        let mut facts = Facts::default();
        events.for_each(|event| facts.apply(event));
        facts
    }

    pub fn apply(&mut self, event: &Envelope) {
        let Some((deed, action)) = Deed::parse(&event.body) else { return };
        *self.actions.entry(action).or_default() += 1;
        match deed {
            Deed::Moved { sku, from, to, qty } => self.legs(sku, from, to, qty),
            // From nowhere to the dock: a move like any other.
            Deed::Teleported { sku, qty } => self.legs(sku, 8, 9, qty),
            Deed::Set { field, value } => {
                let new = (event.at, event.id, value);
                let known = self.fields.entry(field).or_insert(new);
                *known = (*known).max(new);
            }
            Deed::Promised { sku, qty } => *self.promised.entry(sku).or_default() += qty,
            Deed::Released { sku, qty } => *self.promised.entry(sku).or_default() -= qty,
            Deed::Done { task, late: _ } => {
                self.done.entry(task).or_default().insert(event.id);
            }
            Deed::Forbidden => {}
            Deed::Poison => {
                self.parked.insert(event.id);
            }
        }
    }

    fn legs(&mut self, sku: u64, from: u64, to: u64, qty: i64) {
        *self.stock.entry((sku, from)).or_default() -= qty;
        *self.stock.entry((sku, to)).or_default() += qty;
    }
}
