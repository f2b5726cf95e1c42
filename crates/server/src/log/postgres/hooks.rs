//! Who outside wants to hear of what, and how far the log was turned into deliveries for them.

use super::session::Session;
use super::{Postgres, deliveries, sites};
use crate::log::{Delivery, DeliveryState, Hook, Hooks, LogError, NewDelivery};
use domain::Timestamp;
use postgres::Row;
use sync::SiteId;

impl Hooks for Postgres {
    fn put_hook(&mut self, hook: &Hook) -> Result<(), LogError> {
        self.pool.write(|db| put(db, hook))
    }

    fn hook(&self, id: &str) -> Result<Option<Hook>, LogError> {
        let sql = "SELECT id, site, url, secret, kinds, active, cursor FROM hook WHERE id = $1";
        self.pool.read(|db| db.row(sql, &[&id])?.as_ref().map(from_row).transpose())
    }

    fn hooks(&self, site: &SiteId) -> Result<Vec<Hook>, LogError> {
        let sql = "SELECT id, site, url, secret, kinds, active, cursor FROM hook
             WHERE site = $1 ORDER BY id";
        self.pool.read(|db| db.rows(sql, &[&site.0])?.iter().map(from_row).collect())
    }

    fn expand(
        &mut self,
        hook: &str,
        upto: i64,
        deliveries: &[NewDelivery],
    ) -> Result<(), LogError> {
        self.pool.write(|db| deliveries::expand(db, hook, upto, deliveries))
    }

    fn due(&mut self, now: Timestamp, n: usize, lease_ms: i64) -> Result<Vec<Delivery>, LogError> {
        self.pool.write(|db| deliveries::due(db, now, n, lease_ms))
    }

    fn delivered(&mut self, id: [u8; 32]) -> Result<(), LogError> {
        self.pool.write(|db| deliveries::delivered(db, id))
    }

    fn failed(&mut self, id: [u8; 32], next_at: Timestamp) -> Result<(), LogError> {
        self.pool.write(|db| deliveries::failed(db, id, next_at))
    }

    fn dead(&mut self, id: [u8; 32]) -> Result<(), LogError> {
        self.pool.write(|db| deliveries::dead(db, id))
    }

    fn replay(&mut self, id: [u8; 32], now: Timestamp) -> Result<(), LogError> {
        self.pool.write(|db| deliveries::replay(db, id, now))
    }

    fn deliveries(
        &self,
        hook: &str,
        state: DeliveryState,
        at_most: usize,
    ) -> Result<Vec<Delivery>, LogError> {
        self.pool.read(|db| deliveries::list(db, hook, state, at_most))
    }

    fn forget_done(&mut self, hook: &str, upto: i64) -> Result<usize, LogError> {
        self.pool.write(|db| deliveries::forget_done(db, hook, upto))
    }
}

fn put(db: &mut Session, hook: &Hook) -> Result<(), LogError> {
    sites::fence(db, &SiteId(hook.site.clone()))?;
    db.execute(
        "INSERT INTO hook (id, site, url, secret, kinds, active, cursor)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET url = excluded.url, secret = excluded.secret,
             kinds = excluded.kinds, active = excluded.active WHERE hook.site = excluded.site",
        &[
            &hook.id,
            &hook.site,
            &hook.url,
            &hook.secret,
            &serde_json::to_string(&hook.kinds)?,
            &hook.active,
            &hook.cursor,
        ],
    )?;
    Ok(())
}

fn from_row(row: &Row) -> Result<Hook, LogError> {
    Ok(Hook {
        id: row.try_get(0)?,
        site: row.try_get(1)?,
        url: row.try_get(2)?,
        secret: row.try_get(3)?,
        kinds: serde_json::from_str(row.try_get(4)?)?,
        active: row.try_get(5)?,
        cursor: row.try_get(6)?,
    })
}
