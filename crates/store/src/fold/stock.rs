//! Balances: legs, heaps, serial places and the totals per SKU.

use super::Fold;
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Cause, Condition, Event, Key, Move, Serial, Sku};
use rusqlite::params;

/// One heap while a batch is folded.
#[derive(Debug, Clone)]
pub(super) struct Heap {
    pub sku: Sku,
    pub serial: Serial,
    pub physical: bool,
    pub own: bool,
    pub raw: i64,
    pub on_hand: i64,
    pub allocated: i64,
    pub anchor_at: Option<i64>,
    pub picks: i64,
    pub changed_at: i64,
    pub dirty: bool,
}

impl Heap {
    /// I2: a physical place never holds less than nothing; the rest is discrepancy.
    fn settle(&mut self, serial_is_here: bool) {
        self.on_hand = match (self.physical, self.serial.is_none()) {
            (false, _) => self.raw,
            (true, true) => self.raw.max(0),
            (true, false) => i64::from(serial_is_here),
        };
        self.dirty = true;
    }
}

impl Fold<'_> {
    pub(super) fn moved(&mut self, seq: i64, event: &Event, m: &Move) -> Result<(), StoreError> {
        let (from, to) = (self.heap_id(&m.from_key())?, self.heap_id(&m.to_key())?);
        if from == to || m.qty.0 <= 0 {
            return Err(StoreError::Invariant {
                name: "double entry",
                detail: format!("move {} must go from one place to another, qty > 0", event.id),
            });
        }
        // A serial may leave a third place: where it stood when this move was still unknown here.
        let mut changed = vec![from, to];
        if !m.serial.is_none() {
            let place = self.serial_heap(&m.sku, &m.serial)?;
            changed.extend(place.filter(|place| !changed.contains(place)));
        }
        let before = self.valued_all(&changed)?;
        if !m.serial.is_none() {
            self.place_serial(event, m, to)?;
        }
        self.leg(from, event, seq, -m.qty.0)?;
        self.leg(to, event, seq, m.qty.0)?;
        self.settle_serial(m, &[from, to])?;
        let change = self.valued_all(&changed)? - before;
        if m.owner.is_empty() && change != 0 {
            let at_cost = match &m.cause {
                Cause::Receipt { unit_cost, .. } => Some(*unit_cost),
                _ => None,
            };
            self.revalue(seq, event, &m.sku, change, at_cost)?;
        }
        self.skus.insert(m.sku.clone());
        self.topic("stock");
        self.cause(seq, event, m)
    }

    fn leg(&mut self, id: i64, event: &Event, seq: i64, qty: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO leg (stock, at, seq, qty) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, event.at.0, seq, qty])?;
        let covered = self.heap(id)?.anchor_at.is_some_and(|anchor| event.at.0 <= anchor);
        if covered {
            // The counter saw the bin after this move: the count already includes it.
            return self.absorb_into_anchor(id, event.at.0, qty);
        }
        let heap = self.heap(id)?;
        heap.raw += qty;
        heap.picks += i64::from(qty < 0);
        heap.changed_at = heap.changed_at.max(event.at.0);
        heap.settle(false);
        self.touched.stock.insert(id);
        Ok(())
    }

    /// I5: the last move by the authors' clocks says where a serial is.
    fn place_serial(&mut self, event: &Event, m: &Move, to: i64) -> Result<(), StoreError> {
        let old = self.serial_heap(&m.sku, &m.serial)?;
        self.conn
            .prepare_cached(
                "INSERT INTO serial_place (sku, serial, at, by, stock) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (sku, serial) DO UPDATE SET
                     at = excluded.at, by = excluded.by, stock = excluded.stock
                 WHERE (excluded.at, excluded.by) > (at, by)",
            )?
            .execute(params![
                m.sku.as_str(),
                m.serial.as_str(),
                event.at.0,
                event.id.0.as_bytes().as_slice(),
                to
            ])?;
        if let Some(old) = old {
            self.settle_serial(m, &[old])?;
        }
        Ok(())
    }

    fn serial_heap(&self, sku: &Sku, serial: &Serial) -> Result<Option<i64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT stock FROM serial_place WHERE sku = ?1 AND serial = ?2")?
            .query_row([sku.as_str(), serial.as_str()], |row| row.get(0))
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// The last word by the authors' clocks: the move that put it there, or a later count that
    /// did not find it.
    fn serial_stands(&self, sku: &Sku, serial: &Serial, id: i64) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM serial_place p WHERE p.sku = ?1 AND p.serial = ?2 AND p.stock = ?3
                     AND NOT EXISTS (SELECT 1 FROM (SELECT at, counted FROM anchor
                         WHERE stock = ?3 ORDER BY at DESC, count_id DESC LIMIT 1) a
                         WHERE a.at >= p.at AND a.counted = 0)",
            )?
            .exists(params![sku.as_str(), serial.as_str(), id])?)
    }

    fn settle_serial(&mut self, m: &Move, heaps: &[i64]) -> Result<(), StoreError> {
        if m.serial.is_none() {
            return Ok(());
        }
        for id in heaps {
            let here = self.serial_stands(&m.sku, &m.serial, *id)?;
            self.heap(*id)?.settle(here);
        }
        Ok(())
    }

    /// Sets a heap's sum directly, as a count's anchor does.
    pub(super) fn add_raw(&mut self, id: i64, change: i64, at: i64) -> Result<(), StoreError> {
        let heap = self.heap(id)?;
        let was_here = heap.on_hand > 0;
        heap.raw += change;
        heap.changed_at = heap.changed_at.max(at);
        let (sku, serial) = (heap.sku.clone(), heap.serial.clone());
        let here = if serial.is_none() { was_here } else { self.serial_stands(&sku, &serial, id)? };
        self.heap(id)?.settle(here);
        self.touched.stock.insert(id);
        Ok(())
    }

    fn valued_all(&mut self, heaps: &[i64]) -> Result<i64, StoreError> {
        heaps.iter().map(|id| self.valued(*id)).sum()
    }

    pub(super) fn valued(&mut self, id: i64) -> Result<i64, StoreError> {
        let heap = self.heap(id)?;
        Ok(if heap.physical && heap.own { heap.on_hand } else { 0 })
    }

    pub(super) fn heap_id(&mut self, key: &Key) -> Result<i64, StoreError> {
        if let Some(id) = self.cache.keys.get(key) {
            return Ok(*id);
        }
        let named = params![
            key.sku.as_str(),
            key.lot.as_str(),
            key.serial.as_str(),
            key.package,
            key.location.as_str(),
            key.owner,
            key.condition.as_str(),
            !key.location.is_virtual(),
        ];
        self.conn
            .prepare_cached(
                "INSERT OR IGNORE INTO stock (sku, lot, serial, package, location, owner, condition,
                     physical, raw, on_hand, discrepancy, allocated, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, 0, 0)",
            )?
            .execute(named)?;
        let id = self
            .conn
            .prepare_cached(
                "SELECT id FROM stock WHERE sku = ?1 AND lot = ?2 AND serial = ?3 AND package = ?4
                 AND location = ?5 AND owner = ?6 AND condition = ?7",
            )?
            .query_row(&named[..7], |row| row.get(0))?;
        self.cache.keys.insert(key.clone(), id);
        Ok(id)
    }

    pub(super) fn heap(&mut self, id: i64) -> Result<&mut Heap, StoreError> {
        use std::collections::hash_map::Entry;
        match self.heaps.entry(id) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let heap = self
                    .conn
                    .prepare_cached(
                        "SELECT sku, serial, physical, owner = '', raw, on_hand, allocated,
                             anchor_at, picks, changed_at
                         FROM stock WHERE id = ?1",
                    )?
                    .query_row([id], |row| {
                        Ok(Heap {
                            sku: Sku::parse(&row.get::<_, String>(0)?).unwrap_or_default(),
                            serial: Serial::parse_optional(&row.get::<_, String>(1)?)
                                .unwrap_or_default(),
                            physical: row.get(2)?,
                            own: row.get(3)?,
                            raw: row.get(4)?,
                            on_hand: row.get(5)?,
                            allocated: row.get(6)?,
                            anchor_at: row.get(7)?,
                            picks: row.get(8)?,
                            changed_at: row.get(9)?,
                            dirty: false,
                        })
                    })?;
                Ok(entry.insert(heap))
            }
        }
    }

    pub(super) fn flush_heaps(&mut self) -> Result<(), StoreError> {
        // Heaps that lose stock are written first, or a moving serial would stand in two places
        // for the instant between two rows.
        let mut dirty: Vec<(&i64, &Heap)> = self.heaps.iter().filter(|(_, h)| h.dirty).collect();
        dirty.sort_by_key(|(id, heap)| (heap.on_hand, **id));
        let mut update = self.conn.prepare_cached(
            "UPDATE stock SET raw = ?2, on_hand = ?3, discrepancy = ?2 - ?3, allocated = ?4,
                 anchor_at = ?5, picks = ?6, changed_at = ?7 WHERE id = ?1",
        )?;
        for (id, heap) in dirty {
            update.execute(params![
                id,
                heap.raw,
                heap.on_hand,
                heap.allocated,
                heap.anchor_at,
                heap.picks,
                heap.changed_at
            ])?;
        }
        drop(update);
        self.heaps.values_mut().for_each(|heap| heap.dirty = false);
        Ok(())
    }

    /// What a move means for the order line, allocation or receipt that caused it.
    fn cause(&mut self, seq: i64, event: &Event, m: &Move) -> Result<(), StoreError> {
        let qty = m.qty.0 * m.sign();
        match &m.cause {
            Cause::Receipt { receipt, .. } => {
                self.pulse("received", event, qty);
                self.flow(event, qty);
                if let Some(receipt) = receipt {
                    self.received(&receipt.to_string(), &m.sku, qty)?;
                }
                Ok(())
            }
            Cause::Putaway | Cause::Transfer | Cause::Refill => Ok(()),
            Cause::Scrap => {
                self.flow(event, -qty);
                Ok(())
            }
            Cause::Pick { line, allocation } => {
                self.pulse("picked", event, qty);
                self.allocation_picked(allocation, qty)?;
                self.line_add(seq, &line.to_string(), "picked", qty)
            }
            Cause::Pack { line, .. } => self.line_add(seq, &line.to_string(), "packed", qty),
            Cause::Load { line, .. } => {
                self.pulse("shipped", event, qty);
                self.line_add(seq, &line.to_string(), "shipped", qty)
            }
            Cause::BringBack { line } => self.line_add(seq, &line.to_string(), "shipped", -qty),
            Cause::Deliver { line } => {
                self.flow(event, -qty);
                self.line_add(seq, &line.to_string(), "delivered", qty)
            }
            Cause::Return { line, return_line } => {
                self.flow(event, qty);
                self.return_moved(&return_line.to_string(), qty, 0)?;
                self.line_add(seq, &line.to_string(), "returned", qty)
            }
            Cause::Grade { return_line } => {
                let scrapped = m.to.location.is_virtual() && m.to.condition != Condition::Good;
                if scrapped {
                    self.flow(event, -qty);
                }
                self.return_moved(&return_line.to_string(), 0, qty)
            }
        }
    }

    /// Net units in and out of the house, for the stock curve.
    fn flow(&mut self, event: &Event, qty: i64) {
        self.pulse("net", event, qty);
    }
}
