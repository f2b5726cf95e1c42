//! The day's stops and vans, from the book.

use crate::dispatching::rules::{Familiar, RouteRules, familiar};
use crate::dispatching::town::TownMap;
use crate::problem::Fault;
use dispatch::{Depot, Load, Pause, PlanInput, StopRequest, Van, VanNow, VanRules};
use domain::order::OrderState;
use domain::{Day, Grams, Meters, Milliliters, OrderId, Seconds, Sku, Timestamp, Zone};
use std::collections::BTreeMap;
use store::Db;
use store::read::{HeapQuery, OrderHead, OrderQuery, OrderSort};

/// More doors than this are not one day's work of one house.
const STOPS_MAX: usize = 400;
/// The views of orders that may go out; `ready` includes those waiting in a wave.
const VIEWS: [&str; 5] = ["on_the_way", "to_load", "to_pack", "picking", "ready"];

/// Everything that goes out today, with all vans.
pub(crate) fn day_input(
    db: &Db<'_>,
    zone: &Zone,
    town: &TownMap,
    today: Day,
) -> Result<PlanInput, Fault> {
    let rules = RouteRules::load(db)?;
    let familiar = match rules.unfamiliar_minor {
        0 => Familiar::new(),
        _ => familiar(db, today)?,
    };
    let mut doors = Doors { today, zone, rules: &rules, familiar, volumes: BTreeMap::new() };
    let mut stops = Vec::new();
    for head in due(db, zone, today)? {
        stops.extend(doors.stop(db, &head)?);
    }
    stops.truncate(STOPS_MAX);
    // By id, so that travel times stay known when only the promises change.
    stops.sort_by(|a, b| a.id.cmp(&b.id));
    let place = town.depot_place()?;
    Ok(PlanInput {
        depot: Depot { id: "depot".to_owned(), name: town.depot.name.clone(), place },
        vans: vans(db, zone, today, &rules)?,
        stops,
        rules: rules.day(zone, today),
    })
}

fn due(db: &Db<'_>, zone: &Zone, today: Day) -> Result<Vec<OrderHead>, Fault> {
    let mut heads = Vec::new();
    for view in VIEWS {
        let query = OrderQuery {
            view,
            search: "",
            now: zone.start(today).0,
            sort: OrderSort::Promise,
            descending: false,
            offset: 0,
            limit: STOPS_MAX as i64,
        };
        heads.extend(db.orders(&query)?.0);
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

    /// `None` for an order without a place on the map: it is collected, or its address is unknown.
    fn stop(&mut self, db: &Db<'_>, head: &OrderHead) -> Result<Option<StopRequest>, Fault> {
        let Some(order) = db.order(head.id)? else { return Ok(None) };
        let Some(place) = order.place else { return Ok(None) };
        let mut volume = 0;
        for line in db.lines_of(head.id)? {
            volume += self.volume(db, &line.sku)? * line.counters.open().0;
        }
        let locked_van = match head.state {
            // The goods stand in a van already.
            OrderState::OnTheWay => van_with(db, head.id)?,
            _ => None,
        };
        Ok(Some(StopRequest {
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
        }))
    }
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
