//! Orders, lines, allocations, waves and cartons. Counters are sums keyed by line, so a pick may
//! arrive before the order it belongs to.

use super::Fold;
use crate::error::StoreError;
use crate::guard::counters;
use crate::open::none_if_missing;
use domain::order::{LineCounters, Order, OrderState};
use domain::{AllocationId, Body, Event};
use rusqlite::params;

impl Fold<'_> {
    pub(super) fn order(&mut self, seq: i64, event: &Event) -> Result<(), StoreError> {
        self.topic("orders");
        let conn = self.conn;
        match &event.body {
            Body::OrderPlaced { order } => self.placed(seq, event, order)?,
            Body::LineCancelled { line, qty, .. } => {
                self.line_add(seq, &line.to_string(), "cancelled", qty.0)?;
            }
            Body::Promised { line, qty, .. } => {
                self.line_add(seq, &line.to_string(), "promised", qty.0)?;
            }
            Body::PromiseReleased { line, qty, .. } => {
                self.line_add(seq, &line.to_string(), "promised", -qty.0)?;
            }
            Body::Paid { order, what, amount_minor, .. } => {
                let what = serde_json::to_string(what)?;
                conn.prepare_cached(
                    "INSERT OR IGNORE INTO payment (event, order_id, what, amount_minor)
                     VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    event.id.0.as_bytes().as_slice(),
                    order.to_string(),
                    what.trim_matches('"'),
                    amount_minor
                ])?;
                self.trail(&order.to_string(), seq)?;
            }
            Body::WavePlanned { wave, name, orders } => {
                let wave = wave.to_string();
                conn.prepare_cached(
                    "INSERT INTO wave (id, name, created_at) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                         created_at = excluded.created_at",
                )?
                .execute(params![wave, name, event.at.millis().0])?;
                for order in orders {
                    conn.prepare_cached(
                        "INSERT OR IGNORE INTO wave_order (wave, order_id) VALUES (?1, ?2)",
                    )?
                    .execute(params![wave, order.to_string()])?;
                    self.trail(&order.to_string(), seq)?;
                    self.orders.insert(order.to_string());
                }
            }
            Body::WaveReleased { wave } => {
                let wave = wave.to_string();
                conn.prepare_cached(
                    "INSERT INTO wave (id, name, created_at, released_at) VALUES (?1, '', 0, ?2)
                     ON CONFLICT (id) DO UPDATE SET released_at =
                         MIN(COALESCE(released_at, excluded.released_at), excluded.released_at)",
                )?
                .execute(params![wave, event.at.millis().0])?;
                let members = conn
                    .prepare_cached("SELECT order_id FROM wave_order WHERE wave = ?1")?
                    .query_map([&wave], |row| row.get::<_, String>(0))?
                    .collect::<Result<Vec<_>, _>>()?;
                self.orders.extend(members);
            }
            Body::Allocated { allocation, wave, line, key, qty } => {
                let stock = self.heap_id(key)?;
                self.allocation_change(allocation, |row| {
                    row.stock = Some(stock);
                    row.qty = qty.0;
                    row.place = Some((wave.to_string(), line.to_string()));
                })?;
                self.trail(&line.to_string(), seq)?;
                self.skus.insert(key.sku.clone());
            }
            Body::AllocationReleased { allocation, qty, .. } => {
                self.allocation_change(allocation, |row| row.released += qty.0)?;
            }
            Body::CartonOpened { carton, number, order, box_type } => {
                conn.prepare_cached(
                    "INSERT INTO carton (id, number, order_id, box_type, opened_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (id) DO UPDATE SET number = excluded.number,
                         order_id = excluded.order_id, box_type = excluded.box_type,
                         opened_at = excluded.opened_at",
                )?
                .execute(params![
                    carton.to_string(),
                    number,
                    order.to_string(),
                    box_type,
                    event.at.millis().0
                ])?;
                self.trail(&order.to_string(), seq)?;
            }
            Body::CartonClosed { carton, weight } => {
                conn.prepare_cached(
                    "INSERT INTO carton (id, closed_at, weight_g) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at,
                         weight_g = excluded.weight_g
                     WHERE closed_at IS NULL OR excluded.closed_at > closed_at",
                )?
                .execute(params![carton.to_string(), event.at.0, weight.0])?;
            }
            _ => {}
        }
        Ok(())
    }

    fn placed(&mut self, seq: i64, event: &Event, order: &Order) -> Result<(), StoreError> {
        let id = order.id.to_string();
        let known: Option<(i64, Vec<u8>)> = self
            .conn
            .prepare_cached("SELECT at, by FROM orders WHERE id = ?1")?
            .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
            .map(Some)
            .or_else(none_if_missing)?;
        if known.is_some() {
            // The order's id comes from its channel and external id; the first copy stands.
            self.trail(&id, seq)?;
            return Ok(());
        }
        let value: i64 = order.lines.iter().map(|l| l.qty.0 * l.unit_price_minor).sum();
        self.conn
            .prepare_cached(
                "INSERT INTO orders (id, number, channel, external_id, body_hash, customer,
                     placed_at, promise_at, value_minor, weight_g, at, by, body, state, held,
                     lines, units, short_units)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12, 'ready', 0, 0, 0, 0)",
            )?
            .execute(params![
                id,
                order.number,
                order.channel,
                order.external_id,
                order.body_hash,
                order.customer,
                order.placed_at.0,
                order.promise_at.0,
                value,
                event.at.0,
                event.id.0.as_bytes().as_slice(),
                serde_json::to_string(order)?
            ])?;
        for line in &order.lines {
            self.conn
                .prepare_cached(
                    "INSERT INTO line (id, order_id, sku, line_no, unit_price_minor, ordered)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (id) DO UPDATE SET order_id = excluded.order_id,
                         sku = excluded.sku, line_no = excluded.line_no,
                         unit_price_minor = excluded.unit_price_minor, ordered = excluded.ordered",
                )?
                .execute(params![
                    line.id.to_string(),
                    id,
                    line.sku.as_str(),
                    line.line_no,
                    line.unit_price_minor,
                    line.qty.0
                ])?;
            self.conn
                .prepare_cached(
                    "INSERT INTO demand (sku, day, qty) VALUES (?1, ?2, ?3)
                     ON CONFLICT (sku, day) DO UPDATE SET qty = qty + excluded.qty",
                )?
                .execute(params![line.sku.as_str(), order.placed_at.day().0, line.qty.0])?;
            self.skus.insert(line.sku.clone());
            self.touched.lines.insert(line.id.to_string());
        }
        // In units, as what is picked and shipped, so that a chart may show them together.
        self.pulse("placed", event, order.lines.iter().map(|line| line.qty.0).sum());
        self.trail(&id, seq)?;
        self.orders.insert(id);
        Ok(())
    }

    pub(super) fn line_add(
        &mut self,
        seq: i64,
        line: &str,
        column: &str,
        qty: i64,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO line (id, {column}) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET {column} = {column} + excluded.{column}
             RETURNING order_id, sku"
        );
        let (order, sku): (Option<String>, Option<String>) = self
            .conn
            .prepare_cached(&sql)?
            .query_row(params![line, qty], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.trail(line, seq)?;
        self.orders.extend(order);
        self.skus.extend(sku.and_then(|sku| domain::Sku::parse(&sku).ok()));
        self.touched.lines.insert(line.to_owned());
        self.topic("orders");
        Ok(())
    }

    pub(super) fn allocation_picked(
        &mut self,
        allocation: &AllocationId,
        qty: i64,
    ) -> Result<(), StoreError> {
        self.allocation_change(allocation, |row| row.picked += qty)
    }

    fn allocation_change(
        &mut self,
        allocation: &AllocationId,
        change: impl FnOnce(&mut AllocationRow),
    ) -> Result<(), StoreError> {
        let id = allocation.to_string();
        let mut row = self
            .conn
            .prepare_cached(
                "SELECT stock, qty, released, picked, remaining FROM allocation WHERE id = ?1",
            )?
            .query_row([&id], |row| {
                Ok(AllocationRow {
                    stock: row.get(0)?,
                    qty: row.get(1)?,
                    released: row.get(2)?,
                    picked: row.get(3)?,
                    remaining: row.get(4)?,
                    place: None,
                })
            })
            .map(Some)
            .or_else(none_if_missing)?
            .unwrap_or_default();
        // An undone pick may arrive before its allocation: no heap has been charged with it yet.
        let before = row.stock.map_or(0, |_| row.remaining);
        change(&mut row);
        row.remaining = (row.qty - row.released - row.picked).max(0);
        self.conn
            .prepare_cached(
                "INSERT INTO allocation (id, stock, qty, released, picked, remaining, wave, line)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (id) DO UPDATE SET stock = excluded.stock, qty = excluded.qty,
                     released = excluded.released, picked = excluded.picked,
                     remaining = excluded.remaining, wave = COALESCE(excluded.wave, wave),
                     line = COALESCE(excluded.line, line)",
            )?
            .execute(params![
                id,
                row.stock,
                row.qty,
                row.released,
                row.picked,
                row.remaining,
                row.place.as_ref().map(|(wave, _)| wave),
                row.place.as_ref().map(|(_, line)| line)
            ])?;
        if let Some(stock) = row.stock {
            let heap = self.heap(stock)?;
            heap.allocated += row.remaining - before;
            heap.dirty = true;
            let sku = heap.sku.clone();
            self.skus.insert(sku);
            self.touched.stock.insert(stock);
        }
        Ok(())
    }

    /// The header is derived from its lines, its hold and its wave.
    pub(super) fn derive_order(&self, order: &str) -> Result<(), StoreError> {
        let (total, lines): (LineCounters, i64) = self
            .conn
            .prepare_cached(
                "SELECT SUM(ordered), SUM(cancelled), SUM(promised), SUM(picked), SUM(packed),
                     SUM(shipped), SUM(delivered), SUM(returned), COUNT(*)
                 FROM line WHERE order_id = ?1 HAVING COUNT(*) > 0",
            )?
            .query_row([order], |row| Ok((counters(row)?, row.get(8)?)))
            .map(Some)
            .or_else(none_if_missing)?
            .unwrap_or_default();
        let wave: Option<(String, bool)> = self
            .conn
            .prepare_cached(
                "SELECT w.id, w.released_at IS NOT NULL FROM wave_order o JOIN wave w ON w.id = o.wave
                 WHERE o.order_id = ?1 ORDER BY w.released_at IS NULL, w.id LIMIT 1",
            )?
            .query_row([order], |row| Ok((row.get(0)?, row.get(1)?)))
            .map(Some)
            .or_else(none_if_missing)?;
        let released = wave.as_ref().is_some_and(|(_, released)| *released);
        let state = OrderState::derive(&total, wave.is_some(), released);
        self.conn
            .prepare_cached(
                "UPDATE orders SET state = ?2, lines = ?3, units = ?4, short_units = ?5, wave = ?6,
                     held = EXISTS (SELECT 1 FROM register
                         WHERE name = 'hold/order/' || ?1 AND value = 'on'),
                     weight_g = COALESCE((SELECT SUM((l.ordered - l.cancelled)
                         * json_extract(p.body, '$.weight'))
                         FROM line l JOIN product p ON p.sku = l.sku WHERE l.order_id = ?1), 0)
                 WHERE id = ?1",
            )?
            .execute(params![
                order,
                state.as_str(),
                lines,
                total.open().0,
                total.backordered().0,
                wave.map(|(id, _)| id)
            ])?;
        Ok(())
    }
}

#[derive(Default)]
struct AllocationRow {
    stock: Option<i64>,
    qty: i64,
    released: i64,
    picked: i64,
    remaining: i64,
    /// Wave and line, once the allocation itself has come in.
    place: Option<(String, String)>,
}
