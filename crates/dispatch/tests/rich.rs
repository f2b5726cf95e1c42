//! Rules beyond loads and windows, on the same straight road as `day.rs`: a kilometer is a minute,
//! times are minutes after 8:00, unloading takes five.
#![allow(clippy::unwrap_used)]

use dispatch::{
    DayRules, Depot, Disruption, Load, Pause, PlanInput, PlanParams, Question, Reason, Replanned,
    RoutePlan, StopRequest, StopRules, Van, VanNow, VanRules, Why, best_slots, broken, plan,
    relaxations, replan_after, what_if,
};
use domain::{Grams, LonLat, Meters, Milliliters, Seconds, Timestamp};
use roads::Matrix;

const EIGHT: i64 = 1_767_254_400_000;

fn at(minutes: i64) -> Timestamp {
    Timestamp(EIGHT + minutes * 60_000)
}

/// `id km open-close|any`, 10 g.
fn stop(text: &str) -> StopRequest {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |text: &str| text.parse::<i64>().unwrap();
    let window =
        words[2].split_once('-').map(|(open, close)| (at(number(open)), at(number(close))));
    StopRequest {
        id: words[0].to_owned(),
        name: words[0].to_owned(),
        address: String::new(),
        place: LonLat { lon_e7: number(words[1]) as i32, lat_e7: 0 },
        weight: Grams(10),
        volume: Milliliters(1),
        pieces: 1,
        windows: window.into_iter().collect(),
        service: Seconds(300),
        priority: 0,
        locked_van: None,
        rules: StopRules::default(),
    }
}

fn van(id: &str, rules: VanRules) -> Van {
    Van {
        id: id.to_owned(),
        name: id.to_owned(),
        plate: id.to_owned(),
        capacity: Load { weight: Grams(50), volume: Milliliters(99), pieces: 9 },
        shift: (at(0), at(480)),
        fixed_cost_minor: 1_000,
        cost_per_km_minor: 50,
        cost_per_hour_minor: 3_000,
        max_stops: None,
        rules,
        now: VanNow::default(),
    }
}

fn day(vans: Vec<Van>, stops: Vec<StopRequest>) -> (PlanInput, Matrix) {
    let km: Vec<i64> =
        std::iter::once(0).chain(stops.iter().map(|s| i64::from(s.place.lon_e7))).collect();
    let cells = km.iter().flat_map(|a| km.iter().map(move |b| (a - b).abs()));
    let cells = cells.map(|km| Some((Seconds(km * 60), Meters(km * 1000)))).collect();
    let depot =
        Depot { id: "D".into(), name: "Yard".into(), place: LonLat { lon_e7: 0, lat_e7: 0 } };
    let rules = DayRules::default();
    (PlanInput { depot, vans, stops, rules }, Matrix::from_cells(km.len(), cells))
}

fn run(input: &PlanInput, matrix: &Matrix) -> RoutePlan {
    plan(input, matrix, &mut params(800, &mut |_| 0.0)).unwrap()
}

fn params(max_iterations: u64, spent: &mut dyn FnMut(dispatch::Progress) -> f64) -> PlanParams<'_> {
    PlanParams { seed: 1, max_iterations, spent }
}

/// `van leaves: stop@arrival(+late) |pause| ...; out: stop(reasons)`
fn shown(plan: &RoutePlan) -> String {
    let minutes = |time: Timestamp| (time.0 - EIGHT) / 60_000;
    let mut lines: Vec<String> = Vec::new();
    for route in &plan.routes {
        let mut words = Vec::new();
        for (index, stop) in route.stops.iter().enumerate() {
            if route.pause_before == Some(index) {
                words.push(format!("|{}|", minutes(route.pause.unwrap().0)));
            }
            let late =
                if stop.late.0 > 0 { format!("+{}", stop.late.0 / 60) } else { String::new() };
            words.push(format!("{}@{}{late}", stop.request, minutes(stop.arrive)));
        }
        if route.pause_before == Some(route.stops.len()) {
            words.push(format!("|{}|", minutes(route.pause.unwrap().0)));
        }
        lines.push(format!("{} {}: {}", route.van, minutes(route.leaves), words.join(" ")));
    }
    for out in &plan.unplanned {
        let reasons: Vec<String> = out.reasons.iter().map(|r| format!("{:?}", r.reason)).collect();
        lines.push(format!("out: {}({})", out.id, reasons.join(",")));
    }
    lines.join("; ")
}

fn ruled(text: &str, rules: StopRules) -> StopRequest {
    StopRequest { rules, ..stop(text) }
}

fn names(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn rules_by_table() {
    let plain = || vec![van("a", VanRules::default())];
    let lunch = Pause { window: (at(20), at(30)), length: Seconds(1800) };
    let resting = || vec![van("a", VanRules { pause: Some(lunch), ..VanRules::default() })];
    let short = VanRules { max_distance: Some(Meters(30_000)), ..VanRules::default() };
    let brief = VanRules { max_duration: Some(Seconds(1500)), ..VanRules::default() };
    let soft = StopRules {
        late_max: Seconds(600),
        late_cost_per_minute_minor: 10,
        ..StopRules::default()
    };
    let lift = StopRules { skills: names(&["lift"]), ..StopRules::default() };
    let lifting = VanRules { skills: names(&["lift"]), ..VanRules::default() };
    let north = StopRules { zone: Some("north".into()), ..StopRules::default() };
    let south = VanRules { zones: names(&["south"]), ..VanRules::default() };
    let ready = StopRules { ready_at: Some(at(90)), ..StopRules::default() };
    let fetch = StopRules { collect: true, ..StopRules::default() };
    let bring = StopRules { fetched_at: Some("x".into()), ..StopRules::default() };
    let rows: Vec<(Vec<Van>, Vec<StopRequest>, &str)> = vec![
        (plain(), vec![ruled("x 10 0-5", soft.clone())], "a 0: x@10+5"),
        (plain(), vec![ruled("x 20 0-5", soft)], "out: x(TimeWindow)"),
        // The break is taken on the road, at the door before it opens, or after the return.
        (resting(), vec![stop("x 60 any")], "a 0: |20| x@90"),
        (resting(), vec![stop("x 10 55-60")], "a 15: |20| x@55"),
        (resting(), vec![stop("x 5 any")], "a 0: x@5"),
        (vec![van("a", short)], vec![stop("x 16 any")], "out: x(TooFar)"),
        (vec![van("a", brief)], vec![stop("x 11 any")], "out: x(TooFar)"),
        (plain(), vec![ruled("x 1 any", lift.clone())], "out: x(NotEquipped)"),
        (vec![van("a", lifting)], vec![ruled("x 1 any", lift)], "a 0: x@1"),
        (vec![van("a", south)], vec![ruled("x 1 any", north)], "out: x(NotEquipped)"),
        (plain(), vec![ruled("x 10 any", ready)], "a 90: x@100"),
        (plain(), vec![ruled("x 20 any", fetch), ruled("y 10 any", bring)], "a 0: x@20 y@35"),
    ];
    for (vans, stops, expected) in rows {
        let (input, matrix) = day(vans, stops);
        let found = run(&input, &matrix);
        assert_eq!(shown(&found), expected);
        for route in &found.routes {
            assert_eq!(broken(&input, &matrix, route).unwrap(), [], "{expected}");
        }
    }
}

#[test]
fn slow_hours_known_drivers_and_fair_days_cost_what_they_say() {
    let both = || vec![van("a", VanRules::default()), van("b", VanRules::default())];
    let known = StopRules { familiar: names(&["b"]), ..StopRules::default() };
    let (mut input, matrix) = day(both(), vec![ruled("x 10 any", known), stop("y 12 any")]);
    input.rules.unfamiliar_cost_minor = 500;
    assert_eq!(shown(&run(&input, &matrix)), "b 0: x@10 y@17");
    input.rules.speeds = vec![(at(0), 500)];
    let slow = run(&input, &matrix);
    assert_eq!(slow.routes[0].driving, Seconds(48 * 60));
    input.rules = DayRules {
        uneven_cost_per_hour_minor: 60_000,
        fair_share: Seconds(30 * 60),
        ..DayRules::default()
    };
    let even = run(&input, &matrix);
    assert_eq!(even.routes.len(), 2);
    let terms = even.terms();
    assert_eq!(terms.fixed + terms.distance + terms.driving_time + terms.uneven, even.cost_minor);
}

#[test]
fn an_old_document_reads_as_a_day_without_such_rules() {
    let (input, matrix) = day(vec![van("a", VanRules::default())], vec![stop("x 1 any")]);
    let found = run(&input, &matrix);
    let mut old = serde_json::to_value(&input).unwrap();
    let gone = |value: &mut serde_json::Value, fields: &[&str]| {
        let object = value.as_object_mut().unwrap();
        fields.iter().for_each(|field| assert!(object.remove(*field).is_some(), "{field}"));
    };
    gone(&mut old, &["rules"]);
    gone(&mut old["vans"][0], &["rules", "now"]);
    gone(&mut old["stops"][0], &["rules"]);
    assert_eq!(serde_json::from_value::<PlanInput>(old).unwrap(), input);
    let mut old = serde_json::to_value(&found).unwrap();
    gone(&mut old["routes"][0], &["terms", "pause", "pause_before"]);
    gone(&mut old["routes"][0]["stops"][0], &["late"]);
    let read: RoutePlan = serde_json::from_value(old).unwrap();
    assert_eq!(read.cost_minor, found.cost_minor);
}

fn after(input: &PlanInput, matrix: &Matrix, plan: &RoutePlan, change: &Disruption) -> Replanned {
    replan_after(input, matrix, plan, change, &mut params(1_000, &mut |_| 0.0)).unwrap()
}

#[test]
fn disruptions_by_table() {
    let vans = || vec![van("a", VanRules::default()), van("b", VanRules::default())];
    let stops = || vec![stop("x 10 30-60"), stop("y 12 any"), stop("z 14 any")];
    let (mut input, matrix) = day(vans(), stops());
    input.vans[1].shift.1 = at(200);
    let base = run(&input, &matrix);
    assert_eq!(shown(&base), "a 20: x@30 y@37 z@44");
    let gone = Disruption::CancelledStop { stop: "y".into() };
    let late = |minutes| Disruption::VanLate { van: "a".into(), until: at(minutes) };
    let out = |goods_are_back| Disruption::VanOut { van: "a".into(), goods_are_back };
    let drag = Disruption::Dragged { stop: "x".into(), van: "b".into(), position: 0 };
    let rows = [
        (gone, "a 20: x@30 z@39"),
        (late(20), "a 20: x@30 y@37 z@44"),
        (late(55), "b 20: x@30 y@37 z@44"),
        (out(true), "b 20: x@30 y@37 z@44"),
        (drag, "b 2: y@14 z@21 x@30"),
        (Disruption::StreetsChanged, "a 20: x@30 y@37 z@44"),
    ];
    for (change, expected) in rows {
        let found = after(&input, &matrix, &base, &change);
        assert_eq!(shown(&found.plan), expected, "{change:?}");
    }
    input.vans[0].now = VanNow {
        left_at: Some(at(20)),
        driven: names(&["x"]),
        loaded: names(&["x", "y", "z"]),
        ..VanNow::default()
    };
    let out = after(&input, &matrix, &base, &out(false));
    assert_eq!(shown(&out.plan), "a 20: x@30; out: y(VanOut,OtherVan); out: z(VanOut,OtherVan)");
    assert_eq!(out.reasons.iter().filter(|why| matches!(why, Why::NotPlaced { .. })).count(), 2);
    let (mut more, matrix) = day(vans(), [stops(), vec![stop("w 13 any")]].concat());
    more.vans[0].now = input.vans[0].now.clone();
    let new = after(&more, &matrix, &base, &Disruption::NewStop { stop: "w".into() });
    assert_eq!(shown(&new.plan), "a 20: x@30 y@37 z@44; b 0: w@13");
    assert!(matches!(&new.reasons[0], Why::Placed { van, .. } if van == "b"));
}

#[test]
fn a_stop_is_explained_van_by_van() {
    let small = Van {
        capacity: Load { weight: Grams(5), ..van("b", VanRules::default()).capacity },
        ..van("b", VanRules::default())
    };
    let (input, matrix) =
        day(vec![van("a", VanRules::default()), small], vec![stop("x 10 0-9"), stop("y 5 60-70")]);
    let found = run(&input, &matrix);
    let why = relaxations(&input, &matrix, &found, "x").unwrap();
    let rows: Vec<_> = why.iter().map(|r| (r.van.as_str(), r.reason, r.broken.len())).collect();
    assert_eq!(rows, [("a", Reason::NoTime, 1), ("b", Reason::Full, 2)]);
    assert_eq!(why[0].broken[0].by, 60);
    let slots = best_slots(&input, &matrix, &found, "y").unwrap();
    assert_eq!((slots[0].van.as_str(), slots[0].arrive), ("a", at(60)));
    let question = Question::AnyTime { stop: "x".into() };
    let answer = what_if(&input, &matrix, &found, &question, (1, 300)).unwrap();
    assert_eq!((answer.without.unplanned, answer.with.unplanned), (1, 0));
}
