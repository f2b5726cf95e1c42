//! The outbox of the hooks: what has to go out, in order for each order.

use super::session::{Session, digest};
use crate::log::{Delivery, DeliveryState, LogError, NewDelivery};
use domain::Timestamp;
use postgres::Row;

pub fn expand(
    db: &mut Session,
    hook: &str,
    upto: i64,
    deliveries: &[NewDelivery],
) -> Result<(), LogError> {
    // Another replica that expands the same hook waits here, and then finds the cursor moved.
    let row = db.row("SELECT cursor FROM hook WHERE id = $1 FOR NO KEY UPDATE", &[&hook])?;
    let Some(row) = row else { return Ok(()) };
    let cursor: i64 = row.try_get(0)?;
    for delivery in deliveries.iter().filter(|delivery| delivery.seq > cursor) {
        db.execute(
            "INSERT INTO delivery (id, hook, seq, order_key, payload, state, next_at)
             VALUES ($1, $2, $3, $4, $5, 'pending', $6) ON CONFLICT DO NOTHING",
            &[
                &&delivery.id[..],
                &hook,
                &delivery.seq,
                &delivery.order_key,
                &delivery.payload,
                &delivery.next_at.0,
            ],
        )?;
    }
    db.execute("UPDATE hook SET cursor = greatest(cursor, $2) WHERE id = $1", &[&hook, &upto])?;
    Ok(())
}

pub fn due(
    db: &mut Session,
    now: Timestamp,
    n: usize,
    lease_ms: i64,
) -> Result<Vec<Delivery>, LogError> {
    let rows = db.rows(
        "UPDATE delivery SET leased_until = $1 + $3 WHERE id IN (
             SELECT d.id FROM delivery d JOIN hook h ON h.id = d.hook
             WHERE d.state = 'pending' AND h.active AND d.next_at <= $1
               AND d.leased_until <= $1 AND NOT EXISTS (
                 SELECT 1 FROM delivery e WHERE e.hook = d.hook
                   AND e.order_key = d.order_key AND e.state = 'pending' AND e.seq < d.seq)
             ORDER BY d.next_at, d.seq, d.hook LIMIT $2 FOR NO KEY UPDATE OF d SKIP LOCKED)
         RETURNING id, hook, seq, order_key, payload, state, tries, next_at",
        &[&now.0, &(n as i64), &lease_ms],
    )?;
    let mut found = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|a, b| (a.next_at, a.seq, &a.hook).cmp(&(b.next_at, b.seq, &b.hook)));
    Ok(found)
}

pub fn delivered(db: &mut Session, id: [u8; 32]) -> Result<(), LogError> {
    db.execute("UPDATE delivery SET state = 'done', tries = tries + 1 WHERE id = $1", &[&&id[..]])?;
    Ok(())
}

pub fn failed(db: &mut Session, id: [u8; 32], next_at: Timestamp) -> Result<(), LogError> {
    db.execute(
        "UPDATE delivery SET tries = tries + 1, next_at = $2, leased_until = 0
         WHERE id = $1 AND state = 'pending'",
        &[&&id[..], &next_at.0],
    )?;
    Ok(())
}

pub fn dead(db: &mut Session, id: [u8; 32]) -> Result<(), LogError> {
    db.execute(
        "UPDATE delivery SET state = 'dead', tries = tries + 1
         WHERE id = $1 AND state = 'pending'",
        &[&&id[..]],
    )?;
    Ok(())
}

pub fn replay(db: &mut Session, id: [u8; 32], now: Timestamp) -> Result<(), LogError> {
    db.execute(
        "UPDATE delivery SET state = 'pending', tries = 0, next_at = $2, leased_until = 0
         WHERE id = $1 AND state <> 'pending'",
        &[&&id[..], &now.0],
    )?;
    Ok(())
}

pub fn list(
    db: &mut Session,
    hook: &str,
    state: DeliveryState,
    at_most: usize,
) -> Result<Vec<Delivery>, LogError> {
    let rows = db.rows(
        "SELECT id, hook, seq, order_key, payload, state, tries, next_at FROM delivery
         WHERE hook = $1 AND state = $2 ORDER BY seq DESC LIMIT $3",
        &[&hook, &state.name(), &(at_most as i64)],
    )?;
    rows.iter().map(from_row).collect()
}

pub fn forget_done(db: &mut Session, hook: &str, upto: i64) -> Result<usize, LogError> {
    let sql = "DELETE FROM delivery WHERE hook = $1 AND seq <= $2 AND state = 'done'";
    Ok(db.execute(sql, &[&hook, &upto])? as usize)
}

fn from_row(row: &Row) -> Result<Delivery, LogError> {
    Ok(Delivery {
        id: digest(row, 0)?,
        hook: row.try_get(1)?,
        seq: row.try_get(2)?,
        order_key: row.try_get(3)?,
        payload: row.try_get(4)?,
        // The table's CHECK allows no other word.
        state: DeliveryState::parse(row.try_get(5)?).unwrap_or(DeliveryState::Dead),
        tries: row.try_get(6)?,
        next_at: Timestamp(row.try_get(7)?),
    })
}
