//! This morning: orders come in, trucks are expected, a few things are not as the book says.

use super::Demo;
use super::history::moved;
use crate::commands::place_order::CUT_OFF_MIN;
use crate::ctx::Work;
use crate::problem::Fault;
use domain::event::ExpectedLine;
use domain::{
    Body, CartonId, Cause, Grams, HoldScope, LocationCode, Move, OrderId, Product, Qty, ReceiptId,
    Spot, Timestamp,
};
use roads::town::Town;
use std::collections::BTreeMap;
use store::{HeapQuery, PickRow};
use warehouse::intake::OrderDraft;

const MINUTE_MS: i64 = 60_000;
const ORDER_EVERY_MS: i64 = 40_000;
/// The usual day, and the last minute that anything can be delivered in.
const DAY_MIN: (i64, i64) = (9 * 60, 18 * 60);
const DAY_END_MIN: i64 = 24 * 60 - 1;

impl Demo<'_> {
    pub(super) fn morning(&mut self, products: &[Product], town: &Town) -> Result<(), Fault> {
        let today = self.today();
        let mut drafts = self.drafts(today, self.scale.morning_orders, products, town);
        self.set_times(&mut drafts);
        let orders = self.place(today, 0, drafts)?;
        self.begin(&orders)?;
        self.at(self.now);
        self.trucks(products)?;
        self.trouble(products)?;
        let Some(held) = orders.get(7).copied() else { return Ok(()) };
        self.write("li.wei", |w| {
            let hold = HoldScope::Order { order: held };
            w.record(Body::HoldSet {
                hold,
                on: true,
                reason: "customer asked to wait".to_owned(),
            })?;
            Ok(())
        })
    }

    /// The orders of the hours before now, to be delivered in what is left of the day: whoever opens
    /// the demo in the afternoon finds a day in full swing, not one that is over.
    fn set_times(&self, drafts: &mut [OrderDraft]) {
        let midnight = self.when(self.today(), 0);
        let (begin, end) = self.delivery_hours();
        let last = self.now.0.min(midnight.0 + (CUT_OFF_MIN - 1) * MINUTE_MS);
        let middle = (begin + end) / 2;
        let count = drafts.len() as i64;
        for (index, draft) in drafts.iter_mut().enumerate() {
            draft.placed_at = Some(Timestamp(last - (count - index as i64) * ORDER_EVERY_MS));
            draft.window_min = Some(match draft.window_min {
                Some((from, _)) if from < DAY_MIN.0 + 120 => (begin, middle),
                Some(_) => (middle, end),
                None => (begin, end),
            });
        }
    }

    /// What is left of the day for deliveries, in minutes after midnight.
    pub(super) fn delivery_hours(&self) -> (i64, i64) {
        let now_min = (self.now.0 - self.when(self.today(), 0).0) / MINUTE_MS;
        let begin = (now_min + 60).clamp(DAY_MIN.0, DAY_END_MIN - 180);
        (begin, (begin + DAY_MIN.1 - DAY_MIN.0).min(DAY_END_MIN))
    }

    /// The first wave is on its way through the house: most of it picked, some of it packed.
    fn begin(&mut self, orders: &[OrderId]) -> Result<(), Fault> {
        let some = &orders[..orders.len() / 6];
        let wave = self.wave(self.now.plus_seconds(-50 * 60), self.scale.history_days, some)?;
        self.at(self.now.plus_seconds(-20 * 60));
        self.write("anna", |w| {
            let mut by_order: BTreeMap<String, Vec<PickRow>> = BTreeMap::new();
            for pick in w.picks(wave)? {
                by_order.entry(pick.order_number.clone()).or_default().push(pick);
            }
            let picked = by_order.len() * 3 / 5;
            let packed = picked / 2;
            let mut bodies = Vec::new();
            for (index, picks) in by_order.values().take(picked).enumerate() {
                bodies.extend(picks.iter().map(|pick| moved(pick, "", "PACK-1", None)));
                if index < packed {
                    bodies.extend(self::packed(w, picks)?);
                }
            }
            Ok(w.record_all(bodies)?)
        })
    }

    /// Three receipts are expected today; one lot already stands on the dock, to be put away.
    fn trucks(&mut self, products: &[Product]) -> Result<(), Fault> {
        let today = self.today();
        let mut bodies = Vec::new();
        for number in 1..=3 {
            let lines = (0..4)
                .map(|_| &products[self.dice.below(products.len())])
                .filter(|product| !product.serial_tracked)
                .map(|product| ExpectedLine {
                    sku: product.sku.clone(),
                    qty: Qty(product.pack.0.max(6) * 4),
                    unit_cost: product.unit_cost,
                })
                .collect();
            bodies.push(Body::ReceiptExpected {
                receipt: ReceiptId(crate::commands::place_order::named(&[
                    "truck",
                    &today.to_string(),
                    &number.to_string(),
                ])),
                reference: format!("ASN-{}-{number}", today.to_string().replace('-', "")),
                supplier: format!("Supplier {number:02}"),
                expected_on: today,
                lines,
            });
        }
        for product in products
            .iter()
            .filter(|product| !product.lot_tracked && !product.serial_tracked)
            .take(5)
        {
            bodies.push(movement(
                product,
                LocationCode::supplier(),
                "DOCK-1",
                24,
                Cause::Receipt { receipt: None, unit_cost: product.unit_cost },
            ));
        }
        self.write("mei", |w| Ok(w.record_all(bodies)?))
    }

    /// Two bins gave more than the book had: the fact stands, the difference waits to be counted.
    fn trouble(&mut self, products: &[Product]) -> Result<(), Fault> {
        self.write("anna", |w| {
            let mut found = 0;
            for product in products.iter().rev().filter(|p| !p.serial_tracked && !p.lot_tracked) {
                let query = HeapQuery {
                    sku: Some(product.sku.as_str()),
                    kind: Some("pick"),
                    ..HeapQuery::default()
                };
                let Some(heap) = w.heaps(&query)?.into_iter().find(|h| h.allocated == Qty::ZERO)
                else {
                    continue;
                };
                let body = movement(
                    product,
                    heap.key.location,
                    "QUAR-1",
                    heap.on_hand.0 + 2,
                    Cause::Transfer,
                );
                w.record(body)?;
                found += 1;
                if found == 2 {
                    break;
                }
            }
            Ok(())
        })
    }
}

/// One carton for an order, closed and on the stage.
fn packed(w: &Work<'_, '_>, picks: &[PickRow]) -> Result<Vec<Body>, Fault> {
    let Some(first) = picks.first() else { return Ok(Vec::new()) };
    let Some(line) = w.line(first.allocation.line)? else { return Ok(Vec::new()) };
    let Ok(place) = LocationCode::parse("PACK-1") else { return Ok(Vec::new()) };
    let id = w.id();
    let (carton, number) = (CartonId(id), format!("C{:010}", id.as_u128() % 10_000_000_000));
    let bench = Spot::at(place);
    let boxed = Spot { package: number.clone(), ..bench.clone() };
    let mut bodies = vec![Body::CartonOpened {
        carton,
        number: number.clone(),
        order: line.order,
        box_type: "M".to_owned(),
    }];
    for pick in picks {
        let cause = Cause::Pack { line: pick.allocation.line, carton };
        bodies.push(moved(pick, &number, "PACK-1", Some((bench.clone(), cause))));
    }
    bodies.push(Body::CartonClosed { carton, weight: Grams(1200) });
    for pick in picks {
        let next = Some((boxed.clone(), Cause::Transfer));
        bodies.push(moved(pick, &number, "STAGE-1", next));
    }
    Ok(bodies)
}

fn movement(product: &Product, from: LocationCode, to: &str, qty: i64, cause: Cause) -> Body {
    Body::Moved(Move {
        sku: product.sku.clone(),
        lot: Default::default(),
        serial: Default::default(),
        owner: String::new(),
        from: Spot::at(from),
        to: Spot::at(LocationCode::parse(to).unwrap_or_default()),
        qty: Qty(qty),
        cause,
        reason: String::new(),
        reverses: None,
    })
}
