//! The day's stops and vans, from the book.

use crate::dispatching::rules::{Familiar, RouteRules, familiar};
use crate::dispatching::town::Place;
use crate::problem::Fault;
use dispatch::{Depot, Load, Pause, PlanInput, StopRequest, Van, VanNow, VanRules};
use domain::order::OrderState;
use domain::{Day, Grams, Meters, Milliliters, OrderId, Seconds, Sku, Timestamp, Zone};
use std::collections::BTreeMap;
use store::Db;
use store::read::{HeapQuery, OrderHead, OrderQuery, OrderSort};

/// More doors than this are not one day's work of one house; the screen says how many are left out.
const STOPS_MAX: usize = 5_000;
/// Orders are read by so many.
const PAGE: i64 = 500;
/// The views of orders that may go out; `ready` includes those waiting in a wave.
const VIEWS: [&str; 5] = ["on_the_way", "to_load", "to_pack", "picking", "ready"];

/// Everything that goes out today.
pub(crate) struct DayInput {
    /// The stops with all vans.
    pub plan: PlanInput,
    /// Orders with an address that no place on the map is known for.
    pub unplaced: Vec<Unplaced>,
    /// Stops beyond [`STOPS_MAX`].
    pub left_out: usize,
}

/// An order that no van can be sent to yet.
#[derive(Debug, Clone)]
pub(crate) struct Unplaced {
    pub id: OrderId,
    pub number: String,
    pub customer: String,
    pub address: String,
}

pub(crate) fn day_input(
    db: &Db<'_>,
    zone: &Zone,
    depot: &Place,
    today: Day,
) -> Result<DayInput, Fault> {
    let rules = RouteRules::load(db)?;
    let familiar = match rules.unfamiliar_minor {
        0 => Familiar::new(),
        _ => familiar(db, today)?,
    };
    let mut doors = Doors { today, zone, rules: &rules, familiar, volumes: BTreeMap::new() };
    let (mut stops, mut unplaced) = (Vec::new(), Vec::new());
    for head in due(db, zone, today)? {
        match doors.stop(db, &head)? {
            Door::Stop(stop) => stops.push(*stop),
            Door::Unplaced(order) => unplaced.push(order),
            Door::None => {}
        }
    }
    let left_out = stops.len().saturating_sub(STOPS_MAX);
    stops.truncate(STOPS_MAX);
    // By id, so that travel times stay known when only the promises change.
    stops.sort_by(|a, b| a.id.cmp(&b.id));
    let place = depot.place()?;
    let plan = PlanInput {
        depot: Depot { id: "depot".to_owned(), name: depot.name.clone(), place },
        vans: vans(db, zone, today, &rules)?,
        stops,
        rules: rules.day(zone, today),
    };
    Ok(DayInput { plan, unplaced, left_out })
}

fn due(db: &Db<'_>, zone: &Zone, today: Day) -> Result<Vec<OrderHead>, Fault> {
    let mut heads = Vec::new();
    for view in VIEWS {
        for page in 0.. {
            let query = OrderQuery {
                view,
                search: "",
                now: zone.start(today).0,
                sort: OrderSort::Promise,
                descending: false,
                offset: page * PAGE,
                limit: PAGE,
            };
            let (some, _) = db.orders(&query)?;
            // In order of their promise: behind one of tomorrow there is none of today.
            let last = some.last().is_none_or(|head| zone.day(Timestamp(head.promise_at)) > today);
            let is_full = some.len() as i64 == PAGE;
            heads.extend(some);
            if last || !is_full {
                break;
            }
        }
    }
    heads.retain(|head| !head.held && zone.day(Timestamp(head.promise_at)) <= today);
    heads.sort_by_key(|head| (head.state != OrderState::OnTheWay, head.promise_at, head.id));
    Ok(heads)
}

fn vans(db: &Db<'_>, zone: &Zone, today: Day, rules: &RouteRules) -> Result<Vec<Van>, Fault> {
    let at = |minutes: i64| zone.at(today, minutes);
    let van = |van: domain::fleet::Van| Van {
        shift: (at(van.shift_start_min), at(van.shift_end_min)),
        capacity: Load { weight: van.max_weight, volume: van.max_volume, pieces: van.max_pieces },
        fixed_cost_minor: rules.van_day_minor,
        cost_per_km_minor: rules.km_minor,
        cost_per_hour_minor: rules.hour_minor,
        max_stops: van.duty.stops_max.and_then(|most| usize::try_from(most).ok()),
        rules: VanRules {
            pause: van.duty.pause.map(|pause| Pause {
                window: (at(pause.earliest_min), at(pause.latest_min)),
                length: Seconds(pause.length_min * 60),
            }),
            max_duration: van.duty.minutes_max.map(|minutes| Seconds(minutes * 60)),
            max_distance: van.duty.meters_max.map(Meters),
            ..VanRules::default()
        },
        now: VanNow::default(),
        id: van.id,
        name: van.name,
        plate: van.plate,
    };
    Ok(db.vans()?.into_iter().map(van).collect())
}

/// What turns an order into a stop.
struct Doors<'r> {
    today: Day,
    zone: &'r Zone,
    rules: &'r RouteRules,
    familiar: Familiar,
    /// Milliliters of one unit, as far as asked for.
    volumes: BTreeMap<Sku, i64>,
}

impl Doors<'_> {
    fn volume(&mut self, db: &Db<'_>, sku: &Sku) -> Result<i64, Fault> {
        if let Some(known) = self.volumes.get(sku) {
            return Ok(*known);
        }
        let volume = db.product(sku)?.map_or(0, |product| product.volume.0);
        self.volumes.insert(sku.clone(), volume);
        Ok(volume)
    }

    fn stop(&mut self, db: &Db<'_>, head: &OrderHead) -> Result<Door, Fault> {
        let Some(order) = db.order(head.id)? else { return Ok(Door::None) };
        let Some(place) = order.place else {
            let (customer, address) = (order.customer, order.address);
            if address.trim().is_empty() {
                return Ok(Door::None);
            }
            let (id, number) = (head.id, order.number);
            return Ok(Door::Unplaced(Unplaced { id, number, customer, address }));
        };
        let mut volume = 0;
        for line in db.lines_of(head.id)? {
            volume += self.volume(db, &line.sku)? * line.counters.open().0;
        }
        let locked_van = match head.state {
            // The goods stand in a van already.
            OrderState::OnTheWay => van_with(db, head.id)?,
            _ => None,
        };
        Ok(Door::Stop(Box::new(StopRequest {
            id: head.id.to_string(),
            name: order.customer,
            address: order.address,
            place,
            weight: Grams(head.weight_g),
            volume: Milliliters(volume),
            pieces: head.units,
            windows: vec![window_on(self.zone, order.window, self.today)],
            service: Seconds(self.rules.service_s),
            // Overdue orders go first when not all fit.
            priority: u8::from(self.zone.day(Timestamp(head.promise_at)) < self.today),
            locked_van,
            rules: self.rules.stop(self.familiar.get(&place).cloned().unwrap_or_default()),
        })))
    }
}

/// Where an order goes.
enum Door {
    Stop(Box<StopRequest>),
    Unplaced(Unplaced),
    /// It is collected: nobody gave an address.
    None,
}

/// A window of a day gone by is taken as the same hours of today.
fn window_on(zone: &Zone, window: (Timestamp, Timestamp), today: Day) -> (Timestamp, Timestamp) {
    let days = (today.0 - zone.day(window.1).0).max(0);
    let later = |at: Timestamp| zone.at(zone.day(at).plus(days), zone.minute(at));
    (later(window.0), later(window.1))
}

/// The van in which an order's cartons stand.
pub(crate) fn van_with(db: &Db<'_>, order: OrderId) -> Result<Option<String>, Fault> {
    for carton in db.cartons_of(order)? {
        let heaps =
            db.heaps(&HeapQuery { package: Some(&carton.number), ..HeapQuery::default() })?;
        let van = heaps.iter().find_map(|heap| heap.key.location.as_str().strip_prefix("VAN-"));
        if let Some(van) = van {
            return Ok(Some(van.to_owned()));
        }
    }
    Ok(None)
}
