//! The fold: what each event does to the projections. Every effect is a sum, a last-writer register
//! or an insert of something immutable, so the result depends on the set of events alone.

mod cost;
mod counts;
mod orders;
mod reference;
mod stock;
mod totals;
mod work;

use crate::error::StoreError;
use domain::{Body, Event, Key, Sku};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Row ids of heaps, kept between transactions: interning is the hottest lookup of all.
#[derive(Default)]
pub(crate) struct Cache {
    keys: HashMap<Key, i64>,
}

impl Cache {
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
    }
}

/// What a transaction changed: what the guard checks and the screens ask for again.
#[derive(Default)]
pub(crate) struct Touched {
    pub skus: BTreeSet<Sku>,
    pub stock: BTreeSet<i64>,
    pub lines: BTreeSet<String>,
    pub orders: BTreeSet<String>,
    pub topics: BTreeSet<&'static str>,
}

pub(crate) struct Fold<'a> {
    conn: &'a Connection,
    cache: &'a mut Cache,
    touched: &'a mut Touched,
    heaps: HashMap<i64, stock::Heap>,
    costs: cost::Costs,
    /// Changed in this batch, so that derived rows are written once per batch.
    skus: BTreeSet<Sku>,
    orders: BTreeSet<String>,
    pulses: BTreeMap<(&'static str, i64), i64>,
}

impl<'a> Fold<'a> {
    pub(crate) fn new(
        conn: &'a Connection,
        cache: &'a mut Cache,
        touched: &'a mut Touched,
    ) -> Fold<'a> {
        Fold {
            conn,
            cache,
            touched,
            heaps: HashMap::new(),
            costs: cost::Costs::default(),
            skus: BTreeSet::new(),
            orders: BTreeSet::new(),
            pulses: BTreeMap::new(),
        }
    }

    pub(crate) fn apply(&mut self, seq: i64, event: &Event) -> Result<(), StoreError> {
        match &event.body {
            Body::Moved(movement) => self.moved(seq, event, movement),
            Body::ProductSet { .. }
            | Body::BinSet { .. }
            | Body::PersonSet { .. }
            | Body::VanSet { .. }
            | Body::LotSet { .. }
            | Body::SettingSet { .. }
            | Body::HoldSet { .. }
            | Body::OrderLocated { .. } => self.reference(seq, event),
            Body::OrderPlaced { .. }
            | Body::LineCancelled { .. }
            | Body::Promised { .. }
            | Body::PromiseReleased { .. }
            | Body::Paid { .. }
            | Body::WavePlanned { .. }
            | Body::WaveReleased { .. }
            | Body::Allocated { .. }
            | Body::AllocationReleased { .. }
            | Body::CartonOpened { .. }
            | Body::CartonClosed { .. } => self.order(seq, event),
            Body::CountOpened { .. }
            | Body::CountObserved { .. }
            | Body::CountApproved { .. }
            | Body::CountPosted { .. }
            | Body::CountDropped { .. } => self.count(seq, event),
            Body::ReceiptExpected { .. }
            | Body::ReceiptClosed { .. }
            | Body::ReturnOpened { .. }
            | Body::ReturnApproved { .. }
            | Body::ReturnGraded { .. }
            | Body::ProposalDecided { .. }
            | Body::PlanSaved { .. }
            | Body::StopDone { .. }
            | Body::ProofKept { .. }
            | Body::VanSeen { .. }
            | Body::StreetClosed { .. }
            | Body::StreetOpened { .. }
            | Body::Imported { .. } => self.work(seq, event),
        }
    }

    /// Writes back what was folded in memory, then the rows derived from it.
    pub(crate) fn finish(mut self) -> Result<(), StoreError> {
        self.flush_heaps()?;
        self.flush_costs()?;
        self.flush_pulses()?;
        self.derive_sku_totals()?;
        for order in std::mem::take(&mut self.orders) {
            self.derive_order(&order)?;
            self.touched.orders.insert(order);
        }
        Ok(())
    }

    fn topic(&mut self, topic: &'static str) {
        self.touched.topics.insert(topic);
    }

    fn trail(&self, reference: &str, seq: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO trail (ref, seq) VALUES (?1, ?2)")?
            .execute(rusqlite::params![reference, seq])?;
        Ok(())
    }

    fn pulse(&mut self, what: &'static str, event: &Event, qty: i64) {
        let hour = event.at.millis().0.div_euclid(3_600_000);
        *self.pulses.entry((what, hour)).or_default() += qty;
    }

    fn flush_pulses(&mut self) -> Result<(), StoreError> {
        let mut add = self.conn.prepare_cached(
            "INSERT INTO pulse (what, hour, qty) VALUES (?1, ?2, ?3)
             ON CONFLICT (what, hour) DO UPDATE SET qty = qty + excluded.qty",
        )?;
        for ((what, hour), qty) in std::mem::take(&mut self.pulses) {
            add.execute(rusqlite::params![what, hour, qty])?;
        }
        Ok(())
    }
}
