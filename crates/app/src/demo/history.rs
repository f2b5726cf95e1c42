//! The days before today: receipts, orders, waves, picks, cartons, deliveries and counts, each as
//! the events that a real day would leave.

use super::Demo;
use crate::commands::place_order::{named, place_draft};
use crate::ctx::Work;
use crate::problem::Fault;
use crate::settle;
use domain::event::ExpectedLine;
use domain::{
    Body, CartonId, Cause, CountId, Day, Grams, Hlc, LocationCode, LotCode, Move, Observed,
    OrderId, Product, Qty, ReceiptId, Serial, Sku, Spot, Timestamp, WaveId,
};
use roads::town::Town;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use store::{HeapQuery, PickRow};
use warehouse::intake::{DraftLine, OrderDraft};

const FAMILY: [&str; 12] = [
    "Weber", "Nguyen", "王芳", "Keller", "Rossi", "李娜", "Dubois", "Kaya", "Schmidt", "陈刚",
    "Novak", "Silva",
];
const GIVEN: [&str; 10] =
    ["Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jan"];

/// Waves in which an order may still wait for stock.
const WAITING_WAVES: usize = 40;

/// What the purchasing desk of the past knew about one SKU.
struct Item {
    left: i64,
    coming: i64,
    sold: i64,
}

struct Purchase {
    receipt: ReceiptId,
    due: Day,
    product: usize,
    qty: i64,
}

impl Demo<'_> {
    pub(super) fn history(&mut self, products: &[Product], town: &Town) -> Result<(), Fault> {
        let mut items: Vec<Item> = Vec::new();
        let mut purchases: VecDeque<Purchase> = VecDeque::new();
        let mut waves: Vec<WaveId> = Vec::new();
        let first = self.first_day();
        let opening: Vec<(usize, i64)> = products
            .iter()
            .enumerate()
            .map(|(rank, product)| (rank, self.opening(rank, product, products.len())))
            .collect();
        items.extend(opening.iter().map(|(_, qty)| Item { left: *qty, coming: 0, sold: 0 }));
        self.arrive(first, products, &opening, None)?;
        for offset in 1..self.scale.history_days {
            let day = first.plus(offset);
            self.receive_due(day, products, &mut purchases, &mut items)?;
            let orders = self.orders_of(day);
            let drafts = self.drafts(day, orders, products, town);
            for line in drafts.iter().flat_map(|draft| &draft.lines) {
                let rank = products.iter().position(|product| product.sku == line.sku);
                if let Some(item) = rank.and_then(|rank| items.get_mut(rank)) {
                    item.left -= line.qty.0;
                    item.sold += line.qty.0;
                }
            }
            let placed = self.place(day, 7, drafts)?;
            let eleven = self.when(day, 11 * 60);
            waves.push(self.wave(eleven, offset, &placed)?);
            self.work(day, &waves)?;
            self.count_some(day)?;
            self.buy(day, products, &mut items, &mut purchases)?;
        }
        Ok(())
    }

    /// Popular goods begin with more; a serial-tracked one with a few, each with its number.
    fn opening(&mut self, rank: usize, product: &Product, count: usize) -> i64 {
        if product.serial_tracked {
            return self.dice.between(4, 8);
        }
        let popularity = (count / (rank + count / 50 + 1)) as i64;
        4 + popularity * 2 + self.dice.between(0, 14)
    }

    fn orders_of(&mut self, day: Day) -> usize {
        // Sundays are quiet and Mondays busy; 1970-01-01 was a Thursday.
        let percent = [100, 105, 90, 60, 130, 110, 100][day.0.rem_euclid(7) as usize];
        self.scale.orders_a_day * percent / 100 + self.dice.below(6)
    }

    pub(super) fn drafts(
        &mut self,
        day: Day,
        count: usize,
        products: &[Product],
        town: &Town,
    ) -> Vec<OrderDraft> {
        (0..count).map(|index| self.draft(day, index, products, town)).collect()
    }

    fn draft(&mut self, day: Day, index: usize, products: &[Product], town: &Town) -> OrderDraft {
        let address = &town.addresses[self.dice.below(town.addresses.len())];
        let family = FAMILY[self.dice.below(FAMILY.len())];
        let latin = family.is_ascii();
        let given = GIVEN[self.dice.below(GIVEN.len())];
        let customer = if latin { format!("{given} {family}") } else { family.to_owned() };
        let mut chosen = BTreeSet::new();
        let wanted = 1 + self.dice.below(4);
        while chosen.len() < wanted.min(products.len()) {
            chosen.insert(self.dice.popular(products.len()));
        }
        let lines = chosen
            .into_iter()
            .map(|rank| DraftLine {
                line: 1,
                sku: products[rank].sku.clone(),
                qty: Qty(if products[rank].serial_tracked { 1 } else { self.dice.between(1, 3) }),
                unit_price_minor: None,
            })
            .collect();
        let window_min = match self.dice.below(4) {
            0 => Some((9 * 60, 12 * 60)),
            1 => Some((13 * 60, 17 * 60)),
            _ => None,
        };
        OrderDraft {
            line: 1,
            external_id: format!(
                "{}-{:03}",
                day.to_string().replace('-', "").split_off(2),
                index + 1
            ),
            customer,
            phone: format!("+49 4721 {:06}", self.dice.between(100_000, 999_999)),
            address: format!("{} {}", address.street, address.number),
            place: Some(address.place),
            note: String::new(),
            placed_at: Some(self.when(day, 6 * 60).plus_seconds(index as i64 * 40)),
            window_min,
            lines,
        }
    }

    /// Places drafts at an hour of a day, as the web shop would.
    pub(super) fn place(
        &mut self,
        day: Day,
        hour: i64,
        drafts: Vec<OrderDraft>,
    ) -> Result<Vec<OrderId>, Fault> {
        for (part, chunk) in drafts.chunks(20).enumerate() {
            let when = self.when(day, hour * 60 + part as i64 * 30);
            // The shop hands an order over once it is placed, and nothing comes from the future.
            let last = chunk.last().and_then(|draft| draft.placed_at).unwrap_or(when);
            self.at(Timestamp(when.0.max(last.0).min(self.now.0)));
            self.write("system", |w| {
                for draft in chunk {
                    place_draft(w, "shop", draft.clone(), None)?;
                }
                Ok(())
            })?;
        }
        Ok(drafts
            .iter()
            .map(|draft| OrderId(named(&["order", "shop", &draft.external_id])))
            .collect())
    }

    pub(super) fn wave(
        &mut self,
        at: Timestamp,
        number: i32,
        orders: &[OrderId],
    ) -> Result<WaveId, Fault> {
        self.at(at);
        let name = format!("W{number:04}");
        self.write("li.wei", |w| {
            let wave = WaveId(w.id());
            w.record_all(vec![
                Body::WavePlanned { wave, name, orders: orders.to_vec() },
                Body::WaveReleased { wave },
            ])?;
            let mut skus: BTreeSet<Sku> = BTreeSet::new();
            for order in orders {
                skus.extend(w.lines_of(*order)?.into_iter().map(|line| line.sku));
            }
            settle::allocate(w, &skus)?;
            Ok(wave)
        })
    }

    /// Picks, packs, loads and delivers everything that is allocated: today's wave, and what came in
    /// since for orders that waited.
    fn work(&mut self, day: Day, waves: &[WaveId]) -> Result<(), Fault> {
        self.at(self.when(day, 12 * 60));
        let vans = 12;
        self.write("anna", |w| {
            let mut picks = Vec::new();
            for wave in waves.iter().rev().take(WAITING_WAVES) {
                picks.extend(w.picks(*wave)?);
            }
            let bodies = picks.iter().map(|pick| moved(pick, "", "PACK-1", None)).collect();
            w.record_all(bodies)?;
            let mut by_order: BTreeMap<String, Vec<&PickRow>> = BTreeMap::new();
            for pick in &picks {
                by_order.entry(pick.order_number.clone()).or_default().push(pick);
            }
            let mut bodies = Vec::new();
            for (index, picks) in by_order.values().enumerate() {
                bodies.extend(ship(w, picks, index % vans + 1)?);
            }
            Ok(w.record_all(bodies)?)
        })
    }

    fn count_some(&mut self, day: Day) -> Result<(), Fault> {
        self.at(self.when(day, 16 * 60));
        let aisle = char::from(b'A' + self.dice.below(25) as u8);
        let location =
            format!("{aisle}-{:02}-{}", self.dice.between(1, 20), self.dice.between(1, 2));
        let miscount = if self.dice.chance(20) { -1 } else { 0 };
        self.write("jonas", |w| {
            let query = HeapQuery { location: Some(&location), ..HeapQuery::default() };
            let seen: Vec<Observed> = w
                .heaps(&query)?
                .into_iter()
                .filter(|heap| heap.key.serial.is_none())
                .map(|heap| Observed {
                    qty: (heap.on_hand + Qty(miscount)).max(Qty::ZERO),
                    key: heap.key,
                })
                .collect();
            let Ok(place) = LocationCode::parse(&location) else { return Ok(()) };
            let count = CountId(w.id());
            let watermark = Hlc::at(w.now).next(w.now);
            w.record_all(vec![
                Body::CountOpened { count, location: place, why: "routine".to_owned() },
                Body::CountObserved { count, round: 1, watermark, seen: seen.clone() },
            ])?;
            let watermark = Hlc::at(w.now.plus_millis(1));
            w.record_all(vec![Body::CountPosted { count, watermark, seen }])?;
            Ok(())
        })
    }

    /// Orders what runs low: two weeks of what was sold lately.
    fn buy(
        &mut self,
        day: Day,
        products: &[Product],
        items: &mut [Item],
        purchases: &mut VecDeque<Purchase>,
    ) -> Result<(), Fault> {
        self.at(self.when(day, 17 * 60));
        let age = i64::from(day.0 - self.first_day().0).max(1);
        let mut bodies: Vec<(Purchase, Body)> = Vec::new();
        for (rank, item) in items.iter_mut().enumerate() {
            let product = &products[rank];
            let lead = i64::from(product.lead_time_days);
            let point = item.sold * (lead + 7) / age;
            if item.sold == 0 || item.left + item.coming > point {
                continue;
            }
            let wanted = (item.sold * 21 / age).max(product.moq.0);
            let qty = match product.serial_tracked {
                true => 6,
                false => (wanted + product.pack.0 - 1) / product.pack.0 * product.pack.0,
            };
            let late = if self.dice.chance(25) { self.dice.between(1, 4) } else { 0 };
            let due = day.plus(product.lead_time_days);
            let receipt = ReceiptId(named(&["receipt", product.sku.as_str(), &day.to_string()]));
            let body = Body::ReceiptExpected {
                receipt,
                reference: format!("PO-{}-{:04}", day.to_string().replace('-', ""), rank + 1),
                supplier: product.supplier.clone(),
                expected_on: due,
                lines: vec![ExpectedLine {
                    sku: product.sku.clone(),
                    qty: Qty(qty),
                    unit_cost: product.unit_cost,
                }],
            };
            item.coming += qty;
            let due = due.plus(late as i32);
            bodies.push((Purchase { receipt, due, product: rank, qty }, body));
        }
        let (new, bodies): (Vec<Purchase>, Vec<Body>) = bodies.into_iter().unzip();
        purchases.extend(new);
        self.write("li.wei", |w| Ok(w.record_all(bodies)?))
    }

    fn receive_due(
        &mut self,
        day: Day,
        products: &[Product],
        purchases: &mut VecDeque<Purchase>,
        items: &mut [Item],
    ) -> Result<(), Fault> {
        let (due, later): (VecDeque<_>, VecDeque<_>) =
            purchases.drain(..).partition(|purchase| purchase.due <= day);
        *purchases = later;
        for purchase in due {
            items[purchase.product].left += purchase.qty;
            items[purchase.product].coming -= purchase.qty;
            self.arrive(
                day,
                products,
                &[(purchase.product, purchase.qty)],
                Some(purchase.receipt),
            )?;
        }
        Ok(())
    }

    /// Goods come in over the dock and are put away: a pick face full, the rest in bulk.
    fn arrive(
        &mut self,
        day: Day,
        products: &[Product],
        goods: &[(usize, i64)],
        receipt: Option<ReceiptId>,
    ) -> Result<(), Fault> {
        self.at(self.when(day, 6 * 60));
        let mut bodies = Vec::new();
        for (rank, qty) in goods {
            let life = self.dice.between(60, 400) as i32;
            bodies.extend(arrival(&products[*rank], *rank, *qty, receipt, day, life));
        }
        bodies.extend(receipt.map(|receipt| Body::ReceiptClosed { receipt }));
        self.write("mei", |w| Ok(w.record_all(bodies)?))
    }
}

/// Home of a SKU: two share each pick face, each has a bulk bin.
fn homes(rank: usize) -> (String, String) {
    let pick = rank % 1000;
    let bulk = rank % 2000;
    let place = |slot: usize, level: usize| {
        format!("{}-{:02}-{level}", char::from(b'A' + (slot / 20 % 25) as u8), slot % 20 + 1)
    };
    (place(pick / 2, pick % 2 + 1), place(bulk / 4, bulk % 4 + 3))
}

fn arrival(
    product: &Product,
    rank: usize,
    qty: i64,
    receipt: Option<ReceiptId>,
    day: Day,
    life: i32,
) -> Vec<Body> {
    let (pick, bulk) = homes(rank);
    let lot = if product.lot_tracked {
        format!("L{}", day.to_string().replace('-', ""))
    } else {
        String::new()
    };
    let lot = LotCode::parse_optional(&lot).unwrap_or_default();
    let mut bodies = Vec::new();
    if !lot.is_none() {
        let expires = product.expiry_tracked.then(|| day.plus(life));
        bodies.push(Body::LotSet { sku: product.sku.clone(), lot: lot.clone(), expires });
    }
    let face = if product.serial_tracked { qty } else { qty.min(24) };
    for (home, part) in [(pick, face), (bulk, qty - face)] {
        let serials: Vec<Serial> = match product.serial_tracked {
            true => (0..part)
                .filter_map(|n| Serial::parse(&format!("S{}{:04}{n}", day.0, rank)).ok())
                .collect(),
            false => vec![Serial::none()],
        };
        let each = if product.serial_tracked { 1 } else { part };
        for serial in serials.into_iter().filter(|_| each > 0) {
            let step = |from: &str, to: &str, cause| {
                movement(product, &lot, &serial, from, to, each, cause)
            };
            let cause = Cause::Receipt { receipt, unit_cost: product.unit_cost };
            bodies.extend(step("~supplier", "DOCK-1", cause));
            bodies.extend(step("DOCK-1", &home, Cause::Putaway));
        }
    }
    bodies
}

fn movement(
    product: &Product,
    lot: &LotCode,
    serial: &Serial,
    from: &str,
    to: &str,
    qty: i64,
    cause: Cause,
) -> Option<Body> {
    Some(Body::Moved(Move {
        sku: product.sku.clone(),
        lot: lot.clone(),
        serial: serial.clone(),
        owner: String::new(),
        from: Spot::at(LocationCode::parse(from).ok()?),
        to: Spot::at(LocationCode::parse(to).ok()?),
        qty: Qty(qty),
        cause,
        reason: String::new(),
        reverses: None,
    }))
}

/// A pick's goods on to their next place; `None` as cause means the pick itself.
pub(super) fn moved(pick: &PickRow, package: &str, to: &str, next: Option<(Spot, Cause)>) -> Body {
    let task = &pick.allocation;
    let (from, cause) = next.unwrap_or_else(|| {
        (Spot::at(task.key.location.clone()), Cause::Pick { line: task.line, allocation: task.id })
    });
    let location = LocationCode::parse(to).unwrap_or_default();
    Body::Moved(Move {
        sku: task.key.sku.clone(),
        lot: task.key.lot.clone(),
        serial: task.key.serial.clone(),
        owner: String::new(),
        from,
        to: Spot { location, package: package.to_owned(), ..Spot::at(LocationCode::customer()) },
        qty: task.remaining,
        cause,
        reason: String::new(),
        reverses: None,
    })
}

fn ship(w: &Work<'_, '_>, picks: &[&PickRow], van: usize) -> Result<Vec<Body>, Fault> {
    let Some(first) = picks.first() else { return Ok(Vec::new()) };
    let Some(line) = w.line(first.allocation.line)? else { return Ok(Vec::new()) };
    let id = w.id();
    let (carton, number) = (CartonId(id), format!("C{:010}", id.as_u128() % 10_000_000_000));
    let at = |place: &str, package: &str| {
        LocationCode::parse(place)
            .map(|location| Spot { package: package.to_owned(), ..Spot::at(location) })
    };
    let van = format!("VAN-{van:02}");
    let mut bodies = vec![Body::CartonOpened {
        carton,
        number: number.clone(),
        order: line.order,
        box_type: "M".to_owned(),
    }];
    let (mut packs, mut loads, mut drops) = (Vec::new(), Vec::new(), Vec::new());
    for pick in picks {
        let line = pick.allocation.line;
        let (Ok(bench), Ok(packed), Ok(loaded)) =
            (at("PACK-1", ""), at("PACK-1", &number), at(&van, &number))
        else {
            continue;
        };
        packs.push(moved(pick, &number, "PACK-1", Some((bench, Cause::Pack { line, carton }))));
        loads.push(moved(pick, &number, &van, Some((packed, Cause::Load { line, carton }))));
        drops.push(moved(pick, "", "~customer", Some((loaded, Cause::Deliver { line }))));
    }
    bodies.extend(packs);
    bodies.push(Body::CartonClosed { carton, weight: Grams(1200) });
    bodies.extend(loads);
    bodies.extend(drops);
    bodies.push(Body::StopDone {
        order: line.order,
        delivered: true,
        reason: String::new(),
        received_by: String::new(),
    });
    Ok(bodies)
}
