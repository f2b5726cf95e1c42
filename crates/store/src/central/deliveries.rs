//! The outbox of the hooks: what has to go out, in order for each order.

use super::error::CentralError;
use super::open::CentralLog;
use super::types::Digest;
use domain::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    Pending,
    Done,
    /// Given up; later ones of the same order went on without it.
    Dead,
}

impl DeliveryState {
    pub fn name(self) -> &'static str {
        match self {
            DeliveryState::Pending => "pending",
            DeliveryState::Done => "done",
            DeliveryState::Dead => "dead",
        }
    }

    pub fn parse(text: &str) -> Option<DeliveryState> {
        [DeliveryState::Pending, DeliveryState::Done, DeliveryState::Dead]
            .into_iter()
            .find(|state| state.name() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The same for the same hook and number, after any crash.
    pub id: Digest,
    pub seq: i64,
    pub order_key: String,
    pub payload: String,
    pub next_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: Digest,
    pub hook: String,
    pub seq: i64,
    pub order_key: String,
    pub payload: String,
    pub state: DeliveryState,
    pub tries: i64,
    pub next_at: Timestamp,
}

impl CentralLog {
    /// Moves the hook's cursor and adds what lies between. What another replica expanded before is
    /// left as it is.
    pub fn expand(
        &self,
        hook: &str,
        upto: i64,
        deliveries: &[NewDelivery],
    ) -> Result<(), CentralError> {
        self.write(|tx| {
            let cursor: Option<i64> = tx
                .prepare_cached("SELECT cursor FROM hook WHERE id = ?1")?
                .query_row([hook], |row| row.get(0))
                .optional()?;
            let Some(cursor) = cursor else { return Ok(()) };
            for delivery in deliveries.iter().filter(|delivery| delivery.seq > cursor) {
                tx.prepare_cached(
                    "INSERT INTO delivery (id, hook, seq, order_key, payload, state, next_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    delivery.id,
                    hook,
                    delivery.seq,
                    delivery.order_key,
                    delivery.payload,
                    delivery.next_at.0,
                ])?;
            }
            tx.prepare_cached("UPDATE hook SET cursor = max(cursor, ?2) WHERE id = ?1")?
                .execute(params![hook, upto])?;
            Ok(())
        })
    }

    /// Takes up to `n` that are due, the oldest open one of each order only, and keeps other
    /// senders off them for a while.
    pub fn due(
        &self,
        now: Timestamp,
        n: usize,
        lease_ms: i64,
    ) -> Result<Vec<Delivery>, CentralError> {
        self.write(|tx| {
            let mut take = tx.prepare_cached(
                "UPDATE delivery SET leased_until = ?1 + ?3 WHERE id IN (
                     SELECT d.id FROM delivery d JOIN hook h ON h.id = d.hook
                     WHERE d.state = 'pending' AND h.active AND d.next_at <= ?1
                       AND d.leased_until <= ?1 AND NOT EXISTS (
                         SELECT 1 FROM delivery e WHERE e.hook = d.hook
                           AND e.order_key = d.order_key AND e.state = 'pending' AND e.seq < d.seq)
                     ORDER BY d.next_at, d.seq, d.hook LIMIT ?2)
                 RETURNING id, hook, seq, order_key, payload, state, tries, next_at",
            )?;
            let rows = take.query_map(params![now.0, n as i64, lease_ms], from_row)?;
            let mut found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            found.sort_by(|a, b| (a.next_at, a.seq, &a.hook).cmp(&(b.next_at, b.seq, &b.hook)));
            Ok(found)
        })
    }

    pub fn delivered(&self, id: Digest) -> Result<(), CentralError> {
        self.change(id, "UPDATE delivery SET state = 'done', tries = tries + 1 WHERE id = ?1")
    }

    /// To be tried again at `next_at`.
    pub fn failed(&self, id: Digest, next_at: Timestamp) -> Result<(), CentralError> {
        self.write(|tx| {
            tx.prepare_cached(
                "UPDATE delivery SET tries = tries + 1, next_at = ?2, leased_until = 0
                 WHERE id = ?1 AND state = 'pending'",
            )?
            .execute(params![id, next_at.0])?;
            Ok(())
        })
    }

    pub fn dead(&self, id: Digest) -> Result<(), CentralError> {
        let sql = "UPDATE delivery SET state = 'dead', tries = tries + 1
             WHERE id = ?1 AND state = 'pending'";
        self.change(id, sql)
    }

    /// Once more, whatever became of it.
    pub fn replay(&self, id: Digest, now: Timestamp) -> Result<(), CentralError> {
        self.write(|tx| {
            tx.prepare_cached(
                "UPDATE delivery SET state = 'pending', tries = 0, next_at = ?2, leased_until = 0
                 WHERE id = ?1 AND state <> 'pending'",
            )?
            .execute(params![id, now.0])?;
            Ok(())
        })
    }

    /// Newest first.
    pub fn deliveries(
        &self,
        hook: &str,
        state: DeliveryState,
        at_most: usize,
    ) -> Result<Vec<Delivery>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT id, hook, seq, order_key, payload, state, tries, next_at FROM delivery
                 WHERE hook = ?1 AND state = ?2 ORDER BY seq DESC LIMIT ?3",
            )?;
            let rows = ask.query_map(params![hook, state.name(), at_most as i64], from_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What was delivered is kept for a while, for people.
    pub fn forget_done(&self, hook: &str, upto: i64) -> Result<usize, CentralError> {
        self.write(|tx| {
            let sql = "DELETE FROM delivery WHERE hook = ?1 AND seq <= ?2 AND state = 'done'";
            Ok(tx.prepare_cached(sql)?.execute(params![hook, upto])?)
        })
    }

    fn change(&self, id: Digest, sql: &str) -> Result<(), CentralError> {
        self.write(|tx| {
            tx.prepare_cached(sql)?.execute([id])?;
            Ok(())
        })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let state: String = row.get(5)?;
    Ok(Delivery {
        id: row.get(0)?,
        hook: row.get(1)?,
        seq: row.get(2)?,
        order_key: row.get(3)?,
        payload: row.get(4)?,
        // The table's CHECK allows no other word.
        state: DeliveryState::parse(&state).unwrap_or(DeliveryState::Dead),
        tries: row.get(6)?,
        next_at: Timestamp(row.get(7)?),
    })
}
