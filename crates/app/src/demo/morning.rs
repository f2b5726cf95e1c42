//! This morning: orders come in, trucks are expected, a few things are not as the book says.

use super::Demo;
use crate::problem::Fault;
use domain::event::ExpectedLine;
use domain::{Body, Cause, HoldScope, LocationCode, Move, Product, Qty, ReceiptId, Spot};
use roads::town::Town;
use store::HeapQuery;

impl Demo<'_> {
    pub(super) fn morning(&mut self, products: &[Product], town: &Town) -> Result<(), Fault> {
        let today = self.now.day();
        let drafts = self.drafts(today, self.scale.morning_orders, products, town);
        let orders = self.place(today, 6, drafts)?;
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

    /// Three receipts are expected today; one lot already stands on the dock, to be put away.
    fn trucks(&mut self, products: &[Product]) -> Result<(), Fault> {
        let today = self.now.day();
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
