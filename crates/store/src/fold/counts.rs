//! Counts. A posted count anchors a heap at its watermark: the adjustment is what was counted less
//! what the moves up to the watermark (and the count before) explain. A late move that the
//! watermark covers changes the adjustment, not the balance.

use super::Fold;
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{Body, Condition, Event, EventId, Key, LocationCode, Observed};
use rusqlite::params;

impl Fold<'_> {
    pub(super) fn count(&mut self, seq: i64, event: &Event) -> Result<(), StoreError> {
        self.topic("counts");
        let conn = self.conn;
        let now = event.at.0;
        match &event.body {
            Body::CountOpened { count, location, why } => {
                conn.prepare_cached(
                    "INSERT INTO count_task (id, location, why, opened_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (id) DO UPDATE SET location = excluded.location,
                         why = excluded.why, opened_at = excluded.opened_at",
                )?
                .execute(params![
                    count.to_string(),
                    location.as_str(),
                    why,
                    now
                ])?;
            }
            Body::CountObserved { count, round, watermark, seen } => {
                conn.prepare_cached(
                    "INSERT OR IGNORE INTO count_round (count_id, round, at, actor, watermark, seen)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    count.to_string(),
                    round,
                    now,
                    event.actor.0,
                    watermark.0,
                    serde_json::to_string(seen)?
                ])?;
            }
            Body::CountApproved { count } => {
                self.mark_count(count, "approved_by", &event.actor.0)?
            }
            Body::CountDropped { count, .. } => self.mark_count(count, "dropped_at", &now)?,
            Body::CountPosted { count, watermark, seen } => {
                self.mark_count(count, "posted_at", &now)?;
                for observed in seen {
                    self.anchor(seq, event, &count.to_string(), watermark.0, observed)?;
                }
                self.topic("stock");
            }
            _ => {}
        }
        Ok(())
    }

    fn mark_count(
        &self,
        count: &domain::CountId,
        column: &str,
        value: &dyn rusqlite::ToSql,
    ) -> Result<(), StoreError> {
        // The smallest value and not the first to arrive: arrival differs between stations.
        let sql = format!(
            "INSERT INTO count_task (id, {column}) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET
                 {column} = MIN(COALESCE({column}, excluded.{column}), excluded.{column})"
        );
        self.conn.prepare_cached(&sql)?.execute(params![count.to_string(), value])?;
        Ok(())
    }

    fn anchor(
        &mut self,
        seq: i64,
        event: &Event,
        count_id: &str,
        watermark: i64,
        observed: &Observed,
    ) -> Result<(), StoreError> {
        let id = self.heap_id(&observed.key)?;
        self.flush_heaps()?;
        let known = self.known_anchor(id, watermark, count_id)?;
        if known.as_ref().is_some_and(|known| known.posted <= (event.at.0, event.id)) {
            // Two stations posted one count without seeing each other: the first posting stands.
            return Ok(());
        }
        let previous: Option<(i64, i64)> = self
            .conn
            .prepare_cached(
                "SELECT at, counted FROM anchor WHERE stock = ?1 AND (at, count_id) < (?2, ?3)
                 ORDER BY at DESC, count_id DESC LIMIT 1",
            )?
            .query_row(params![id, watermark, count_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .map(Some)
            .or_else(none_if_missing)?;
        let (since, base) = previous.unwrap_or((i64::MIN, 0));
        let moved = self.legs_between(id, since, watermark)?;
        let adjustment = observed.qty.0 - base - moved;
        self.conn
            .prepare_cached(
                "INSERT INTO anchor (stock, at, seq, counted, adjustment, count_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (stock, at, count_id) DO UPDATE SET seq = excluded.seq,
                     counted = excluded.counted, adjustment = excluded.adjustment",
            )?
            .execute(params![id, watermark, seq, observed.qty.0, adjustment, count_id])?;
        let change = adjustment - known.map_or(0, |known| known.adjustment);
        self.adjust(seq, event, id, &observed.key, change, watermark)?;
        // The count after this one now starts from this one.
        let next: Option<(i64, i64, String)> = self
            .conn
            .prepare_cached(
                "SELECT at, counted, count_id FROM anchor
                 WHERE stock = ?1 AND (at, count_id) > (?2, ?3) ORDER BY at, count_id LIMIT 1",
            )?
            .query_row(params![id, watermark, count_id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .map(Some)
            .or_else(none_if_missing)?;
        if let Some((at, counted, next_id)) = next {
            let adjusted = counted - observed.qty.0 - self.legs_between(id, watermark, at)?;
            let change = self.set_adjustment(id, at, &next_id, adjusted)?;
            self.adjust(seq, event, id, &observed.key, change, at)?;
        }
        self.raise_anchor(id, watermark)?;
        self.skus.insert(observed.key.sku.clone());
        Ok(())
    }

    /// Wear since the last count starts again from this one.
    fn raise_anchor(&mut self, id: i64, watermark: i64) -> Result<(), StoreError> {
        let known = self.heap(id)?.anchor_at;
        let anchor_at = known.unwrap_or(i64::MIN).max(watermark);
        let picks = self
            .conn
            .prepare_cached("SELECT COUNT(*) FROM leg WHERE stock = ?1 AND at > ?2 AND qty < 0")?
            .query_row([id, anchor_at], |row| row.get(0))?;
        let heap = self.heap(id)?;
        (heap.anchor_at, heap.picks) = (Some(anchor_at), picks);
        heap.dirty = true;
        Ok(())
    }

    fn known_anchor(
        &self,
        id: i64,
        at: i64,
        count_id: &str,
    ) -> Result<Option<KnownAnchor>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT a.adjustment, e.at, e.id FROM anchor a JOIN event e ON e.seq = a.seq
                 WHERE a.stock = ?1 AND a.at = ?2 AND a.count_id = ?3",
            )?
            .query_row(params![id, at, count_id], |row| {
                Ok(KnownAnchor {
                    adjustment: row.get(0)?,
                    posted: (row.get(1)?, EventId::from_bytes(row.get(2)?)),
                })
            })
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// A late move covered by a count: the count explains it.
    pub(super) fn absorb_into_anchor(
        &mut self,
        id: i64,
        at: i64,
        qty: i64,
    ) -> Result<(), StoreError> {
        let (watermark, count_id, adjustment): (i64, String, i64) = self
            .conn
            .prepare_cached(
                "SELECT at, count_id, adjustment FROM anchor WHERE stock = ?1 AND at >= ?2
                 ORDER BY at, count_id LIMIT 1",
            )?
            .query_row([id, at], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        self.set_adjustment(id, watermark, &count_id, adjustment - qty)?;
        // The heap's sum stays; the far side of the adjustment takes the move instead.
        let key = self.key_of(id)?;
        let far = self.heap_id(&adjustment_key(&key))?;
        self.add_raw(far, qty, at)?;
        self.touched.stock.insert(id);
        Ok(())
    }

    fn set_adjustment(
        &self,
        id: i64,
        at: i64,
        count_id: &str,
        adjustment: i64,
    ) -> Result<i64, StoreError> {
        let old: i64 = self
            .conn
            .prepare_cached(
                "SELECT adjustment FROM anchor WHERE stock = ?1 AND at = ?2 AND count_id = ?3",
            )?
            .query_row(params![id, at, count_id], |row| row.get(0))?;
        self.conn
            .prepare_cached(
                "UPDATE anchor SET adjustment = ?4 WHERE stock = ?1 AND at = ?2 AND count_id = ?3",
            )?
            .execute(params![id, at, count_id, adjustment])?;
        Ok(adjustment - old)
    }

    fn adjust(
        &mut self,
        seq: i64,
        event: &Event,
        id: i64,
        key: &Key,
        change: i64,
        at: i64,
    ) -> Result<(), StoreError> {
        let before = self.valued(id)?;
        self.add_raw(id, change, at)?;
        let far = self.heap_id(&adjustment_key(key))?;
        self.add_raw(far, -change, at)?;
        let valued = self.valued(id)? - before;
        if valued != 0 {
            self.revalue(seq, event, &key.sku, valued, None)?;
            self.pulse("net", event, valued);
        }
        Ok(())
    }

    fn legs_between(&self, id: i64, after: i64, until: i64) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT COALESCE(SUM(qty), 0) FROM leg WHERE stock = ?1 AND at > ?2 AND at <= ?3",
            )?
            .query_row([id, after, until], |row| row.get(0))?)
    }

    fn key_of(&self, id: i64) -> Result<Key, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT sku, lot, serial, package, location, owner, condition
                 FROM stock WHERE id = ?1",
            )?
            .query_row([id], crate::read::key_from_row)?)
    }
}

/// What an earlier posting of the same count did to a heap.
struct KnownAnchor {
    adjustment: i64,
    posted: (i64, EventId),
}

/// One far side per SKU, lot and owner, so that I1 holds for each.
fn adjustment_key(key: &Key) -> Key {
    Key {
        sku: key.sku.clone(),
        lot: key.lot.clone(),
        owner: key.owner.clone(),
        location: LocationCode::adjustment(),
        condition: Condition::Good,
        ..Key::default()
    }
}
