//! Counts: tasks, rounds and how far to trust a bin.

use super::Db;
use crate::error::StoreError;
use domain::{CountId, Observed};

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
        Ok(self
            .conn
            .prepare_cached(
                "SELECT b.code, b.zone,
                     COALESCE(SUM(t.value_micros / t.on_hand * s.on_hand), 0),
                     (SELECT MAX(posted_at) >> 16 FROM count_task c WHERE c.location = b.code),
                     COALESCE(SUM(s.on_hand), 0), COALESCE(SUM(s.discrepancy), 0),
                     SUM(s.picks), MAX(s.changed_at) >> 16
                 FROM bin b JOIN stock s ON s.location = b.code
                 LEFT JOIN sku_total t ON t.sku = s.sku AND t.on_hand > 0 AND s.on_hand > 0
                 WHERE b.kind IN ('pick', 'bulk') GROUP BY b.code ORDER BY b.code",
            )?
            .query_map([], |row| {
                Ok(CountFact {
                    location: row.get(0)?,
                    zone: row.get(1)?,
                    value_micros: row.get(2)?,
                    last_count_millis: row.get(3)?,
                    on_hand: row.get(4)?,
                    discrepancy: row.get(5)?,
                    picks: row.get(6)?,
                    changed_millis: row.get(7)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }
}
