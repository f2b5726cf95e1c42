//! A made-up day of 500 stops and 25 vans that uses every rule, for the test and the example.
#![allow(clippy::unwrap_used)]

use dispatch::{
    DayRules, Depot, Load, Pause, PlanInput, RoutePlan, StopRequest, StopRules, Van, VanNow,
    VanRules,
};
use domain::{Grams, LonLat, Meters, Milliliters, Seconds, Timestamp};
use roads::Matrix;

const EIGHT: i64 = 1_767_254_400_000;
pub const STOPS: usize = 500;
const VANS: usize = 25;

/// What vans have done by `now`: everything they have left or are on the way to.
pub fn drive(input: &mut PlanInput, plan: &RoutePlan, now: Timestamp) {
    for route in &plan.routes {
        let van = input.vans.iter_mut().find(|van| van.id == route.van).unwrap();
        let ids = |done: bool| {
            let stops = route.stops.iter().filter(move |stop| !done || stop.arrive <= now);
            stops.map(|stop| stop.request.clone()).collect::<Vec<_>>()
        };
        if route.leaves <= now {
            let (driven, loaded) = (ids(true), ids(false));
            van.now = VanNow { left_at: Some(route.leaves), driven, loaded, ..VanNow::default() };
        }
    }
}

pub fn at(minutes: i64) -> Timestamp {
    Timestamp(EIGHT + minutes * 60_000)
}

/// Everything the rules know: soft windows, breaks, slow hours, known drivers, fair days, returns.
pub fn day() -> (PlanInput, Matrix) {
    let mut state = 7_u64;
    let mut below = |bound: i64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as i64) % bound
    };
    let stops: Vec<StopRequest> = (0..STOPS)
        .map(|index| {
            let open = at(60 * below(6));
            StopRequest {
                id: format!("s{index}"),
                name: String::new(),
                address: String::new(),
                place: LonLat { lon_e7: below(20_000) as i32, lat_e7: below(20_000) as i32 },
                weight: Grams(1_000 + below(20_000)),
                volume: Milliliters(1),
                pieces: 1,
                windows: vec![(open, open.plus_seconds(7_200))],
                service: Seconds(240),
                priority: 0,
                locked_van: None,
                rules: StopRules {
                    late_max: Seconds(1_200 * below(2)),
                    late_cost_per_minute_minor: 20,
                    collect: below(10) == 0,
                    familiar: vec![format!("v{}", below(VANS as i64))],
                    ..StopRules::default()
                },
            }
        })
        .collect();
    let lunch = Pause { window: (at(210), at(330)), length: Seconds(1_800) };
    let vans = (0..VANS)
        .map(|index| Van {
            id: format!("v{index}"),
            name: String::new(),
            plate: String::new(),
            capacity: Load { weight: Grams(400_000), volume: Milliliters(1_000), pieces: 100 },
            shift: (at(0), at(540)),
            fixed_cost_minor: 6_000,
            cost_per_km_minor: 45,
            cost_per_hour_minor: 2_400,
            max_stops: None,
            rules: VanRules { pause: Some(lunch), ..VanRules::default() },
            now: VanNow::default(),
        })
        .collect();
    let depot = Depot {
        id: "D".into(),
        name: "Yard".into(),
        place: LonLat { lon_e7: 10_000, lat_e7: 10_000 },
    };
    let rules = DayRules {
        unfamiliar_cost_minor: 50,
        uneven_cost_per_hour_minor: 1_000,
        fair_share: Seconds(6 * 3_600),
        speeds: vec![(at(0), 800), (at(90), 1_000), (at(480), 750)],
    };
    let input = PlanInput { depot, vans, stops, rules };
    let matrix = travel(&input);
    (input, matrix)
}

/// Straight ahead, a unit a meter, 30 km/h.
fn travel(input: &PlanInput) -> Matrix {
    let places: Vec<LonLat> = std::iter::once(input.depot.place)
        .chain(input.stops.iter().map(|stop| stop.place))
        .collect();
    let meters = |a: &LonLat, b: &LonLat| {
        let (x, y) = (f64::from(a.lon_e7 - b.lon_e7), f64::from(a.lat_e7 - b.lat_e7));
        (x * x + y * y).sqrt() as i64
    };
    let cells = places.iter().flat_map(|a| places.iter().map(move |b| meters(a, b)));
    let cells = cells.map(|far| Some((Seconds(far * 12 / 100), Meters(far)))).collect();
    Matrix::from_cells(places.len(), cells)
}

pub fn without_last(input: &PlanInput, matrix: &Matrix) -> (PlanInput, Matrix) {
    let mut first = input.clone();
    first.stops.truncate(STOPS - 1);
    let size = STOPS;
    let cells = (0..size * size).map(|cell| matrix.get(cell / size, cell % size)).collect();
    (first, Matrix::from_cells(size, cells))
}
