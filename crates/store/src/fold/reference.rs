//! Reference data and holds: the last writer by (clock, id) wins, whatever the order of arrival.

use super::Fold;
use crate::error::StoreError;
use domain::{Body, Event, Sku};
use rusqlite::{ToSql, params};

impl Fold<'_> {
    pub(super) fn reference(&mut self, seq: i64, event: &Event) -> Result<(), StoreError> {
        let by = event.id.0.as_bytes().as_slice();
        let at = event.at.0;
        match &event.body {
            Body::ProductSet { product } => {
                self.last_writer(
                    "INSERT INTO product (sku, at, by, name_en, name_zh, barcode, safety,
                         body)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                     ON CONFLICT (sku) DO UPDATE SET at = excluded.at, by = excluded.by,
                         name_en = excluded.name_en, name_zh = excluded.name_zh,
                         barcode = excluded.barcode, safety = excluded.safety,
                         body = excluded.body",
                    params![
                        product.sku.as_str(),
                        at,
                        by,
                        product.name_en,
                        product.name_zh,
                        product.barcode,
                        product.safety.0,
                        serde_json::to_string(product)?
                    ],
                )?;
                self.skus.insert(product.sku.clone());
                self.topic("stock");
            }
            Body::BinSet { bin } => {
                self.last_writer(
                    "INSERT INTO bin (code, at, by, kind, zone, walk, sellable, body)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                     ON CONFLICT (code) DO UPDATE SET at = excluded.at, by = excluded.by,
                         kind = excluded.kind, zone = excluded.zone, walk = excluded.walk,
                         sellable = excluded.sellable, body = excluded.body",
                    params![
                        bin.code.as_str(),
                        at,
                        by,
                        bin.kind.as_str(),
                        bin.zone,
                        bin.walk,
                        bin.kind.is_sellable(),
                        serde_json::to_string(bin)?
                    ],
                )?;
                self.touch_skus_in("location", bin.code.as_str())?;
            }
            Body::PersonSet { person } => {
                self.last_writer(
                    "INSERT INTO person (id, at, by, body) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (id) DO UPDATE SET at = excluded.at, by = excluded.by,
                         body = excluded.body",
                    params![person.id.0, at, by, serde_json::to_string(person)?],
                )?;
                self.topic("settings");
            }
            Body::VanSet { van } => {
                self.last_writer(
                    "INSERT INTO van (id, at, by, body) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (id) DO UPDATE SET at = excluded.at, by = excluded.by,
                         body = excluded.body",
                    params![van.id, at, by, serde_json::to_string(van)?],
                )?;
                self.topic("dispatch");
            }
            Body::LotSet { sku, lot, expires } => {
                self.last_writer(
                    "INSERT INTO lot (sku, lot, at, by, expires) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (sku, lot) DO UPDATE SET at = excluded.at, by = excluded.by,
                         expires = excluded.expires",
                    params![sku.as_str(), lot.as_str(), at, by, expires.map(|day| day.0)],
                )?;
                self.topic("stock");
            }
            Body::SettingSet { name, value } => {
                self.register(event, &format!("setting/{name}"), value, "")?;
                self.topic("settings");
            }
            Body::HoldSet { hold, on, reason } => {
                let value = if *on { "on" } else { "off" };
                self.register(event, &hold.register(), value, reason)?;
                self.held(seq, hold)?;
            }
            Body::OrderLocated { order, place, found } => {
                let order = order.to_string();
                let value = serde_json::to_string(place)?;
                self.register(event, &format!("located/{order}"), &value, found)?;
                self.trail(&order, seq)?;
                self.topic("dispatch");
            }
            _ => {}
        }
        Ok(())
    }

    fn held(&mut self, seq: i64, hold: &domain::HoldScope) -> Result<(), StoreError> {
        use domain::HoldScope;
        match hold {
            HoldScope::Lot { sku, .. } | HoldScope::Stock { sku, .. } => {
                self.skus.insert(sku.clone());
                self.topic("stock");
            }
            HoldScope::Bin { location } => self.touch_skus_in("location", location.as_str())?,
            HoldScope::Order { order } => {
                self.orders.insert(order.to_string());
                self.trail(&order.to_string(), seq)?;
                self.topic("orders");
            }
        }
        Ok(())
    }

    fn register(
        &self,
        event: &Event,
        name: &str,
        value: &str,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.last_writer(
            "INSERT INTO register (name, at, by, value, reason, actor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (name) DO UPDATE SET at = excluded.at, by = excluded.by,
                 value = excluded.value, reason = excluded.reason, actor = excluded.actor",
            params![
                name,
                event.at.0,
                event.id.0.as_bytes().as_slice(),
                value,
                reason,
                event.actor.0
            ],
        )
    }

    /// Appends the rule that makes the fold order-free: an older writer never wins.
    pub(super) fn last_writer(&self, sql: &str, values: &[&dyn ToSql]) -> Result<(), StoreError> {
        let sql = format!("{sql} WHERE (excluded.at, excluded.by) > (at, by)");
        self.conn.prepare_cached(&sql)?.execute(values)?;
        Ok(())
    }

    fn touch_skus_in(&mut self, column: &str, value: &str) -> Result<(), StoreError> {
        self.flush_heaps()?;
        let sql = format!("SELECT DISTINCT sku FROM stock WHERE {column} = ?1");
        let found = self
            .conn
            .prepare_cached(&sql)?
            .query_map([value], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        self.skus.extend(found.iter().filter_map(|sku| Sku::parse(sku).ok()));
        self.topic("stock");
        Ok(())
    }
}
