//! The financial journal: whenever the physical projection changes value, the change is posted once,
//! in recording order, against FIFO cost layers.

use super::Fold;
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Event, Sku, UnitCost};
use rusqlite::params;
use std::collections::{HashMap, VecDeque};

struct Layer {
    id: i64,
    remaining: i64,
    unit_cost: i64,
    dirty: bool,
}

#[derive(Default)]
pub(super) struct Costs {
    open: HashMap<Sku, VecDeque<Layer>>,
    /// Emptied in this batch, to be written back.
    spent: Vec<i64>,
}

impl Fold<'_> {
    pub(super) fn revalue(
        &mut self,
        seq: i64,
        event: &Event,
        sku: &Sku,
        change: i64,
        at_cost: Option<UnitCost>,
    ) -> Result<(), StoreError> {
        self.load_layers(sku)?;
        if change > 0 {
            let cost = match at_cost {
                Some(cost) => cost.0,
                None => self.last_cost(sku)?,
            };
            self.add_layer(seq, event, sku, change, cost)
        } else {
            self.consume(seq, event, sku, -change)
        }
    }

    fn load_layers(&mut self, sku: &Sku) -> Result<(), StoreError> {
        if self.costs.open.contains_key(sku) {
            return Ok(());
        }
        let layers = self
            .conn
            .prepare_cached(
                "SELECT id, remaining, unit_cost FROM cost_layer
                 WHERE sku = ?1 AND remaining > 0 ORDER BY id",
            )?
            .query_map([sku.as_str()], |row| {
                Ok(Layer {
                    id: row.get(0)?,
                    remaining: row.get(1)?,
                    unit_cost: row.get(2)?,
                    dirty: false,
                })
            })?
            .collect::<Result<VecDeque<_>, _>>()?;
        self.costs.open.insert(sku.clone(), layers);
        Ok(())
    }

    /// Found stock has no invoice: it enters at the newest cost known for the SKU.
    fn last_cost(&self, sku: &Sku) -> Result<i64, StoreError> {
        let newest = self
            .conn
            .prepare_cached(
                "SELECT unit_cost FROM cost_layer WHERE sku = ?1 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([sku.as_str()], |row| row.get(0))
            .map(Some)
            .or_else(none_if_missing)?;
        if let Some(cost) = newest {
            return Ok(cost);
        }
        let listed = self
            .conn
            .prepare_cached("SELECT json_extract(body, '$.unit_cost') FROM product WHERE sku = ?1")?
            .query_row([sku.as_str()], |row| row.get(0))
            .map(Some)
            .or_else(none_if_missing)?;
        Ok(listed.unwrap_or(0))
    }

    fn add_layer(
        &mut self,
        seq: i64,
        event: &Event,
        sku: &Sku,
        qty: i64,
        unit_cost: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO cost_layer (sku, seq, at, qty, remaining, unit_cost)
                 VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
            )?
            .execute(params![sku.as_str(), seq, event.at.0, qty, unit_cost])?;
        let id = self.conn.last_insert_rowid();
        self.post(seq, sku, id, qty, unit_cost, "in")?;
        if let Some(layers) = self.costs.open.get_mut(sku) {
            layers.push_back(Layer { id, remaining: qty, unit_cost, dirty: false });
        }
        Ok(())
    }

    fn consume(&mut self, seq: i64, event: &Event, sku: &Sku, qty: i64) -> Result<(), StoreError> {
        let mut wanted = qty;
        while wanted > 0 {
            let Some(layer) = self.costs.open.get_mut(sku).and_then(VecDeque::front_mut) else {
                // Valued stock and layers move together, so this can only be a programming error.
                return Err(StoreError::Invariant {
                    name: "I6 cost layers",
                    detail: format!("{sku}: {wanted} units left without a layer at {}", event.id),
                });
            };
            let taken = wanted.min(layer.remaining);
            layer.remaining -= taken;
            layer.dirty = true;
            wanted -= taken;
            let (id, cost, empty) = (layer.id, layer.unit_cost, layer.remaining == 0);
            if empty {
                self.costs.spent.push(id);
                if let Some(layers) = self.costs.open.get_mut(sku) {
                    layers.pop_front();
                }
            }
            self.post(seq, sku, id, -taken, cost, "out")?;
        }
        Ok(())
    }

    fn post(
        &self,
        seq: i64,
        sku: &Sku,
        layer: i64,
        qty: i64,
        unit_cost: i64,
        what: &str,
    ) -> Result<(), StoreError> {
        let value = qty.checked_mul(unit_cost).ok_or(StoreError::Invariant {
            name: "money",
            detail: format!("{sku}: value out of range"),
        })?;
        self.conn
            .prepare_cached(
                "INSERT INTO journal (seq, sku, layer, qty, value_micros, what)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![seq, sku.as_str(), layer, qty, value, what])?;
        Ok(())
    }

    pub(super) fn flush_costs(&mut self) -> Result<(), StoreError> {
        let mut update =
            self.conn.prepare_cached("UPDATE cost_layer SET remaining = ?2 WHERE id = ?1")?;
        for id in self.costs.spent.drain(..) {
            update.execute([id, 0])?;
        }
        for layer in self.costs.open.values_mut().flatten().filter(|layer| layer.dirty) {
            update.execute([layer.id, layer.remaining])?;
            layer.dirty = false;
        }
        Ok(())
    }
}
