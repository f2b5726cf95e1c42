//! Counts: tasks, rounds and how far to trust a bin.

use super::Db;
use crate::error::StoreError;
use domain::{CountId, Observed};
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub struct CountTaskRow {
    pub id: CountId,
    pub location: String,
    pub zone: String,
    pub why: String,
    pub opened_at: i64,
    pub approved_by: Option<String>,
    pub posted: bool,
    pub dropped: bool,
    pub rounds: Vec<CountRound>,
}

#[derive(Debug, Clone)]
pub struct CountRound {
    pub round: i64,
    pub at: i64,
    pub actor: String,
    pub watermark: i64,
    pub seen: Vec<Observed>,
}

const COUNT: &str = "SELECT c.id, c.location, COALESCE(b.zone, ''), COALESCE(c.why, ''),
    COALESCE(c.opened_at, 0) >> 16, c.approved_by, c.posted_at IS NOT NULL,
    c.dropped_at IS NOT NULL
    FROM count_task c LEFT JOIN bin b ON b.code = c.location";

/// Facts about one bin for the count plan.
#[derive(Debug, Clone)]
pub struct CountFact {
    pub location: String,
    pub zone: String,
    pub value_micros: i64,
    pub last_count_millis: Option<i64>,
    pub on_hand: i64,
    pub discrepancy: i64,
    /// Moves out of the bin since its heaps were last counted.
    pub picks: i64,
    pub changed_millis: i64,
}

impl Db<'_> {
    pub fn counts(&self, include_done: bool) -> Result<Vec<CountTaskRow>, StoreError> {
        let done = if include_done { "1" } else { "posted_at IS NULL AND dropped_at IS NULL" };
        let sql =
            format!("{COUNT} WHERE c.location IS NOT NULL AND {done} ORDER BY opened_at, c.id");
        self.count_rows(&sql, &[])
    }

    pub fn count(&self, id: CountId) -> Result<Option<CountTaskRow>, StoreError> {
        let sql = format!("{COUNT} WHERE c.id = ?1 AND c.location IS NOT NULL");
        Ok(self.count_rows(&sql, &[&id.to_string()])?.pop())
    }

    /// The open count of a bin, if there is one.
    pub fn open_count_at(&self, location: &str) -> Result<Option<CountTaskRow>, StoreError> {
        let sql =
            format!("{COUNT} WHERE c.location = ?1 AND posted_at IS NULL AND dropped_at IS NULL");
        Ok(self.count_rows(&sql, &[&location])?.pop())
    }

    fn count_rows(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<CountTaskRow>, StoreError> {
        let rows = self
            .conn
            .prepare_cached(sql)?
            .query_map(values, |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    CountTaskRow {
                        id: CountId(domain::EventId::from_bytes([0; 16]).0),
                        location: row.get(1)?,
                        zone: row.get(2)?,
                        why: row.get(3)?,
                        opened_at: row.get(4)?,
                        approved_by: row.get(5)?,
                        posted: row.get(6)?,
                        dropped: row.get(7)?,
                        rounds: Vec::new(),
                    },
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter()
            .map(|(id, mut row)| {
                row.rounds = self.count_rounds(&id)?;
                row.id = CountId::parse(&id)
                    .map_err(|e| StoreError::Unreadable { what: "count", detail: e.to_string() })?;
                Ok(row)
            })
            .collect()
    }

    fn count_rounds(&self, id: &str) -> Result<Vec<CountRound>, StoreError> {
        let rows = self
            .conn
            .prepare_cached(
                "SELECT round, at >> 16, actor, watermark, seen FROM count_round
                 WHERE count_id = ?1 ORDER BY round, at",
            )?
            .query_map([id], |row| {
                Ok((
                    row.get::<_, String>(4)?,
                    CountRound {
                        round: row.get(0)?,
                        at: row.get(1)?,
                        actor: row.get(2)?,
                        watermark: row.get(3)?,
                        seen: Vec::new(),
                    },
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter()
            .map(|(seen, round)| Ok(CountRound { seen: serde_json::from_str(&seen)?, ..round }))
            .collect()
    }

    /// What the count plan ranks by, per storage bin that was ever used.
    pub fn count_facts(&self) -> Result<Vec<CountFact>, StoreError> {
        let unit_micros = self.unit_values()?;
        let counted = self.last_counts()?;
        let mut facts: Vec<CountFact> = Vec::new();
        // Grouped here, not in SQL: the heaps of a bin come in a row, and SQL would sort them all.
        let mut heaps = self.conn.prepare_cached(
            "SELECT b.code, b.zone, s.sku, s.on_hand, s.discrepancy, s.picks, s.changed_at >> 16
             FROM bin b CROSS JOIN stock s ON s.location = b.code
             WHERE b.kind IN ('pick', 'bulk')",
        )?;
        let mut rows = heaps.query([])?;
        while let Some(row) = rows.next()? {
            let location = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if facts.last().is_none_or(|fact| fact.location != location) {
                facts.push(CountFact {
                    location: location.to_owned(),
                    zone: row.get(1)?,
                    value_micros: 0,
                    last_count_millis: counted.get(location).copied(),
                    on_hand: 0,
                    discrepancy: 0,
                    picks: 0,
                    changed_millis: 0,
                });
            }
            let Some(fact) = facts.last_mut() else { continue };
            let on_hand: i64 = row.get(3)?;
            if on_hand > 0 {
                let sku: String = row.get(2)?;
                let unit = unit_micros.get(&sku).copied().unwrap_or(0);
                fact.value_micros = fact.value_micros.saturating_add(unit.saturating_mul(on_hand));
            }
            fact.on_hand += on_hand;
            fact.discrepancy += row.get::<_, i64>(4)?;
            fact.picks += row.get::<_, i64>(5)?;
            fact.changed_millis = fact.changed_millis.max(row.get(6)?);
        }
        facts.sort_by(|a, b| a.location.cmp(&b.location));
        Ok(facts)
    }

    /// What one unit of each SKU on hand is worth.
    fn unit_values(&self) -> Result<BTreeMap<String, i64>, StoreError> {
        self.conn
            .prepare_cached("SELECT sku, value_micros / on_hand FROM sku_total WHERE on_hand > 0")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .map(|row| Ok(row?))
            .collect()
    }

    fn last_counts(&self) -> Result<BTreeMap<String, i64>, StoreError> {
        self.conn
            .prepare_cached(
                "SELECT location, MAX(posted_at) >> 16 FROM count_task
                 WHERE location IS NOT NULL AND posted_at IS NOT NULL GROUP BY location",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .map(|row| Ok(row?))
            .collect()
    }
}
