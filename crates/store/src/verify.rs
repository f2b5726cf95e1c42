//! Proving the books: the invariants as queries, the hash chains, and a rebuild of every projection
//! from the events beside the live one.

use crate::error::StoreError;
use crate::open::{OpenMode, Store};
use crate::read::Db;
use crate::record::link;
use domain::{EventId, Hlc, StationId};
use std::path::Path;

#[derive(Debug, Clone)]
pub struct Check {
    pub name: &'static str,
    /// The first difference, when the check fails.
    pub failure: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Verification {
    pub events: i64,
    pub state_hash: String,
    pub checks: Vec<Check>,
}

impl Verification {
    pub fn ok(&self) -> bool {
        self.checks.iter().all(|check| check.failure.is_none())
    }
}

/// Each query lists what breaks the invariant: a first column of text that names it.
const INVARIANTS: &[(&str, &str)] = &[
    (
        "I1 conservation",
        "SELECT sku || ' lot ' || lot || ': ' || SUM(raw) || ' units appeared from nowhere'
         FROM stock GROUP BY sku, lot, owner HAVING SUM(raw) <> 0 LIMIT 1",
    ),
    (
        "I2 balances equal their moves",
        "SELECT sku || ' in ' || location || ': balance ' || raw || ', moves differ' FROM stock s
         WHERE physical = 1 AND raw <> COALESCE((SELECT SUM(qty) FROM leg WHERE stock = s.id), 0)
             + COALESCE((SELECT SUM(adjustment) FROM anchor WHERE stock = s.id), 0)
         UNION ALL
         SELECT sku || ' in ' || location || ': on hand ' || on_hand FROM stock
         WHERE physical = 1 AND on_hand < 0 LIMIT 1",
    ),
    (
        "I3 allocated within on hand",
        "SELECT s.sku || ' in ' || s.location || ': allocated ' || s.allocated FROM stock s
         WHERE s.physical = 1 AND (s.allocated > s.on_hand OR s.allocated <> COALESCE(
             (SELECT SUM(remaining) FROM allocation a WHERE a.stock = s.id AND remaining > 0), 0))
         UNION ALL
         SELECT 'line ' || l.id || ': closed with open allocations' FROM line l
         JOIN allocation a ON a.line = l.id AND a.remaining > 0
         WHERE l.ordered - l.cancelled - l.picked <= 0 LIMIT 1",
    ),
    (
        "I4 promises within sellable",
        "SELECT sku || ': promised ' || reserved || ' of ' || sellable FROM sku_total
         WHERE reserved > sellable LIMIT 1",
    ),
    (
        "I5 serials in one place",
        "SELECT sku || ' serial ' || serial FROM stock WHERE serial <> '' AND physical = 1
             AND on_hand > 0 GROUP BY sku, serial HAVING SUM(on_hand) <> 1 LIMIT 1",
    ),
    (
        "I6 cost layers equal stock",
        "SELECT sku || ': ' || on_hand || ' on hand, ' || layered || ' in layers' FROM (
             SELECT s.sku AS sku, SUM(s.on_hand) AS on_hand,
                 COALESCE((SELECT SUM(remaining) FROM cost_layer c WHERE c.sku = s.sku), 0) AS layered
             FROM stock s WHERE s.physical = 1 AND s.owner = '' GROUP BY s.sku)
         WHERE on_hand <> layered
         UNION ALL
         SELECT j.sku || ': journal ' || SUM(j.value_micros) FROM journal j GROUP BY j.sku
         HAVING SUM(j.value_micros) <> COALESCE(
             (SELECT SUM(remaining * unit_cost) FROM cost_layer c WHERE c.sku = j.sku), 0) LIMIT 1",
    ),
    (
        "I7 every event once",
        "SELECT 'event ' || hex(id) FROM event GROUP BY id HAVING COUNT(*) > 1 LIMIT 1",
    ),
    (
        "I9 on hand = sellable + held",
        "SELECT t.sku || ': total ' || t.on_hand FROM sku_total t
         WHERE t.on_hand <> t.sellable + t.held
             OR t.available <> t.sellable - t.reserved - t.safety
             OR t.on_hand <> COALESCE((SELECT SUM(on_hand) FROM stock s
                 WHERE s.sku = t.sku AND physical = 1), 0) LIMIT 1",
    ),
    (
        "line counters",
        "SELECT 'line ' || id FROM line WHERE order_id IS NOT NULL AND NOT (
             0 <= delivered AND 0 <= returned AND delivered <= shipped AND returned <= shipped
             AND shipped <= packed AND packed <= picked AND picked <= promised
             AND promised <= ordered - cancelled) LIMIT 1",
    ),
];

impl Db<'_> {
    /// The invariants alone: quick enough to run while people work.
    pub fn check_invariants(&self) -> Result<Vec<Check>, StoreError> {
        self.invariants().collect()
    }

    /// One after another, for who may have to stop between two.
    pub fn invariants(&self) -> impl Iterator<Item = Result<Check, StoreError>> {
        INVARIANTS.iter().map(|(name, sql)| {
            let mut statement = self.conn.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let failure = rows.next()?.map(|row| row.get(0)).transpose()?;
            Ok(Check { name, failure })
        })
    }

    /// Each station's events in the order of their numbers, those that are only kept included.
    fn check_chains(&self) -> Result<Check, StoreError> {
        let mut statement = self.conn.prepare_cached(
            // Each half comes in order from its index, and the two are merged: nothing is sorted.
            "SELECT e.station, e.station_seq, s.id, e.id, e.at, e.actor, e.body, e.hash, g.prev
             FROM event e JOIN station s ON s.ref = e.station
             LEFT JOIN chain_gap g ON g.station = e.station AND g.station_seq = e.station_seq
             UNION ALL
             SELECT e.station, e.station_seq, s.id, e.id, e.at, e.actor, e.body, e.hash, g.prev
             FROM held_event e JOIN station s ON s.ref = e.station
             LEFT JOIN chain_gap g ON g.station = e.station AND g.station_seq = e.station_seq
             ORDER BY 1, 2",
        )?;
        let mut rows = statement.query([])?;
        let mut tip: ([u8; 16], i64, Vec<u8>) = ([0; 16], 0, Vec::new());
        while let Some(row) = rows.next()? {
            let (seq, station): (i64, [u8; 16]) = (row.get(1)?, row.get(2)?);
            if station != tip.0 {
                tip = (station, 0, Vec::new());
            }
            // After a gap an event says itself what came before.
            let gap: Option<Vec<u8>> = row.get(8)?;
            let follows = gap.is_some() || seq == tip.1 + 1;
            let prev = gap.unwrap_or(tip.2);
            let (id, at) = (EventId::from_bytes(row.get(3)?), Hlc(row.get(4)?));
            let (actor, body): (String, String) = (row.get(5)?, row.get(6)?);
            let hash: Vec<u8> = row.get(7)?;
            let place = (StationId::from_bytes(station), seq);
            if !follows || link(&prev, id, place, at, &actor, &body).as_slice() != hash {
                let failure = Some(format!(
                    "event {id} (number {seq} of its station) does not follow the one before"
                ));
                return Ok(Check { name: "hash chains", failure });
            }
            tip = (station, seq, hash);
        }
        Ok(Check { name: "hash chains", failure: None })
    }
}

impl Store {
    /// Everything: invariants, chains, and a full rebuild beside the live projections.
    /// `scratch` is a file that may be created and is removed again.
    pub fn verify(&self, scratch: &Path) -> Result<Verification, StoreError> {
        let db = self.db();
        let mut checks = vec![self.check_pages()?];
        checks.extend(db.check_invariants()?);
        checks.push(db.check_chains()?);
        let state_hash = db.state_hash()?;
        let rebuilt = self.rebuild(scratch)?;
        let failure = (rebuilt != state_hash)
            .then(|| format!("live projections hash to {state_hash}, rebuilt ones to {rebuilt}"));
        checks.push(Check { name: "I8 rebuild gives the same state", failure });
        Ok(Verification { events: db.event_count()?, state_hash, checks })
    }

    fn check_pages(&self) -> Result<Check, StoreError> {
        let word: String = self.conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok(Check { name: "file", failure: (word != "ok").then_some(word) })
    }

    /// Folds the whole log into a fresh book and returns its state hash.
    fn rebuild(&self, scratch: &Path) -> Result<String, StoreError> {
        remove(scratch);
        let outcome = self.rebuild_into(scratch);
        remove(scratch);
        outcome
    }

    fn rebuild_into(&self, scratch: &Path) -> Result<String, StoreError> {
        let (station, key) = (self.station(), self.key());
        let mut fresh = Store::open_locked(scratch, OpenMode::Bulk, station, key)?;
        let mut after = 0;
        loop {
            let page = self.db().events_after(after, 20_000)?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            let events: Vec<_> = page.into_iter().map(|stored| stored.event).collect();
            // A page may end inside a transaction, so the commit guard does not apply here.
            fresh.replay(&events)?;
        }
        fresh.db().state_hash()
    }
}

fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // Absent is as good as removed.
        let _ = std::fs::remove_file(name);
    }
}
