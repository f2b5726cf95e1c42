//! Receipts, returns, proposals, plans, stops and imports.

use super::Fold;
use crate::error::StoreError;
use domain::{Body, Event, Sku};
use rusqlite::params;

impl Fold<'_> {
    pub(super) fn work(&mut self, seq: i64, event: &Event) -> Result<(), StoreError> {
        let conn = self.conn;
        let now = event.at.0;
        let by = event.id.0.as_bytes().as_slice();
        match &event.body {
            Body::ReceiptExpected { receipt, reference, supplier, expected_on, lines } => {
                let receipt = receipt.to_string();
                conn.prepare_cached(
                    "INSERT INTO receipt (id, reference, supplier, expected_on, opened_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (id) DO UPDATE SET reference = excluded.reference,
                         supplier = excluded.supplier, expected_on = excluded.expected_on,
                         opened_at = excluded.opened_at",
                )?
                .execute(params![
                    receipt,
                    reference,
                    supplier,
                    expected_on.0,
                    now
                ])?;
                for line in lines {
                    conn.prepare_cached(
                        "INSERT INTO receipt_line (receipt, sku, expected, unit_cost)
                         VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT (receipt, sku) DO UPDATE SET
                             expected = expected + excluded.expected,
                             unit_cost = excluded.unit_cost",
                    )?
                    .execute(params![
                        receipt,
                        line.sku.as_str(),
                        line.qty.0,
                        line.unit_cost.0
                    ])?;
                }
                self.topic("receipts");
            }
            Body::ReceiptClosed { receipt } => {
                conn.prepare_cached(
                    "INSERT INTO receipt (id, closed_at) VALUES (?1, ?2)
                     ON CONFLICT (id) DO UPDATE SET closed_at =
                         MIN(COALESCE(closed_at, excluded.closed_at), excluded.closed_at)",
                )?
                .execute(params![receipt.to_string(), now])?;
                self.topic("receipts");
            }
            Body::ReturnOpened { id, order, lines } => {
                for line in lines {
                    conn.prepare_cached(
                        "INSERT INTO return_line (id, return_id, order_id, line, qty, reason,
                             opened_at, received, dispositioned)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)
                         ON CONFLICT (id) DO UPDATE SET return_id = excluded.return_id,
                             order_id = excluded.order_id, line = excluded.line,
                             qty = excluded.qty, reason = excluded.reason,
                             opened_at = excluded.opened_at",
                    )?
                    .execute(params![
                        line.id.to_string(),
                        id.to_string(),
                        order.to_string(),
                        line.line.to_string(),
                        line.qty.0,
                        line.reason,
                        event.at.millis().0
                    ])?;
                }
                self.trail(&order.to_string(), seq)?;
                self.topic("returns");
            }
            Body::ReturnApproved { id } => {
                conn.prepare_cached(
                    "INSERT INTO return_approved (id, at) VALUES (?1, ?2)
                     ON CONFLICT (id) DO UPDATE SET at = MIN(at, excluded.at)",
                )?
                .execute(params![id.to_string(), now])?;
                self.topic("returns");
            }
            Body::ReturnGraded { return_line, grade, scrap } => {
                let grade = if *scrap { "scrap" } else { grade.as_str() };
                self.return_moved(&return_line.to_string(), 0, 0)?;
                conn.prepare_cached("UPDATE return_line SET grade = ?2 WHERE id = ?1")?
                    .execute(params![return_line.to_string(), grade])?;
            }
            Body::ProposalDecided { sku, day, decision, qty, reason } => {
                let decision = serde_json::to_string(decision)?;
                self.last_writer(
                    "INSERT INTO proposal_decision (sku, at, by, day, decision, qty, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (sku) DO UPDATE SET at = excluded.at, by = excluded.by,
                         day = excluded.day, decision = excluded.decision, qty = excluded.qty,
                         reason = excluded.reason",
                    params![
                        sku.as_str(),
                        now,
                        by,
                        day.0,
                        decision.trim_matches('"'),
                        qty.0,
                        reason
                    ],
                )?;
                self.topic("proposals");
            }
            Body::PlanSaved { plan, day, version, state, document } => {
                let state = serde_json::to_string(state)?;
                self.last_writer(
                    "INSERT INTO plan (day, version, id, at, by, state, document)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (day, version) DO UPDATE SET id = excluded.id, at = excluded.at,
                         by = excluded.by, state = excluded.state, document = excluded.document",
                    params![
                        day.0,
                        version,
                        plan.to_string(),
                        now,
                        by,
                        state.trim_matches('"'),
                        document
                    ],
                )?;
                self.topic("dispatch");
            }
            Body::StopDone { order, delivered, reason, received_by } => {
                self.last_writer(
                    "INSERT INTO stop_done (order_id, at, by, delivered, reason, received_by)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (order_id) DO UPDATE SET at = excluded.at, by = excluded.by,
                         delivered = excluded.delivered, reason = excluded.reason,
                         received_by = excluded.received_by",
                    params![order.to_string(), now, by, delivered, reason, received_by],
                )?;
                self.trail(&order.to_string(), seq)?;
                self.topic("dispatch");
            }
            Body::ProofKept { order, code, signature, photo } => {
                self.last_writer(
                    "INSERT INTO proof (order_id, at, by, code, signature, photo)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (order_id) DO UPDATE SET at = excluded.at, by = excluded.by,
                         code = excluded.code, signature = excluded.signature,
                         photo = excluded.photo",
                    params![
                        order.to_string(),
                        now,
                        by,
                        code,
                        serde_json::to_string(signature)?,
                        photo
                    ],
                )?;
                self.trail(&order.to_string(), seq)?;
                self.topic("dispatch");
            }
            Body::VanSeen { van, place } => {
                self.last_writer(
                    "INSERT INTO van_seen (van, at, by, lon_e7, lat_e7)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (van) DO UPDATE SET at = excluded.at, by = excluded.by,
                         lon_e7 = excluded.lon_e7, lat_e7 = excluded.lat_e7",
                    params![van, now, by, place.lon_e7, place.lat_e7],
                )?;
                self.topic("dispatch");
            }
            Body::StreetClosed { closure, streets, name, line, until, reason } => {
                conn.prepare_cached(
                    "INSERT INTO closure (id, closed_at, streets, name, line, until, reason, actor)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                     ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at,
                         streets = excluded.streets, name = excluded.name, line = excluded.line,
                         until = excluded.until, reason = excluded.reason, actor = excluded.actor",
                )?
                .execute(params![
                    closure.to_string(),
                    now,
                    serde_json::to_string(streets)?,
                    name,
                    serde_json::to_string(line)?,
                    until.0,
                    reason,
                    event.actor.0
                ])?;
                self.topic("dispatch");
            }
            Body::StreetOpened { closure } => {
                conn.prepare_cached(
                    "INSERT INTO closure (id, opened_at) VALUES (?1, ?2)
                     ON CONFLICT (id) DO UPDATE SET opened_at =
                         MIN(COALESCE(opened_at, excluded.opened_at), excluded.opened_at)",
                )?
                .execute(params![closure.to_string(), now])?;
                self.topic("dispatch");
            }
            Body::Imported {
                import,
                file_name,
                file_hash,
                what,
                rows,
                accepted,
                already_known,
                errors,
            } => {
                conn.prepare_cached(
                    "INSERT OR IGNORE INTO import (id, at, file_name, file_hash, what, rows,
                         accepted, already_known, errors, actor)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    import.to_string(),
                    event.at.millis().0,
                    file_name,
                    file_hash,
                    what,
                    rows,
                    accepted,
                    already_known,
                    serde_json::to_string(errors)?,
                    event.actor.0
                ])?;
                self.topic("imports");
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn received(
        &mut self,
        receipt: &str,
        sku: &Sku,
        qty: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO receipt_line (receipt, sku, received) VALUES (?1, ?2, ?3)
                 ON CONFLICT (receipt, sku) DO UPDATE SET received = received + excluded.received",
            )?
            .execute(params![receipt, sku.as_str(), qty])?;
        self.topic("receipts");
        Ok(())
    }

    pub(super) fn return_moved(
        &mut self,
        line: &str,
        received: i64,
        dispositioned: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO return_line (id, qty, received, dispositioned) VALUES (?1, 0, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET received = received + excluded.received,
                     dispositioned = dispositioned + excluded.dispositioned",
            )?
            .execute(params![line, received, dispositioned])?;
        self.topic("returns");
        Ok(())
    }
}
