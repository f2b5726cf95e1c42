//! Goods arrive: the facts that an arrival becomes, after the questions only the product can ask.

use domain::{
    Body, Cause, Day, LocationCode, LotCode, Move, Product, Qty, ReceiptId, Refusal, Serial, Spot,
    UnitCost,
};
use std::collections::BTreeSet;

pub struct Arrival<'a> {
    pub product: &'a Product,
    pub receipt: Option<ReceiptId>,
    pub unit_cost: UnitCost,
    pub qty: Qty,
    pub lot: LotCode,
    pub expires: Option<Day>,
    /// The lot's expiry is already on file, so nobody needs to read it off the label again.
    pub expiry_known: bool,
    pub serials: Vec<Serial>,
    pub to: Spot,
}

/// The lot's expiry first, then one move, or one per serial.
pub fn arrive(arrival: Arrival<'_>) -> Result<Vec<Body>, Refusal> {
    let product = arrival.product;
    check(&arrival)?;
    // A scan may carry a lot or a serial that the house does not track for this product: keeping
    // it would split the stock into heaps nobody can tell apart.
    let lot = if product.lot_tracked { arrival.lot } else { LotCode::none() };
    let mut bodies = Vec::new();
    if let (false, Some(expires)) = (lot.is_none(), arrival.expires) {
        let (sku, lot) = (product.sku.clone(), lot.clone());
        bodies.push(Body::LotSet { sku, lot, expires: Some(expires) });
    }
    let moved = |serial: Serial, qty: Qty| {
        Body::Moved(Move {
            sku: product.sku.clone(),
            lot: lot.clone(),
            serial,
            owner: String::new(),
            from: Spot::at(LocationCode::supplier()),
            to: arrival.to.clone(),
            qty,
            cause: Cause::Receipt { receipt: arrival.receipt, unit_cost: arrival.unit_cost },
            reason: String::new(),
            reverses: None,
        })
    };
    if product.serial_tracked {
        bodies.extend(arrival.serials.into_iter().map(|serial| moved(serial, Qty(1))));
    } else {
        bodies.push(moved(Serial::none(), arrival.qty));
    }
    Ok(bodies)
}

fn check(arrival: &Arrival<'_>) -> Result<(), Refusal> {
    let product = arrival.product;
    let wrong = |field: &'static str, problem: &str| {
        Err(Refusal::Invalid { field, problem: problem.into() })
    };
    if arrival.qty <= Qty::ZERO {
        return Err(Refusal::QtyNotPositive);
    }
    if product.lot_tracked && arrival.lot.is_none() {
        return wrong("lot", "read it off the label");
    }
    if product.expiry_tracked && arrival.expires.is_none() && !arrival.expiry_known {
        return wrong("expiry", "read it off the label");
    }
    if product.serial_tracked {
        let distinct: BTreeSet<&Serial> = arrival.serials.iter().collect();
        if distinct.len() != arrival.serials.len() {
            return wrong("serial", "the same one was scanned twice");
        }
        if Ok(arrival.qty.0) != i64::try_from(distinct.len()) {
            return wrong("serial", "scan one per unit");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Grams, Milliliters, Removal, Sku};

    fn product(tracks: &str) -> Product {
        Product {
            sku: Sku::parse("MUG").unwrap(),
            name_en: "Mug".into(),
            name_zh: "杯".into(),
            category: String::new(),
            barcode: String::new(),
            unit: "pc".into(),
            units: Vec::new(),
            weight: Grams(1),
            volume: Milliliters(1),
            removal: Removal::Fifo,
            lot_tracked: tracks.contains('l'),
            expiry_tracked: tracks.contains('e'),
            serial_tracked: tracks.contains('s'),
            supplier: String::new(),
            unit_cost: UnitCost(1),
            price_minor: 0,
            safety: Qty(0),
            pack: Qty(1),
            moq: Qty(1),
            lead_time_days: 1,
        }
    }

    #[test]
    fn what_a_product_tracks_must_be_said() {
        #[allow(clippy::type_complexity)]
        // tracks, qty, lot, expiry, serials -> how many events, or the refusal
        let rows: [(&str, i64, &str, &str, &[&str], &str); 10] = [
            ("", 5, "", "", &[], "1"),
            ("", 0, "", "", &[], "qty_not_positive"),
            ("", 5, "L1", "", &["S1"], "1"),
            ("l", 5, "", "", &[], "invalid"),
            ("l", 5, "L1", "", &[], "1"),
            ("le", 5, "L1", "", &[], "invalid"),
            ("le", 5, "L1", "2027-01-31", &[], "2"),
            ("s", 2, "", "", &["S1"], "invalid"),
            ("s", 2, "", "", &["S1", "S1"], "invalid"),
            ("s", 2, "", "", &["S1", "S2"], "2"),
        ];
        for (tracks, qty, lot, expires, serials, wanted) in rows {
            let product = product(tracks);
            let outcome = arrive(Arrival {
                product: &product,
                receipt: None,
                unit_cost: UnitCost(1),
                qty: Qty(qty),
                lot: LotCode::parse_optional(lot).unwrap(),
                expires: Day::parse(expires),
                expiry_known: false,
                serials: serials.iter().map(|s| Serial::parse(s).unwrap()).collect(),
                to: Spot::at(LocationCode::parse("DOCK").unwrap()),
            });
            let said = match outcome {
                Ok(bodies) => bodies.len().to_string(),
                Err(refusal) => refusal.code().to_owned(),
            };
            assert_eq!(said, wanted, "{tracks} {qty} {lot} {expires} {serials:?}");
        }
    }
}
