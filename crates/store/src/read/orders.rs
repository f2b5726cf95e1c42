//! Orders, their lines, promises and payments.

use super::{Db, id, like};
use crate::error::StoreError;
use crate::guard::counters;
use crate::open::none_if_missing;
use domain::order::{LineCounters, Order, OrderState, PaymentSums};
use domain::{DaysFrom, LineId, OrderId, Qty, Sku};
use rusqlite::{Row, params};

#[derive(Debug, Clone)]
pub struct OrderHead {
    pub id: OrderId,
    pub number: String,
    pub channel: String,
    pub external_id: String,
    pub customer: String,
    pub placed_at: i64,
    pub promise_at: i64,
    pub value_minor: i64,
    pub weight_g: i64,
    pub state: OrderState,
    pub held: bool,
    pub lines: i64,
    pub units: i64,
    pub short_units: i64,
    pub wave: Option<String>,
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    pub name: String,
    pub orders: i64,
    pub last_at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderSort {
    Placed,
    Promise,
    Value,
    Number,
}

#[derive(Debug, Clone)]
pub struct OrderQuery<'a> {
    /// `all`, `late`, `hold` or the name of a state.
    pub view: &'a str,
    pub search: &'a str,
    pub now: i64,
    pub sort: OrderSort,
    pub descending: bool,
    pub offset: i64,
    pub limit: i64,
}

#[derive(Debug, Clone)]
pub struct LineRow {
    pub id: LineId,
    pub order: OrderId,
    pub line_no: i64,
    pub sku: Sku,
    pub unit_price_minor: i64,
    pub counters: LineCounters,
}

/// A line that waits for stock, oldest order first.
#[derive(Debug, Clone)]
pub struct BackorderLine {
    pub line: LineId,
    pub order: OrderId,
    pub placed_at: i64,
    pub missing: Qty,
    /// Promised and not picked yet: what could still be given back.
    pub promised_open: Qty,
}

const HEAD: &str = "id, number, channel, external_id, customer, placed_at, promise_at, value_minor,
    weight_g, state, held, lines, units, short_units, wave, json_extract(body, '$.address')";

fn head(row: &Row<'_>) -> rusqlite::Result<OrderHead> {
    Ok(OrderHead {
        id: id(row, 0, OrderId::parse)?,
        number: row.get(1)?,
        channel: row.get(2)?,
        external_id: row.get(3)?,
        customer: row.get(4)?,
        placed_at: row.get(5)?,
        promise_at: row.get(6)?,
        value_minor: row.get(7)?,
        weight_g: row.get(8)?,
        state: OrderState::parse(&row.get::<_, String>(9)?).unwrap_or(OrderState::Ready),
        held: row.get(10)?,
        lines: row.get(11)?,
        units: row.get(12)?,
        short_units: row.get(13)?,
        wave: row.get(14)?,
        address: row.get(15)?,
    })
}

const COUNTERS: &str =
    "l.ordered, l.cancelled, l.promised, l.picked, l.packed, l.shipped, l.delivered, l.returned";

fn line(row: &Row<'_>) -> rusqlite::Result<LineRow> {
    Ok(LineRow {
        counters: counters(row)?,
        id: id(row, 8, LineId::parse)?,
        order: id(row, 9, OrderId::parse)?,
        line_no: row.get(10)?,
        sku: id(row, 11, Sku::parse)?,
        unit_price_minor: row.get(12)?,
    })
}

/// Each names its states, so that the queue's index is enough.
fn view_clause(view: &str) -> String {
    const TO_DO: &str = "state IN ('short', 'ready', 'waved', 'picking', 'to_pack', 'to_load')";
    match view {
        "all" => "1".to_owned(),
        "late" => format!("{TO_DO} AND promise_at < ?2"),
        "hold" => format!("({TO_DO} OR state = 'on_the_way') AND held = 1"),
        "ready" => "state IN ('ready', 'waved') AND held = 0".to_owned(),
        "short" => format!("{TO_DO} AND short_units > 0"),
        "picking" | "to_pack" | "to_load" | "on_the_way" | "closed" | "cancelled" => {
            format!("state = '{view}'")
        }
        _ => "0".to_owned(),
    }
}

impl Db<'_> {
    /// The order as it was placed, at the place where its address was found since.
    pub fn order(&self, order: OrderId) -> Result<Option<Order>, StoreError> {
        let found: Option<(String, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT o.body, r.value FROM orders o
                 LEFT JOIN register r ON r.name = 'located/' || o.id WHERE o.id = ?1",
            )?
            .query_row([order.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .map(Some)
            .or_else(none_if_missing)?;
        let Some((body, located)) = found else { return Ok(None) };
        let mut order: Order = serde_json::from_str(&body)?;
        if let Some(place) = located {
            order.place = Some(serde_json::from_str(&place)?);
        }
        Ok(Some(order))
    }

    pub fn order_head(&self, order: OrderId) -> Result<Option<OrderHead>, StoreError> {
        let sql = format!("SELECT {HEAD} FROM orders WHERE id = ?1");
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([order.to_string()], head)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// Body hash of the order with this channel and external id, if it is known.
    pub fn order_by_external(
        &self,
        channel: &str,
        external_id: &str,
    ) -> Result<Option<(OrderId, String)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, body_hash FROM orders WHERE channel = ?1 AND external_id = ?2",
            )?
            .query_row([channel, external_id], |row| Ok((id(row, 0, OrderId::parse)?, row.get(1)?)))
            .map(Some)
            .or_else(none_if_missing)?)
    }

    pub fn orders(&self, query: &OrderQuery<'_>) -> Result<(Vec<OrderHead>, i64), StoreError> {
        let order = match query.sort {
            OrderSort::Placed => "placed_at",
            OrderSort::Promise => "promise_at",
            OrderSort::Value => "value_minor",
            OrderSort::Number => "number",
        };
        let direction = if query.descending { "DESC" } else { "ASC" };
        let found = match query.search {
            "" => "?1 IS NOT NULL",
            _ => {
                "id IN (SELECT id FROM orders INDEXED BY orders_search
                     WHERE number LIKE ?1 ESCAPE '\\' OR customer LIKE ?1 ESCAPE '\\'
                         OR external_id LIKE ?1 ESCAPE '\\')"
            }
        };
        let matching = format!("({}) AND {found} AND ?2 IS NOT NULL", view_clause(query.view));
        let pattern = like(query.search);
        let total = self
            .conn
            .prepare_cached(&format!("SELECT COUNT(*) FROM orders WHERE {matching}"))?
            .query_row(params![pattern, query.now], |row| row.get(0))?;
        let sql = format!(
            "SELECT {HEAD} FROM orders WHERE {matching}
             ORDER BY {order} {direction}, id {direction} LIMIT ?3 OFFSET ?4"
        );
        let rows = self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![pattern, query.now, query.limit, query.offset], head)?
            .collect::<Result<_, _>>()?;
        Ok((rows, total))
    }

    /// The newest order of that number, in capitals or not.
    pub fn order_numbered(&self, number: &str) -> Result<Option<OrderHead>, StoreError> {
        let sql = format!(
            "SELECT {HEAD} FROM orders WHERE number IN (?1, ?2, ?3)
             ORDER BY placed_at DESC, id DESC LIMIT 1"
        );
        let (upper, lower) = (number.to_uppercase(), number.to_lowercase());
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row(params![number, upper, lower], head)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// The newest orders whose number, customer or outside number holds the text.
    pub fn find_orders(&self, text: &str, limit: i64) -> Result<Vec<OrderHead>, StoreError> {
        let sql = format!(
            "SELECT {HEAD} FROM orders WHERE id IN (SELECT id FROM orders INDEXED BY orders_search
                 WHERE number LIKE ?1 ESCAPE '\\' OR customer LIKE ?1 ESCAPE '\\'
                     OR external_id LIKE ?1 ESCAPE '\\')
             ORDER BY placed_at DESC, id DESC LIMIT ?2"
        );
        let pattern = like(text);
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map(params![pattern, limit], head)?
            .collect::<Result<_, _>>()?)
    }

    /// A piece of all customers, who ordered last first, and how many there are.
    pub fn customer_page(
        &self,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<CustomerRow>, i64), StoreError> {
        let rows = self
            .conn
            .prepare_cached(
                "SELECT customer, COUNT(*), MAX(placed_at) AS last FROM orders GROUP BY customer
                 ORDER BY last DESC, customer LIMIT ?2 OFFSET ?1",
            )?
            .query_map(params![offset, limit], |row| {
                Ok(CustomerRow { name: row.get(0)?, orders: row.get(1)?, last_at: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?;
        let total = self
            .conn
            .prepare_cached("SELECT COUNT(DISTINCT customer) FROM orders")?
            .query_row([], |row| row.get(0))?;
        Ok((rows, total))
    }

    /// Units ordered and units short over the newest orders.
    pub fn newest_units(&self, orders: i64) -> Result<(i64, i64), StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT COALESCE(SUM(units), 0), COALESCE(SUM(short_units), 0) FROM (
                     SELECT units, short_units FROM orders ORDER BY placed_at DESC, id DESC
                     LIMIT ?1)",
            )?
            .query_row([orders], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    pub fn order_count(&self, view: &str, now: i64) -> Result<i64, StoreError> {
        let sql = format!(
            "SELECT COUNT(*) FROM orders WHERE ({}) AND ?2 IS NOT NULL AND ?1 = ''",
            view_clause(view)
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row(params!["", now], |row| row.get(0))?)
    }

    pub fn lines_of(&self, order: OrderId) -> Result<Vec<LineRow>, StoreError> {
        let sql = format!(
            "SELECT {COUNTERS}, l.id, l.order_id, l.line_no, l.sku, l.unit_price_minor
             FROM line l WHERE l.order_id = ?1 ORDER BY l.line_no"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([order.to_string()], line)?
            .collect::<Result<_, _>>()?)
    }

    pub fn line(&self, wanted: LineId) -> Result<Option<LineRow>, StoreError> {
        let sql = format!(
            "SELECT {COUNTERS}, l.id, l.order_id, l.line_no, l.sku, l.unit_price_minor
             FROM line l WHERE l.id = ?1 AND l.order_id IS NOT NULL"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([wanted.to_string()], line)
            .map(Some)
            .or_else(none_if_missing)?)
    }

    /// Lines of a SKU that wait for stock (oldest first), of orders that are not on hold.
    pub fn backorders(&self, sku: &Sku) -> Result<Vec<BackorderLine>, StoreError> {
        self.promise_lines(
            "l.sku = ?1 AND l.ordered - l.cancelled > l.promised AND o.held = 0",
            "ASC",
            sku,
        )
    }

    /// Lines of a SKU with an open promise, youngest first: who gives back when stock is lost.
    pub fn promises(&self, sku: &Sku) -> Result<Vec<BackorderLine>, StoreError> {
        self.promise_lines("l.sku = ?1 AND l.promised > l.picked", "DESC", sku)
    }

    fn promise_lines(
        &self,
        which: &str,
        direction: &str,
        sku: &Sku,
    ) -> Result<Vec<BackorderLine>, StoreError> {
        let sql = format!(
            "SELECT l.id, l.order_id, o.placed_at, l.ordered - l.cancelled - l.promised,
                 l.promised - l.picked
             FROM line l JOIN orders o ON o.id = l.order_id WHERE {which}
             ORDER BY o.placed_at {direction}, o.at {direction}, l.line_no {direction}"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([sku.as_str()], |row| {
                Ok(BackorderLine {
                    line: id(row, 0, LineId::parse)?,
                    order: id(row, 1, OrderId::parse)?,
                    placed_at: row.get(2)?,
                    missing: Qty(row.get(3)?),
                    promised_open: Qty(row.get(4)?),
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    pub fn payments(&self, order: OrderId) -> Result<PaymentSums, StoreError> {
        let rows = self
            .conn
            .prepare_cached(
                "SELECT what, SUM(amount_minor) FROM payment WHERE order_id = ?1 GROUP BY what",
            )?
            .query_map([order.to_string()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let sum = |what: &str| rows.iter().find(|(w, _)| w == what).map_or(0, |(_, sum)| *sum);
        Ok(PaymentSums {
            authorized: sum("authorized") - sum("voided"),
            captured: sum("captured"),
            refunded: sum("refunded"),
            unknown: sum("unknown") != 0,
        })
    }

    pub fn orders_of_import(&self, import: &str) -> Result<Vec<OrderId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id FROM orders WHERE json_extract(body, '$.import') = ?1 ORDER BY id",
            )?
            .query_map([import], |row| id(row, 0, OrderId::parse))?
            .collect::<Result<_, _>>()?)
    }

    pub fn order_counts_by_day(&self, from: DaysFrom) -> Result<Vec<(i32, i64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT (placed_at + ?2) / 86400000, COUNT(*) FROM orders WHERE placed_at >= ?1
                 GROUP BY 1 ORDER BY 1",
            )?
            .query_map([from.since.0, from.ahead], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }
}
