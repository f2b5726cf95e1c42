//! The books depend on the set of events alone: any order of arrival, and any repetition, gives
//! the same state (I7, I8), and conservation holds throughout (I1, I2, I5, I6, I9).

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use domain::order::{Order, OrderLine};
use domain::{
    Bin, BinKind, Body, CartonId, Cause, CountId, Event, Grams, HoldScope, Key, LonLat, LotCode,
    Milliliters, Observed, OrderId, Qty, Serial, WaveId,
};
use proptest::prelude::*;
use store::{OpenMode, Store};

const BINS: [&str; 5] = ["A-01", "A-02", "B-01", "DOCK", "PACK"];
const KINDS: [BinKind; 5] =
    [BinKind::Pick, BinKind::Pick, BinKind::Bulk, BinKind::Dock, BinKind::Pack];

/// Raw numbers of one event; `body` gives them a meaning, so that proptest can shrink them.
#[derive(Debug, Clone)]
struct Step {
    author: u64,
    kind: u8,
    a: u64,
    b: u64,
    qty: i64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..3u64, 0..22u8, 0..6u64, 0..6u64, 1..9i64)
        .prop_map(|(author, kind, a, b, qty)| Step { author, kind, a, b, qty });
    prop::collection::vec(step, 1..60)
}

fn serial(number: u64) -> Serial {
    Serial::parse(&format!("S-{}", number % 2)).unwrap()
}

fn bin(number: u64) -> &'static str {
    BINS[number as usize % BINS.len()]
}

fn lot(number: u64) -> LotCode {
    if number.is_multiple_of(2) { LotCode::none() } else { LotCode::parse("LOT-1").unwrap() }
}

/// Placed twice under the same number, an order is the same order, as when two desktops read one file.
fn order(number: u64) -> Order {
    let line = |line_no: u64| OrderLine {
        id: line_id(number * 2 + line_no),
        line_no: line_no as i64,
        sku: sku(line_no % 3),
        qty: Qty(5),
        unit_price_minor: 500,
    };
    Order {
        id: OrderId::from_bytes(id(5, number)),
        number: format!("#{number}"),
        channel: "shop".into(),
        external_id: number.to_string(),
        body_hash: String::new(),
        customer: "Ada".into(),
        phone: String::new(),
        address: String::new(),
        place: None,
        note: String::new(),
        placed_at: START,
        promise_at: START,
        window: (START, START),
        lines: vec![line(0), line(1)],
        paid_minor: 0,
        import: None,
    }
}

fn with_lot(mut body: Body, lot: LotCode) -> Body {
    if let Body::Moved(m) = &mut body {
        m.lot = lot;
    }
    body
}

/// What step number `now` of the history does. `past` lets it reverse or repeat.
fn body(step: &Step, now: i64, past: &[Event]) -> Body {
    let Step { a, b, qty, .. } = *step;
    let (item, line) = (sku(a % 3), line_id(a * 2 + b % 2));
    let (from, to) = (bin(b), bin(b + 1 + a % 4));
    let held = |hold| Body::HoldSet { hold, on: qty % 2 == 0, reason: "check".into() };
    let go = |from: &str, to: &str, cause| {
        with_lot(Body::Moved(moved(&item, from, to, qty, cause)), lot(a))
    };
    let (order_id, wave) = (OrderId::from_bytes(id(5, a)), WaveId::from_bytes(id(6, b % 2)));
    let carton = CartonId::from_bytes(id(7, a));
    match step.kind {
        0 => Body::ProductSet { product: product(item, qty) },
        1 => Body::BinSet {
            bin: Bin {
                code: place(from),
                kind: KINDS[(b + qty as u64) as usize % 5],
                zone: "A".into(),
                walk: qty,
                capacity: Milliliters(1000),
                max_weight: Grams(1000),
            },
        },
        2 => Body::LotSet { sku: item, lot: lot(1), expires: Some(domain::Day(qty as i32)) },
        3 => Body::OrderPlaced { order: order(a) },
        4 => Body::Promised { line, qty: Qty(qty), quota: None },
        5 => Body::WavePlanned { wave, name: "wave".into(), orders: vec![order_id] },
        6 => Body::WaveReleased { wave },
        7 => {
            let key = Key { lot: lot(a), ..heap(&item, from) };
            // An allocation's id is made by the one station that allocates.
            Body::Allocated {
                allocation: allocation_id(now as u64),
                wave,
                line,
                key,
                qty: Qty(qty),
            }
        }
        20 => Body::ProofKept {
            order: order_id,
            code: format!("PKG-{qty}"),
            signature: vec![vec![[qty as i32, b as i32]]],
            photo: String::new(),
        },
        21 => {
            let (lon_e7, lat_e7) = (qty as i32, b as i32);
            Body::VanSeen { van: format!("V{}", a % 2), place: LonLat { lon_e7, lat_e7 } }
        }
        8 => Body::AllocationReleased {
            allocation: allocation_id(a),
            qty: Qty(qty),
            reason: String::new(),
        },
        9 => with_lot(receipt(&item, bin(b), qty), lot(a)),
        10 => go(from, to, Cause::Putaway),
        11 => go(from, "PACK-1", Cause::Pick { line, allocation: allocation_id(b) }),
        12 => go("PACK-1", "STAGE", Cause::Pack { line, carton }),
        13 => go("STAGE", "VAN-1", Cause::Load { line, carton }),
        14 => go("VAN-1", "~customer", Cause::Deliver { line }),
        15 => reversal(past, (a * 7 + b) as usize).unwrap_or_else(|| receipt(&item, from, qty)),
        16 => match a % 4 {
            0 => held(HoldScope::Lot { sku: item, lot: lot(1) }),
            1 => held(HoldScope::Bin { location: place(from) }),
            2 => held(HoldScope::Stock { sku: item, location: place(from) }),
            _ => held(HoldScope::Order { order: order_id }),
        },
        17 if a == 0 => Body::CountApproved { count: CountId::from_bytes(id(8, b)) },
        17 => Body::CountOpened {
            count: CountId::from_bytes(id(8, now as u64)),
            location: place(from),
            why: "cycle".into(),
        },
        18 => counted(step, now, past),
        _ => {
            let mut m = moved(&sku(3), from, to, 1, Cause::Transfer);
            m.serial = serial(a);
            Body::Moved(m)
        }
    }
}

fn counted(step: &Step, now: i64, past: &[Event]) -> Body {
    let Step { a, b, qty, .. } = *step;
    // Two stations may post one approved count while they cannot see each other.
    let again = past.iter().rev().find(|e| matches!(e.body, Body::CountPosted { .. }));
    if let (0, Some(event)) = (a, again) {
        return event.body.clone();
    }
    let (key, seen) = match a {
        // A count of one serial finds it or does not.
        5 => (Key { serial: serial(qty as u64), ..heap(&sku(3), bin(b)) }, qty / 2 % 2),
        _ => (Key { lot: lot(a), ..heap(&sku(a % 3), bin(b)) }, qty - 1),
    };
    Body::CountPosted {
        count: CountId::from_bytes(id(8, now as u64)),
        watermark: at((now - qty).max(0)),
        seen: vec![Observed { key, qty: Qty(seen) }],
    }
}

fn reversal(past: &[Event], pick: usize) -> Option<Body> {
    let moves: Vec<_> = past
        .iter()
        .filter_map(|e| match &e.body {
            Body::Moved(m) if m.reverses.is_none() => Some((e.id, m)),
            _ => None,
        })
        .collect();
    let (id, m) = *moves.get(pick % moves.len().max(1))?;
    let mut back = m.clone();
    std::mem::swap(&mut back.from, &mut back.to);
    back.reverses = Some(id);
    Some(Body::Moved(back))
}

fn history(steps: &[Step]) -> Vec<Event> {
    let mut history = History::default();
    for (now, step) in steps.iter().enumerate() {
        let body = body(step, now as i64, &history.events);
        history.add(step.author, now as i64, body);
    }
    history.events
}

/// Seeded apart from the steps, so that a failing history still shrinks to a few events.
fn shuffled(events: &[Event], seed: u64) -> Vec<Event> {
    let mut order: Vec<(u64, &Event)> = events
        .iter()
        .enumerate()
        .map(|(at, event)| {
            let mixed = (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ seed;
            // The finalizer of SplitMix64: neighbors land far apart.
            let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (mixed ^ (mixed >> 27), event)
        })
        .collect();
    order.sort_by_key(|(key, _)| *key);
    order.into_iter().map(|(_, event)| event.clone()).collect()
}

/// Folds the events in pieces of `piece` and returns the state hash.
fn state(events: &[Event], piece: usize) -> Result<String, TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let mut store: Store = open(folder.path(), OpenMode::Bulk);
    for part in events.chunks(piece) {
        store.replay(part).map_err(|e| TestCaseError::fail(e.to_string()))?;
    }
    prop_assert_eq!(broken(&store), Vec::<String>::new());
    Ok(store.db().state_hash().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_order_of_arrival_gives_the_same_books(
        steps in steps(),
        seeds in prop::array::uniform3(1..u64::MAX),
        piece in 1..20usize,
    ) {
        let events = history(&steps);
        let expected = state(&events, events.len())?;
        for seed in seeds {
            let shuffled = shuffled(&events, seed);
            prop_assert_eq!(&state(&shuffled, piece)?, &expected);
        }
        let doubled = [events.clone(), events].concat();
        prop_assert_eq!(&state(&doubled, piece)?, &expected);
    }
}
